import { useMutation, useQuery } from '@tanstack/react-query'
import type { Usage } from '../../../src/contract/plans.ts'
import { beginCheckout, openPortal, plansQuery, usageQuery } from '../../api/plans.ts'
import { sessionQuery } from '../../api/queries.ts'
import { AccountNav } from '../../parts/account/account-nav.tsx'
import { gives, planNames } from '../../parts/plans.ts'
import { plural } from '../../parts/say.ts'
import { Problem } from '../../parts/shell/problem.tsx'

/** The plan, what was used of it, and other plans. */
export function UsagePage({ checkout }: { checkout: 'done' | 'cancelled' | undefined }) {
  const { data: usage, error } = useQuery(usageQuery)
  return (
    <div className="mx-auto w-full max-w-4xl px-4 py-8 sm:px-6">
      <AccountNav />
      <h1 className="font-semibold font-serif text-2xl">Usage and plan</h1>
      {checkout && (
        <p role="status" className="card mt-5 px-4 py-3">
          {checkout === 'done'
            ? 'Thank you. The plan changes here as soon as the payment is confirmed, usually within a minute.'
            : 'Nothing was bought.'}
        </p>
      )}
      {error && (
        <div className="mt-5">
          <Problem error={error} />
        </div>
      )}
      {usage && (
        <>
          <Lead usage={usage} />
          <Meters usage={usage} />
          <Subscription usage={usage} />
          <Plans usage={usage} />
          <Months usage={usage} />
        </>
      )}
    </div>
  )
}

function Lead({ usage: { plan, team, resets_at, enforced } }: { usage: Usage }) {
  const day = new Date(resets_at).toLocaleDateString('en', { dateStyle: 'medium', timeZone: 'UTC' })
  return (
    <p className="mt-1 text-ink-2">
      {plan ? `You have the plan ${planNames[plan]}` : 'You are here without an account'}
      {team && `, by the team ${team.name}, whose members share it`}. The count begins anew on {day}.
      {!enforced && ' On this server nothing is refused: the figures are for your information.'}
    </p>
  )
}

function Meters({ usage }: { usage: Usage }) {
  const meters = [
    ['Pages', usage.pages],
    ['Analyses', usage.analyses],
    ['Analyses with a language model', usage.model_analyses],
  ] as const
  return (
    <dl className="mt-5 grid gap-3 sm:grid-cols-3">
      {meters.map(([name, { used, limit, left }]) => (
        <div key={name} className="card p-4">
          <dt className="text-ink-3 text-sm">{name}, this month</dt>
          <dd className="mt-1 font-semibold text-2xl tabular-nums">
            {used.toLocaleString('en-US')}
            {limit !== null && (
              <span className="font-normal text-base text-ink-3"> of {limit.toLocaleString('en-US')}</span>
            )}
          </dd>
          {limit !== null && (
            <dd>
              <span className="mt-2 block h-1.5 overflow-hidden rounded-full bg-sunken" aria-hidden="true">
                <span
                  className={`block h-full rounded-full ${left === 0 ? 'bg-danger' : used / limit > 0.8 ? 'bg-mark-line' : 'bg-accent'}`}
                  style={{ width: `${Math.min(100, (used / Math.max(1, limit)) * 100)}%` }}
                />
              </span>
              <span className="mt-1 block text-ink-3 text-sm">{left?.toLocaleString('en-US')} left</span>
            </dd>
          )}
        </div>
      ))}
    </dl>
  )
}

function Subscription({ usage: { subscription, team } }: { usage: Usage }) {
  const opening = useMutation({
    mutationFn: () => openPortal(team?.id),
    onSuccess: ({ url }) => location.assign(url),
  })
  if (!subscription) return null
  const end =
    subscription.current_period_end &&
    new Date(subscription.current_period_end).toLocaleDateString('en', { dateStyle: 'medium' })
  return (
    <section aria-labelledby="subscription" className="card mt-5 flex flex-wrap items-center gap-3 p-4">
      <div className="min-w-0 flex-1">
        <h2 id="subscription" className="font-semibold">
          Subscription: {planNames[subscription.plan]}
          <span className="chip ml-2">{subscription.status.replaceAll('_', ' ')}</span>
        </h2>
        <p className="text-ink-2 text-sm">
          {plural(subscription.seats, 'seat')}
          {end && `; ${subscription.cancel_at_period_end ? 'ends' : 'renews'} on ${end}`}
        </p>
      </div>
      <button type="button" className="btn" disabled={opening.isPending} onClick={() => opening.mutate()}>
        Change, end, invoices
      </button>
      {opening.error && <Problem error={opening.error} />}
    </section>
  )
}

function Plans({ usage }: { usage: Usage }) {
  const { data } = useQuery(plansQuery)
  const { data: session } = useQuery(sessionQuery)
  const buying = useMutation({
    mutationFn: (plan: 'pro' | 'team') => beginCheckout({ plan }),
    onSuccess: ({ url }) => location.assign(url),
  })
  if (!data) return null
  return (
    <section aria-labelledby="plans" className="mt-8">
      <h2 id="plans" className="font-semibold text-lg">
        Plans
      </h2>
      {!data.billing && (
        <p className="text-ink-2">Nothing is sold on this server: an administrator sets the plans.</p>
      )}
      {buying.error && (
        <div className="mt-3">
          <Problem error={buying.error} />
        </div>
      )}
      <ul className="mt-3 grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
        {data.plans.map((row) => (
          <li
            key={row.plan}
            className={`card flex flex-col p-4 ${row.plan === usage.plan ? 'border-accent bg-accent-soft' : ''}`}
          >
            <h3 className="font-semibold">
              {row.title}
              {row.plan === usage.plan && <span className="chip ml-2 bg-accent text-accent-ink">Yours</span>}
            </h3>
            <ul className="mt-2 flex-1 space-y-1 text-ink-2 text-sm">
              {gives(row).map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
            {row.for_sale && session?.account && row.plan !== usage.plan && (
              <button
                type="button"
                className="btn btn-primary mt-3"
                disabled={buying.isPending}
                onClick={() => (row.plan === 'pro' || row.plan === 'team') && buying.mutate(row.plan)}
              >
                Choose {row.title}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Months({ usage: { months } }: { usage: Usage }) {
  if (months.length === 0) return null
  return (
    <section aria-labelledby="months" className="mt-8">
      <h2 id="months" className="mb-3 font-semibold text-lg">
        The last twelve months
      </h2>
      <div className="card overflow-x-auto">
        <table className="list-table">
          <thead>
            <tr>
              <th scope="col">Month</th>
              <th scope="col" className="text-right">
                Pages
              </th>
              <th scope="col" className="text-right">
                Analyses
              </th>
              <th scope="col" className="text-right">
                With a language model
              </th>
            </tr>
          </thead>
          <tbody className="tabular-nums">
            {months.map((row) => (
              <tr key={row.month}>
                <td>{row.month}</td>
                <td className="text-right">{row.pages.toLocaleString('en-US')}</td>
                <td className="text-right">{row.analyses.toLocaleString('en-US')}</td>
                <td className="text-right">{row.model_analyses.toLocaleString('en-US')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
