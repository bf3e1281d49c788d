import { DropdownMenu } from 'radix-ui'
import { type Analysis, type AnalysisType, analysisTypes } from '../../../src/contract/analyses.ts'
import { saveText } from '../save.ts'
import { Icon } from '../shell/icons.tsx'
import { toCsv } from './csv.ts'

const names: Record<AnalysisType, string> = {
  'compliance-matrix': 'Compliance matrix',
  'evaluation-criteria': 'Evaluation criteria',
  'annotated-outline': 'Annotated outline',
  'submission-checklist': 'Submission checklist',
}
export function ExportMenu({ analysis }: { analysis: Analysis }) {
  const base = analysis.document.filename.replace(/\.[^.]+$/, '')
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="btn btn-quiet" aria-label="Export">
        <Icon name="download" /> <span className="hidden sm:inline">Export</span>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
          <DropdownMenu.Item
            className="menu-item"
            onSelect={() =>
              saveText(`${base}.analysis.json`, 'application/json', JSON.stringify(analysis, null, 2))
            }
          >
            JSON, all four
          </DropdownMenu.Item>
          <DropdownMenu.Separator className="my-1 h-px bg-line" />
          {(Object.keys(analysisTypes) as AnalysisType[]).map((type) => (
            <DropdownMenu.Item
              key={type}
              className="menu-item"
              onSelect={() => saveText(`${base}.${type}.csv`, 'text/csv', toCsv(analysis, type))}
            >
              {names[type]} <span className="ml-auto pl-4 text-ink-3 text-xs">CSV</span>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
