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
/** Made by the server: one file with all four results. */
const served = [
  { format: 'xlsx', name: 'Excel workbook, all four' },
  { format: 'docx', name: 'Word document, all four' },
  { format: 'markdown', name: 'Markdown, all four' },
] as const

export function ExportMenu({ analysis, id }: { analysis: Analysis; id: string }) {
  const base = analysis.document.filename.replace(/\.[^.]+$/, '')
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="btn btn-quiet" aria-label="Export">
        <Icon name="download" /> <span className="hidden sm:inline">Export</span>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
          {served.map(({ format, name }) => (
            <DropdownMenu.Item key={format} className="menu-item" asChild>
              <a href={`/api/analyses/${id}/download?format=${format}`} download>
                {name}
              </a>
            </DropdownMenu.Item>
          ))}
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
