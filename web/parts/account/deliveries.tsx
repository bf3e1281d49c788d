import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import type { Delivery } from '../../../src/contract/webhooks.ts'
import { queryClient } from '../../api/queries.ts'
import { deliveriesQuery, redeliver } from '../../api/webhooks.ts'
import { ago, plural } from '../say.ts'
import { announce } from '../shell/announce.tsx'
import { Problem } from '../shell/problem.tsx'

const looks: Record<Delivery['status'], string> = {
  waiting: '',
  sending: 'bg-info-soft text-info',
  delivered: 'bg-accent-soft text-accent',
  failed: 'bg-danger-soft text-danger',
}

/** The log of a webhook: each message, each attempt, and what came back. */
export function Deliveries({ webhookId }: { webhookId: string }) {
  const { data, error, isPending, hasNextPage, fetchNextPage } = useInfiniteQuery(deliveriesQuery(webhookId))
  const sending = useMutation({
    mutationFn: (id: string) => redeliver(webhookId, id),
    onSuccess: () => {
      queryClient.invalidateQueries({ queryKey: ['webhooks', webhookId] })
      announce('It is sent once more.')
    },
    onError: (failure) => announce(failure.message),
  })
  const all = data?.pages.flatMap(({ items }) => items) ?? []
  if (error) return <Problem error={error} />
  if (isPending) return <span className="spinner mt-3 block" />
  if (all.length === 0)
    return <p className="mt-3 border-line border-t pt-3 text-ink-3">Nothing was sent yet. Send a test.</p>
  return (
    <>
      <ul className="mt-3 divide-y divide-line border-line border-t">
        {all.map((delivery) => (
          <li key={delivery.id} className="py-2">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
              <span className={`chip ${looks[delivery.status]}`}>{delivery.status}</span>
              <span className="font-mono">{delivery.event}</span>
              <span className="text-ink-3">
                {ago(delivery.created_at)}, {plural(delivery.attempts, 'attempt')}
                {delivery.next_attempt_at &&
                  delivery.status === 'waiting' &&
                  `, next ${ago(delivery.next_attempt_at)}`}
              </span>
              <button
                type="button"
                className="btn ml-auto"
                disabled={sending.isPending}
                onClick={() => sending.mutate(delivery.id)}
              >
                Send again
              </button>
            </div>
            <details className="text-sm">
              <summary className="text-ink-2">Attempts and message</summary>
              <ul className="my-1 space-y-0.5 font-mono text-xs">
                {delivery.log.map((attempt) => (
                  <li key={attempt.at}>
                    {attempt.at} {attempt.status ?? 'no answer'} {attempt.error} {attempt.ms} ms
                  </li>
                ))}
              </ul>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
              <pre tabIndex={0} className="overflow-x-auto rounded bg-sunken p-2 font-mono text-xs">
                {JSON.stringify(delivery.payload, null, 2)}
              </pre>
            </details>
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <button type="button" className="btn mt-2" onClick={() => fetchNextPage()}>
          Show more
        </button>
      )}
    </>
  )
}
