import { type MatrixRow, rowStateNames } from '../../../src/contract/proposals.ts'
import { plural } from '../say.ts'
import type { People } from './people.ts'
import { standingOf } from './standing.ts'
import { rowStateShades } from './states.ts'

type RowState = MatrixRow['status']
const order: readonly RowState[] = ['compliant', 'partial', 'exception', 'not_applicable', 'open']

/** How much of the matrix is done, and what waits for the one who looks. */
export function Progress({ rows, people }: { rows: readonly MatrixRow[]; people: People }) {
  const { total, decided, counts, mine, nobodys } = standingOf(rows, people.me)
  const count = (state: RowState) => counts.get(state) ?? 0
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-5 gap-y-1 border-line border-b bg-surface px-4 py-2 text-sm">
      <span className="font-medium tabular-nums">{decided} % decided</span>
      <span
        className="flex h-2 min-w-32 max-w-72 flex-1 overflow-hidden rounded-full bg-sunken"
        aria-hidden="true"
      >
        {order.map((state) => (
          <span
            key={state}
            className={rowStateShades[state]}
            style={{ width: `${(count(state) / Math.max(1, total)) * 100}%` }}
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
          mine > 0 && `${plural(mine, 'row')} ${mine === 1 ? 'waits' : 'wait'} for you`,
          people.me && nobodys > 0 && `${nobodys} without an owner`,
        ]
          .filter(Boolean)
          .join(', ')}
      </span>
    </div>
  )
}
