import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { limitsQuery, queuesQuery, storageQuery } from '../../api/admin.ts'
import { gives, planNames } from '../../parts/plans.ts'
import { bytes, plural } from '../../parts/say.ts'
import { Problem } from '../../parts/shell/problem.tsx'

/** What waits, what is stored, and which limits hold. */
export function Server() {
  return (
    <div className="grid items-start gap-5 md:grid-cols-2">
      <Queues />
      <Storage />
      <Limits />
    </div>
  )
}

function Card({ title, error, children }: { title: string; error: unknown; children: ReactNode }) {
  return (
    <section aria-label={title} className="card min-w-0 p-5">
      <h2 className="mb-3 font-semibold">{title}</h2>
      {error ? <Problem error={error} /> : children}
    </section>
  )
}

function Facts({ rows }: { rows: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="grid grid-cols-[1fr_auto] gap-x-6 gap-y-1">
      {rows.map(([term, value]) => (
        <div key={term} className="contents">
          <dt className="text-ink-2">{term}</dt>
          <dd className="text-right tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Queues() {
  const { data, error } = useQuery(queuesQuery)
  return (
    <Card title="Queues" error={error}>
      <div className="overflow-x-auto">
        <table className="list-table -mx-3">
          <thead>
            <tr>
              <th scope="col">Queue</th>
              <th scope="col">Waiting</th>
              <th scope="col">Running</th>
              <th scope="col">Dead</th>
              <th scope="col">Oldest waits</th>
            </tr>
          </thead>
          <tbody className="tabular-nums">
            {data?.map((row) => (
              <tr key={row.queue}>
                <td>{row.queue}</td>
                <td>{row.ready}</td>
                <td>{row.active}</td>
                <td className={row.dead > 0 ? 'font-semibold text-danger' : ''}>{row.dead}</td>
                <td>{Math.round(row.oldest_seconds)} s</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  )
}

function Storage() {
  const { data, error } = useQuery(storageQuery)
  return (
    <Card title="Storage" error={error}>
      {data && (
        <>
          <Facts
            rows={[
              ['Documents', data.documents.toLocaleString('en-US')],
              ['Analyses', data.analyses.toLocaleString('en-US')],
              ['Proposals', data.proposals.toLocaleString('en-US')],
              ['Originals', bytes(data.original_bytes)],
              ['of them visitors’', bytes(data.visitor_bytes)],
              ['Database', bytes(data.database_bytes)],
              ['Go with the next cleanup', data.expired],
            ]}
          />
          {data.by_format.length > 0 && (
            <>
              <h3 className="eyebrow mt-4 mb-1">By format</h3>
              <Facts
                rows={data.by_format.map((row) => [
                  row.format.toUpperCase(),
                  `${plural(row.documents, 'document')}, ${bytes(row.bytes)}`,
                ])}
              />
            </>
          )}
          {data.largest.length > 0 && (
            <>
              <h3 className="eyebrow mt-4 mb-1">Who keeps most</h3>
              <ul className="space-y-1">
                {data.largest.map((row) => (
                  <li key={row.owner.id} className="flex gap-4">
                    <span className="min-w-0 flex-1 truncate">{row.owner.email ?? 'A visitor'}</span>
                    <span className="tabular-nums">{bytes(row.bytes)}</span>
                  </li>
                ))}
              </ul>
            </>
          )}
        </>
      )}
    </Card>
  )
}

function Limits() {
  const { data, error } = useQuery(limitsQuery)
  const rate = ({ max, window_seconds }: { max: number; window_seconds: number }) =>
    `${max.toLocaleString('en-US')} in ${window_seconds} s`
  return (
    <Card title="Limits" error={error}>
      {data && (
        <>
          <Facts
            rows={[
              ['Requests', rate(data.rates.all)],
              ['Uploads', rate(data.rates.upload)],
              ['Analyses', rate(data.rates.analysis)],
              ['Largest file', bytes(data.upload_bytes)],
              ['Longest text', plural(data.text_chars, 'character')],
              ['Visitors’ work is kept', plural(data.visitor_days, 'day')],
              ['Plans are enforced', data.plans_enforced ? 'yes' : 'no'],
            ]}
          />
          {(Object.keys(planNames) as (keyof typeof planNames)[]).map((plan) => {
            const row = data.plans[plan]
            return (
              row && (
                <p key={plan} className="mt-2 text-ink-2 text-sm">
                  <span className="font-medium text-ink">{planNames[plan]}</span>: {gives(row).join('; ')}
                </p>
              )
            )
          })}
        </>
      )}
    </Card>
  )
}
