/** Below the chosen row: notes, what was said, and what happened. */
import { useInfiniteQuery } from '@tanstack/react-query'
import type { MatrixRow } from '../../../src/contract/proposals.ts'
import { activityQuery } from '../../api/proposals.ts'
import { ago } from '../say.ts'
import { Icon } from '../shell/icons.tsx'
import { TextCell } from './cells.tsx'
import { Comments } from './comments.tsx'
import { Conflict } from './conflict.tsx'
import { eventText } from './events.ts'
import type { People } from './people.ts'
import type { RowEditing } from './row-editing.ts'

type Props = {
  readonly proposalId: string
  readonly row: MatrixRow
  readonly people: People
  readonly editing: RowEditing
  /** Shows the quote in the document; null when it is shown already, or has no place. */
  readonly onSource: (() => void) | null
}

export function RowDetail({ proposalId, row, people, editing, onSource }: Props) {
  const conflict = editing.conflicts.get(row.id)
  return (
    <div data-still="" className="cursor-auto rounded-md bg-surface p-3">
      {conflict && (
        <Conflict
          proposalId={proposalId}
          conflict={conflict}
          people={people}
          onSettle={(whose) => editing.settle(row.id, whose)}
        />
      )}
      <div className="grid gap-x-6 gap-y-4 [grid-template-columns:repeat(auto-fit,minmax(16rem,1fr))]">
        <section aria-label="Notes" className="min-w-0">
          {row.previous_text && (
            <>
              <h3 className="eyebrow mb-1">Before the amendment</h3>
              <p className="mb-3 text-ink-2 line-through decoration-ink-3">{row.previous_text}</p>
            </>
          )}
          <h3 className="eyebrow mb-1">Notes</h3>
          <TextCell row={row} field="notes" isFixed={!people.mayEdit} onChange={editing.change} />
          {onSource && (
            <button type="button" className="btn mt-2" onClick={onSource}>
              <Icon name="file" /> Show it in the document
            </button>
          )}
          <History proposalId={proposalId} rowId={row.id} people={people} />
        </section>
        <section aria-label="Comments" className="min-w-0">
          <h3 className="eyebrow mb-1">Comments</h3>
          <Comments proposalId={proposalId} rowId={row.id} people={people} />
        </section>
      </div>
    </div>
  )
}

function History({ proposalId, rowId, people }: { proposalId: string; rowId: string; people: People }) {
  const { data } = useInfiniteQuery(activityQuery(proposalId))
  const events = (data?.pages ?? [])
    .flatMap(({ items }) => items)
    .filter(({ action, detail }) => action.startsWith('row ') && detail.row_id === rowId)
  if (events.length === 0) return null
  return (
    <details className="mt-3 text-sm">
      <summary className="text-ink-2">
        History <span className="count">{events.length}</span>
      </summary>
      <ul className="mt-1 space-y-1">
        {events.map((event) => (
          <li key={event.id}>
            <span className="font-medium">{event.actor?.name ?? 'You'}</span> {eventText(event, people)}{' '}
            <span className="text-ink-3">{ago(event.created_at)}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
