/** Two people changed the same field of a row: what stands, what one wanted, and the choice between them. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { type MatrixRow, rowStateNames } from '../../../src/contract/proposals.ts'
import { activityQuery, type RowChange } from '../../api/proposals.ts'
import { ago } from '../say.ts'
import { Icon } from '../shell/icons.tsx'
import type { People } from './people.ts'
import type { Conflict as Clash } from './row-editing.ts'

const fieldNames: Record<keyof RowChange, string> = {
  status: 'Status',
  owner_id: 'Owner',
  response_location: 'Response location',
  notes: 'Notes',
}

type Props = {
  readonly proposalId: string
  readonly conflict: Clash
  readonly people: People
  readonly onSettle: (whose: 'mine' | 'theirs') => void
}

export function Conflict({ proposalId, conflict: { mine, theirs }, people, onSettle }: Props) {
  const { data } = useInfiniteQuery(activityQuery(proposalId))
  const last = data?.pages
    .flatMap(({ items }) => items)
    .find(({ action, detail }) => action === 'row changed' && detail.row_id === theirs.id)
  const shown = (field: keyof RowChange, values: RowChange | MatrixRow) => {
    const value = values[field]
    if (field === 'status') return rowStateNames[value as MatrixRow['status']] // the field says which
    if (field === 'owner_id') return value ? people.name(value) : 'Nobody'
    return value || 'Empty'
  }
  return (
    <div role="alert" className="mb-3 overflow-hidden rounded-lg border border-danger/50 bg-surface">
      <p className="flex items-center gap-2 bg-danger-soft px-3 py-2 font-semibold text-danger text-sm">
        <Icon name="warning" />
        {last?.actor?.name ?? 'Somebody'} changed this row while you were editing it
        {last && <span className="font-normal">, {ago(last.created_at)}</span>}
      </p>
      <dl className="grid grid-cols-[8rem_1fr_1fr] gap-x-3 gap-y-1 px-3 py-2 text-sm">
        <dt className="sr-only">Field</dt>
        <dd className="col-start-2 text-ink-3 text-xs">Stands now</dd>
        <dd className="text-ink-3 text-xs">Yours</dd>
        {(Object.keys(mine) as (keyof RowChange)[]).map((field) => (
          <div key={field} className="contents">
            <dt className="text-ink-3">{fieldNames[field]}</dt>
            <dd className="whitespace-pre-wrap font-medium break-words">{shown(field, theirs)}</dd>
            <dd className="whitespace-pre-wrap break-words">{shown(field, mine)}</dd>
          </div>
        ))}
      </dl>
      <div className="flex gap-2 px-3 pb-3">
        <button type="button" className="btn" onClick={() => onSettle('theirs')}>
          Keep what stands
        </button>
        <button type="button" className="btn" onClick={() => onSettle('mine')}>
          Write mine over it
        </button>
      </div>
    </div>
  )
}
