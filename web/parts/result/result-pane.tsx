import { useQuery } from '@tanstack/react-query'
import { Tabs } from 'radix-ui'
import type { ConversionDetail } from '../../../src/contract/documents.ts'
import { textQuery } from '../../api/queries.ts'
import { Problem } from '../shell/problem.tsx'
import type { SourceMap } from '../source-map.ts'
import { type ResultView, resultViews } from '../views.ts'
import { Lines } from './lines.tsx'
import { Preview } from './preview.tsx'
import { Warnings } from './warnings.tsx'

type Props = {
  readonly conversion: ConversionDetail
  readonly map: SourceMap
  readonly view: ResultView
  readonly onView: (view: ResultView) => void
}

export function ResultPane({ conversion, map, view, onView }: Props) {
  const { warnings, markdown } = conversion
  const hasLoss = warnings.some((warning) => warning.level === 'loss')
  const names = { preview: 'Preview', markdown: 'Markdown', json: 'JSON', warnings: 'Warnings' }
  return (
    <Tabs.Root
      value={view}
      onValueChange={(next) => onView(next as ResultView)}
      className="flex min-h-0 flex-1 flex-col"
    >
      <Tabs.List
        aria-label="Result"
        className="flex h-10 shrink-0 gap-5 overflow-x-auto overflow-y-hidden border-line border-b bg-surface px-4"
      >
        {resultViews.map((name) => (
          <Tabs.Trigger key={name} value={name} className="tab">
            {names[name]}
            {name === 'warnings' && warnings.length > 0 && (
              <span
                className={`count ${hasLoss ? 'bg-danger-soft text-danger' : 'bg-caution-soft text-caution'}`}
              >
                {warnings.length}
              </span>
            )}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      <Tabs.Content value="preview" className="flex min-h-0 flex-1 flex-col bg-surface">
        {markdown ? <Preview map={map} /> : <Empty />}
      </Tabs.Content>
      <Tabs.Content value="markdown" className="flex min-h-0 flex-1 flex-col bg-surface">
        {markdown ? <Lines text={markdown} map={map} label="Markdown" /> : <Empty />}
      </Tabs.Content>
      <Tabs.Content value="json" className="flex min-h-0 flex-1 flex-col bg-surface">
        <Json jobId={conversion.job_id} />
      </Tabs.Content>
      <Tabs.Content value="warnings" className="flex min-h-0 flex-1 flex-col">
        <Warnings warnings={warnings} />
      </Tabs.Content>
    </Tabs.Root>
  )
}

const Empty = () => <p className="m-auto p-8 text-ink-3">The document holds no text. The warnings say why.</p>

function Json({ jobId }: { jobId: string }) {
  const { data, error } = useQuery(textQuery(jobId, 'json'))
  if (error)
    return (
      <div className="p-6">
        <Problem error={error} />
      </div>
    )
  if (data === undefined)
    return (
      <p className="m-auto flex items-center gap-2 text-ink-3">
        <span className="spinner" /> Loading…
      </p>
    )
  return <Lines text={data} label="The document as JSON" />
}
