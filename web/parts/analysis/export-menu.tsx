import { DropdownMenu } from 'radix-ui'
import type { AnalysisDownload } from '../../../src/contract/analyses.ts'
import { Icon } from '../shell/icons.tsx'

type Entry = Partial<AnalysisDownload> & { readonly name: string; readonly kind: string }

/** Groups, each with what people call it. */
const groups: readonly (readonly Entry[])[] = [
  [
    { name: 'Everything', kind: 'Excel', format: 'xlsx' },
    { name: 'Report', kind: 'Word', format: 'docx' },
    { name: 'Report', kind: 'Markdown', format: 'markdown' },
    { name: 'Everything', kind: 'JSON', format: 'json' },
  ],
  [
    { name: 'Response template', kind: 'Word', format: 'docx', type: 'annotated-outline' },
    { name: 'Dates', kind: 'Calendar', format: 'ics' },
  ],
  [
    { name: 'Compliance matrix', kind: 'CSV', format: 'csv', type: 'compliance-matrix' },
    { name: 'Evaluation criteria', kind: 'CSV', format: 'csv', type: 'evaluation-criteria' },
    { name: 'Annotated outline', kind: 'CSV', format: 'csv', type: 'annotated-outline' },
    { name: 'Submission checklist', kind: 'CSV', format: 'csv', type: 'submission-checklist' },
  ],
]
const marked: Entry = { name: 'Source, highlighted', kind: 'PDF', format: 'highlighted' }

type Props = { readonly analysisId: string; readonly hasPdf: boolean }

export function ExportMenu({ analysisId, hasPdf }: Props) {
  const shown = hasPdf ? [groups[0]!, [...groups[1]!, marked], groups[2]!] : groups
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="btn btn-quiet" aria-label="Export">
        <Icon name="download" /> <span className="hidden sm:inline">Export</span>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
          {shown.map((entries, index) => (
            <DropdownMenu.Group key={entries[0]!.kind}>
              {index > 0 && <DropdownMenu.Separator className="my-1 h-px bg-line" />}
              {entries.map(({ name, kind, ...query }) => (
                <DropdownMenu.Item key={`${name} ${kind}`} className="menu-item" asChild>
                  <a href={`/api/analyses/${analysisId}/download?${new URLSearchParams(query)}`} download>
                    {name} <span className="ml-auto pl-4 text-ink-3 text-xs">{kind}</span>
                  </a>
                </DropdownMenu.Item>
              ))}
            </DropdownMenu.Group>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
