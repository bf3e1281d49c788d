import type { MatrixRow } from '../../../src/contract/proposals.ts'
import { plural } from '../say.ts'
import type { People } from './people.ts'
import { rowStateNames, rowStateShades } from './states.ts'

type RowState = MatrixRow['status']
const order: readonly RowState[] = ['compliant', 'partial', 'exception', 'not_applicable', 'open']

/** How much of the matrix is done, and what waits for the one who looks. */
export function Progress({ rows, people }: { rows: readonly MatrixRow[]; people: People }) {
  const counts = Map.groupBy(rows, (row) => row.status)
  const count = (state: RowState) => counts.get(state)?.length ?? 0
  const mine = rows.filter(
    (row) => row.owner_id !== null && row.owner_id === people.me && row.status === 'open',
  )
  const nobodys = rows.filter((row) => row.owner_id === null && row.status === 'open')
  const done = rows.length - count('open')
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-5 gap-y-1 border-line border-b bg-surface px-4 py-2 text-sm">
      <span className="font-medium tabular-nums">{Math.round((done / rows.length) * 100)} % decided</span>
      <span
        className="flex h-2 min-w-32 max-w-72 flex-1 overflow-hidden rounded-full bg-sunken"
        aria-hidden="true"
      >
        {order.map((state) => (
          <span
            key={state}
            className={rowStateShades[state]}
            style={{ width: `${(count(state) / rows.length) * 100}%` }}
          />
        ))}
      </span>
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-ink-2">
        {order
          .filter((state) => count(state) > 0)
          .map((state) => (
            <li key={state} className="flex items-center gap-1.5">
              <span className={`size-2 rounded-sm ${rowStateShades[state]}`} />
              {rowStateNames[state]} <span className="text-ink-3 tabular-nums">{count(state)}</span>
            </li>
          ))}
      </ul>
      <span className="ml-auto text-ink-3">
        {[
          mine.length > 0 && `${plural(mine.length, 'row')} wait for you`,
          people.me && nobodys.length > 0 && `${nobodys.length} without an owner`,
        ]
          .filter(Boolean)
          .join(', ')}
      </span>
    </div>
  )
}
