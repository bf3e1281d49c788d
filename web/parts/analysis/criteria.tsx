import { useMemo } from 'react'
import { type Branch, treeOf } from './criteria-tree.ts'
import { type Column, DataTable } from './data-table.tsx'
import type { ViewProps } from './view-props.ts'

const printed = (row: Branch): string =>
  row.points !== null ? `${row.points}` : row.percent !== null ? `${row.percent} %` : (row.weight ?? '')

const columns: readonly Column<Branch>[] = [
  {
    id: 'name',
    header: 'Criterion',
    track: 'minmax(13rem, 1fr)',
    value: (row) => `${String(row.order).padStart(4, '0')} ${row.name}`,
    cell: (row) => (
      <>
        <span className={row.depth === 0 ? 'font-semibold' : ''}>{row.name}</span>
        {row.gate && <span className="chip ml-2 bg-danger-soft text-danger">Pass or fail</span>}
        {row.relative_importance && (
          <span className="mt-0.5 block text-ink-3 text-sm">{row.relative_importance}</span>
        )}
      </>
    ),
  },
  {
    id: 'points',
    header: 'Points',
    track: '9rem',
    value: (row) => row.points ?? row.percent ?? -1,
    cell: (row) => <Points row={row} />,
  },
  {
    id: 'method',
    header: 'Method',
    track: '6.5rem',
    value: (row) => row.method ?? '',
    cell: (row) => <span className="text-ink-2">{row.method ?? '–'}</span>,
  },
  {
    id: 'reference',
    header: 'Reference',
    track: '5.5rem',
    value: (row) => row.rfp_reference,
    cell: (row) => (
      <span className="font-mono text-xs">
        {row.rfp_reference || '–'}
        {row.page !== null && <span className="block text-ink-3">p. {row.page}</span>}
      </span>
    ),
  },
]

function Points({ row }: { row: Branch }) {
  const value = printed(row)
  if (value === '') return <span className="text-ink-3">Not stated</span>
  return (
    <span className="flex items-center gap-2">
      <span className={`w-12 text-right tabular-nums ${row.depth === 0 ? 'font-semibold' : ''}`}>
        {value}
      </span>
      {row.share !== null && (
        <span className="h-1.5 flex-1 overflow-hidden rounded-full bg-sunken">
          <span
            className={`block h-full rounded-full ${row.depth === 0 ? 'bg-accent' : 'bg-mark-line'}`}
            style={{ width: `${Math.min(100, row.share * 100)}%` }}
          />
        </span>
      )}
    </span>
  )
}

export function Criteria({ analysis, active, onOpen }: ViewProps) {
  const rows = useMemo(() => treeOf(analysis.evaluation_criteria), [analysis])
  const points = rows.filter((row) => row.depth === 0).reduce((sum, row) => sum + (row.points ?? 0), 0)
  return (
    <DataTable
      label="Evaluation criteria"
      rows={rows}
      columns={columns}
      rowId={(row) => row.criterion_id}
      active={active}
      onOpen={(row) => onOpen(row.criterion_id, row)}
      depth={(row) => row.depth}
      empty="No evaluation criterion was found in this document."
      tools={points > 0 && <span className="text-ink-2 text-sm tabular-nums">{points} points in all</span>}
      detail={(row) => (
        <blockquote className="rounded-md bg-surface px-3 py-2 text-ink-2 text-sm">{row.verbatim}</blockquote>
      )}
    />
  )
}
