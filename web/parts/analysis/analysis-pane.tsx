import { Tabs } from 'radix-ui'
import { useCallback, useEffect, useState } from 'react'
import type { Analysis } from '../../../src/contract/analyses.ts'
import { useFocus } from '../focus.tsx'
import type { AnalysisView } from '../views.ts'
import { Checklist } from './checklist.tsx'
import { Coverage } from './coverage.tsx'
import { Criteria } from './criteria.tsx'
import { ExportMenu } from './export-menu.tsx'
import { Outline } from './outline.tsx'
import { Requirements } from './requirements.tsx'
import { SolicitationBar } from './solicitation-bar.tsx'
import type { Place, ViewProps } from './view-props.ts'

type Props = {
  readonly analysis: Analysis
  readonly analysisId: string
  readonly hasPdf: boolean
  /** Just made: its first requirement is shown on the page, once, so that one sees what a row is. */
  readonly onFirstShown?: (() => void) | undefined
  readonly view: AnalysisView
  readonly onView: (view: AnalysisView) => void
}

/** Source and rows beside one another, as in split.tsx. */
const WIDE = '(min-width: 64rem)'

export function AnalysisPane({ analysis, analysisId, hasPdf, onFirstShown, view, onView }: Props) {
  const focus = useFocus()
  const [active, setActive] = useState<string | null>(null)
  const [only, setOnly] = useState<readonly string[] | null>(null)
  const onOpen = useCallback(
    (row: string, place: Place | null) => {
      setActive(row)
      if (place)
        focus.choose({ blocks: place.block_ids, boxes: place.boxes, page: place.page, from: 'finding' })
    },
    [focus],
  )
  const [first] = analysis.compliance_matrix
  useEffect(() => {
    if (!onFirstShown) return
    // On a narrow screen the page would take the place of the rows.
    if (first && matchMedia(WIDE).matches) onOpen(first.requirement_id, first)
    onFirstShown()
  }, [onFirstShown, first, onOpen])
  /** With the row its place on the page is no longer chosen: coverage colours the page itself. */
  const change = (next: AnalysisView) => {
    setActive(null)
    focus.choose(null)
    onView(next)
  }
  const showRequirements = useCallback(
    (ids: readonly string[]) => {
      setOnly(ids)
      setActive(null)
      onView('requirements')
    },
    [onView],
  )
  const tabs: readonly (readonly [AnalysisView, string, number | null])[] = [
    ['requirements', 'Requirements', analysis.compliance_matrix.length],
    ['criteria', 'Criteria', analysis.evaluation_criteria.length],
    ['outline', 'Outline', analysis.annotated_outline.length],
    ['checklist', 'Checklist', analysis.submission_checklist.length],
    ['coverage', 'Coverage', analysis.warnings.length || null],
  ]
  const props: ViewProps = { analysis, active, onOpen }
  return (
    <Tabs.Root
      value={view}
      onValueChange={(next) => change(next as AnalysisView)}
      className="flex min-h-0 flex-1 flex-col"
    >
      <SolicitationBar analysis={analysis} />
      <div className="flex h-10 shrink-0 items-center border-line border-b bg-surface pr-2 pl-4">
        <Tabs.List
          aria-label="Analysis"
          className="flex min-w-0 flex-1 gap-4 overflow-x-auto overflow-y-hidden"
        >
          {tabs.map(([name, title, count]) => (
            <Tabs.Trigger key={name} value={name} className="tab">
              {title}
              {count !== null && <span className="count">{count}</span>}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <ExportMenu analysisId={analysisId} hasPdf={hasPdf} />
      </div>
      <Tabs.Content value="requirements" className="flex min-h-0 flex-1 flex-col">
        <Requirements {...props} only={only} onAll={() => setOnly(null)} />
      </Tabs.Content>
      <Tabs.Content value="criteria" className="flex min-h-0 flex-1 flex-col">
        <Criteria {...props} />
      </Tabs.Content>
      <Tabs.Content value="outline" className="flex min-h-0 flex-1 flex-col">
        <Outline {...props} onRequirements={showRequirements} />
      </Tabs.Content>
      <Tabs.Content value="checklist" className="flex min-h-0 flex-1 flex-col">
        <Checklist {...props} />
      </Tabs.Content>
      <Tabs.Content value="coverage" className="flex min-h-0 flex-1 flex-col">
        <Coverage analysis={analysis} analysisId={analysisId} />
      </Tabs.Content>
    </Tabs.Root>
  )
}
