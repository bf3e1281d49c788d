import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { Proposal } from '../../../src/contract/proposals.ts'
import { activityQuery, matrixQuery } from '../../api/proposals.ts'
import { ago } from '../say.ts'
import { Problem } from '../shell/problem.tsx'
import { Comments } from './comments.tsx'
import { eventText } from './events.ts'
import { usePeople } from './people.ts'

/** What is said about the proposal, and what happened to it. */
export function Activity({ proposal }: { proposal: Proposal }) {
  const people = usePeople(proposal.team_id)
  const { data, error, hasNextPage, fetchNextPage } = useInfiniteQuery(activityQuery(proposal.id))
  const { data: rows } = useQuery(matrixQuery(proposal.id))
  const nameOf = (id: unknown) => rows?.find((row) => row.id === id)?.rfp_reference || null
  const events = data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <div className="mx-auto grid w-full max-w-5xl gap-x-10 gap-y-8 px-4 py-6 sm:px-6 md:grid-cols-2">
      <section aria-labelledby="said">
        <h2 id="said" className="mb-3 font-semibold text-lg">
          Comments
        </h2>
        <Comments proposalId={proposal.id} rowId={null} people={people} nameOf={nameOf} />
      </section>
      <section aria-labelledby="done">
        <h2 id="done" className="mb-3 font-semibold text-lg">
          History
        </h2>
        {error && <Problem error={error} />}
        <ol className="space-y-2 border-line border-l pl-4">
          {events.map((event) => (
            <li key={event.id} className="relative text-sm">
              <span className="absolute top-1.5 -left-[1.19rem] size-1.5 rounded-full bg-line-strong" />
              <span className="font-medium">{event.actor?.name ?? 'You'}</span> {eventText(event, people)}
              {nameOf(event.detail.row_id) && (
                <span className="text-ink-2"> · {nameOf(event.detail.row_id)}</span>
              )}
              <span className="block text-ink-3 text-xs">{ago(event.created_at)}</span>
            </li>
          ))}
        </ol>
        {hasNextPage && (
          <button type="button" className="btn mt-3" onClick={() => fetchNextPage()}>
            Show more
          </button>
        )}
      </section>
    </div>
  )
}
