/** The compliance matrix: requirements as work, each with an owner, a state and its place in the response. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { type MatrixRow, type Proposal, rowStateNames } from '../../../src/contract/proposals.ts'
import { matrixQuery } from '../../api/proposals.ts'
import { type Column, DataTable } from '../analysis/data-table.tsx'
import { obligationLook, sentence } from '../analysis/words.ts'
import { FocusProvider, useFocus } from '../focus.tsx'
import { Icon } from '../shell/icons.tsx'
import { Problem } from '../shell/problem.tsx'
import { Split } from '../split.tsx'
import { OwnerCell, StatusCell, TextCell } from './cells.tsx'
import { FillMatrix } from './fill.tsx'
import { MatrixMenu } from './matrix-menu.tsx'
import { type People, usePeople } from './people.ts'
import { Progress } from './progress.tsx'
import { RowDetail } from './row-detail.tsx'
import { type RowEditing, useRowEditing } from './row-editing.ts'
import { RowSource } from './row-source.tsx'

type Props = { readonly proposal: Proposal; readonly onDocuments: () => void }

/** How often a team's rows are asked for again: somebody else may be writing. */
const TEAM_REFRESH_MS = 15_000

export function Matrix({ proposal, onDocuments }: Props) {
  const { data, error, refetch } = useQuery({
    ...matrixQuery(proposal.id),
    refetchInterval: proposal.team_id ? TEAM_REFRESH_MS : false,
  })
  if (error && !data)
    return (
      <div className="p-6">
        <Problem error={error}>
          <button type="button" className="btn" onClick={() => refetch()}>
            Try again
          </button>
        </Problem>
      </div>
    )
  if (!data)
    return (
      <p className="m-auto flex items-center gap-2 text-ink-3">
        <span className="spinner" /> Opening…
      </p>
    )
  if (data.length === 0) return <FillMatrix proposal={proposal} onDocuments={onDocuments} />
  return (
    <FocusProvider>
      <Rows proposal={proposal} rows={data} />
    </FocusProvider>
  )
}

function Rows({ proposal, rows }: { proposal: Proposal; rows: readonly MatrixRow[] }) {
  const focus = useFocus()
  const people = usePeople(proposal.team_id)
  const editing = useRowEditing(proposal.id)
  const [active, setActive] = useState<string | null>(null)
  const [withSource, setSource] = useState(false)
  const columns = useMemo(() => columnsFor(people, editing, withSource), [people, editing, withSource])
  const chosen = rows.find((row) => row.id === active)
  const open = (row: MatrixRow) => {
    setActive(row.id)
    focus.choose({ blocks: row.block_ids, boxes: row.boxes, page: row.page, from: 'finding' })
  }
  // A conflict is shown where the row's details are.
  const clashing = [...editing.conflicts.keys()].at(-1)
  useEffect(() => {
    if (clashing) setActive(clashing)
  }, [clashing])
  const table = (
    <>
      <Progress rows={rows} people={people} />
      <DataTable
        label="Compliance matrix"
        rows={rows}
        columns={columns}
        rowId={(row) => row.id}
        active={active}
        onOpen={open}
        empty="No row yet."
        detail={(row) => (
          <RowDetail
            proposalId={proposal.id}
            row={row}
            people={people}
            editing={editing}
            onSource={withSource || row.analysis_id === null ? null : () => setSource(true)}
          />
        )}
        tools={
          <>
            <button
              type="button"
              className={`btn hidden lg:inline-flex ${withSource ? 'border-accent bg-accent-soft' : ''}`}
              aria-pressed={withSource}
              onClick={() => setSource(!withSource)}
            >
              <Icon name="file" /> Document
            </button>
            <MatrixMenu proposal={proposal} rows={rows} people={people} />
          </>
        }
      />
    </>
  )
  return (
    <Split
      shown={withSource ? 'left' : 'right'}
      left={withSource ? <RowSource row={chosen ?? rows[0]!} onClose={() => setSource(false)} /> : null}
      right={table}
    />
  )
}

/** Beside the document there is room for less. */
const leftOut: readonly string[] = ['obligation', 'category']

function columnsFor(people: People, editing: RowEditing, isBrief: boolean): readonly Column<MatrixRow>[] {
  const isFixed = !people.mayEdit
  const all: readonly Column<MatrixRow>[] = [
    {
      id: 'reference',
      header: 'Reference',
      track: '5.5rem',
      value: (row) => row.rfp_reference,
      cell: (row) => (
        <span className="font-mono text-xs break-words">
          {row.rfp_reference || '–'}
          {row.page !== null && <span className="block text-ink-3">p. {row.page}</span>}
        </span>
      ),
    },
    {
      id: 'text',
      header: 'Requirement',
      track: 'minmax(14rem, 1fr)',
      value: (row) => `${row.requirement_text} ${row.notes}`,
      cell: (row) => (
        <>
          {editing.conflicts.has(row.id) && (
            <span className="chip mr-2 bg-danger-soft text-danger">Changed by two</span>
          )}
          {row.removed_at && <span className="chip mr-2">No longer asked for</span>}
          {row.changed_at && !row.removed_at && (
            <span className="chip mr-2 bg-caution-soft text-caution">Changed by an amendment</span>
          )}
          {row.requirement_text}
          {row.notes && <span className="mt-0.5 line-clamp-1 text-ink-3 text-sm">{row.notes}</span>}
        </>
      ),
    },
    {
      id: 'obligation',
      header: 'Binding',
      track: '4.6rem',
      value: (row) => row.obligation,
      facet: sentence,
      cell: (row) => (
        <span className={`chip ${obligationLook[row.obligation as keyof typeof obligationLook] ?? ''}`}>
          {row.obligation}
        </span>
      ),
    },
    {
      id: 'category',
      header: 'Category',
      track: '6.6rem',
      value: (row) => row.category,
      facet: sentence,
      cell: (row) => <span className="text-ink-2">{sentence(row.category)}</span>,
    },
    {
      id: 'status',
      header: 'Status',
      track: '8rem',
      value: (row) => row.status,
      facet: (value) => rowStateNames[value as MatrixRow['status']], // the values of this column are states
      cell: (row) => <StatusCell row={row} isFixed={isFixed} onChange={editing.change} />,
    },
    {
      id: 'owner',
      header: 'Owner',
      track: '8rem',
      value: (row) => (row.owner_id ? people.name(row.owner_id) : 'Nobody'),
      facet: (value) => value,
      cell: (row) => <OwnerCell row={row} isFixed={isFixed} onChange={editing.change} people={people} />,
    },
    {
      id: 'response',
      header: 'Where we answer',
      track: '9rem',
      value: (row) => row.response_location,
      cell: (row) => (
        <TextCell row={row} field="response_location" isFixed={isFixed} onChange={editing.change} />
      ),
    },
  ]
  return isBrief ? all.filter(({ id }) => !leftOut.includes(id)) : all
}
