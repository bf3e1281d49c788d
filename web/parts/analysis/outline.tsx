import { useMemo } from 'react'
import type { OutlineSection } from '../../../src/contract/analyses.ts'
import { type Column, DataTable } from './data-table.tsx'
import type { ViewProps } from './view-props.ts'

type Line = OutlineSection & { readonly id: string; readonly order: number }

const optional: Readonly<Record<string, 'volume' | 'page_limit' | 'format_notes'>> = {
  volume: 'volume',
  limit: 'page_limit',
  format: 'format_notes',
}

type Props = ViewProps & { readonly onRequirements: (ids: readonly string[]) => void }

export function Outline({ analysis, active, onOpen, onRequirements }: Props) {
  const rows = useMemo(
    () =>
      analysis.annotated_outline.map(
        (section, order): Line => ({ ...section, order, id: `section-${order + 1}` }),
      ),
    [analysis],
  )
  const shallowest = Math.min(...rows.map((row) => row.level), 9)
  // Few documents say all of this; a column of dashes says nothing.
  const columns = useMemo(() => {
    const isSaid = (id: string) => !(id in optional) || rows.some((row) => row[optional[id]!])
    return columnsFor(onRequirements).filter(({ id }) => isSaid(id))
  }, [onRequirements, rows])
  const open = (row: Line) => {
    // A section has no place of its own: it stands where its first requirement or criterion does.
    const first =
      analysis.compliance_matrix.find((one) => row.requirement_ids.includes(one.requirement_id)) ??
      analysis.evaluation_criteria.find((one) => row.criterion_ids.includes(one.criterion_id))
    onOpen(row.id, first ?? null)
  }
  return (
    <DataTable
      label="Annotated outline"
      rows={rows}
      columns={columns}
      rowId={(row) => row.id}
      active={active}
      onOpen={open}
      depth={(row) => row.level - shallowest}
      empty="The document does not say how the response is to be ordered."
    />
  )
}

const columnsFor = (onRequirements: Props['onRequirements']): readonly Column<Line>[] => [
  {
    id: 'section',
    header: 'Section of the response',
    track: 'minmax(12rem, 1fr)',
    value: (row) => `${String(row.order).padStart(4, '0')} ${row.number} ${row.title}`,
    cell: (row) => (
      <span className="flex gap-2">
        {row.number && <span className="shrink-0 font-mono text-ink-3 text-xs leading-5">{row.number}</span>}
        <span className={`min-w-0 break-words ${row.level === 1 ? 'font-semibold' : ''}`}>{row.title}</span>
      </span>
    ),
  },
  {
    id: 'volume',
    header: 'Volume',
    track: '6rem',
    value: (row) => row.volume ?? '',
    cell: (row) => <span className="text-ink-2">{row.volume ?? '–'}</span>,
  },
  {
    id: 'limit',
    header: 'Page limit',
    track: '6.5rem',
    value: (row) => row.page_limit ?? '',
    cell: (row) =>
      row.page_limit ? (
        <span className="chip bg-caution-soft text-caution">{row.page_limit}</span>
      ) : (
        <span className="text-ink-3">–</span>
      ),
  },
  {
    id: 'format',
    header: 'Format',
    track: 'minmax(6rem, 12rem)',
    value: (row) => row.format_notes ?? '',
    cell: (row) => <span className="text-ink-2 text-sm">{row.format_notes ?? '–'}</span>,
  },
  {
    id: 'requirements',
    header: 'Requirements',
    track: '6.5rem',
    align: 'right',
    value: (row) => row.requirement_ids.length,
    cell: (row) =>
      row.requirement_ids.length === 0 ? (
        <span className="text-ink-3">0</span>
      ) : (
        <button
          type="button"
          className="text-accent underline underline-offset-2"
          onClick={(event) => {
            event.stopPropagation()
            onRequirements(row.requirement_ids)
          }}
        >
          {row.requirement_ids.length}
          <span className="sr-only"> requirements of {row.title}</span>
        </button>
      ),
  },
]
