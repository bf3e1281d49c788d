import { useInfiniteQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { AdminJob } from '../../../src/contract/admin.ts'
import { type Job, jobStates } from '../../../src/contract/documents.ts'
import { adminJobsQuery } from '../../api/admin.ts'
import { sentence } from '../../parts/analysis/words.ts'
import { Choice } from '../../parts/choice.tsx'
import { Rows } from '../../parts/rows.tsx'
import { ago, bytes, plural } from '../../parts/say.ts'

type State = Job['status'] | ''

export function Jobs() {
  const [status, setStatus] = useState<State>('')
  const list = useInfiniteQuery(adminJobsQuery(status))
  const jobs = list.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <>
      <Choice
        label="Only with the state"
        className="mb-3"
        value={status}
        options={[['', 'Any state'], ...jobStates.map((state) => [state, sentence(state)] as const)]}
        onValue={setStatus}
      />
      <JobRows label="Jobs" source={list} jobs={jobs} empty="There is no such job." />
    </>
  )
}

const looks: Record<Job['status'], string> = {
  queued: '',
  processing: 'bg-info-soft text-info',
  completed: 'bg-accent-soft text-accent',
  failed: 'bg-danger-soft text-danger',
  cancelled: 'text-ink-3',
}

type Props = {
  readonly label: string
  readonly source: Parameters<typeof Rows>[0]['source']
  readonly jobs: readonly AdminJob[]
  readonly empty: string
  readonly action?: (job: AdminJob) => ReactNode
}

export function JobRows({ label, source, jobs, empty, action }: Props) {
  return (
    <Rows
      label={label}
      heads={['Job', 'Whose', 'State', 'Cause', 'When', ...(action ? [''] : [])]}
      source={source}
      empty={empty}
    >
      {jobs.map((job) => (
        <tr key={job.id}>
          <td>
            {sentence(job.kind)}
            <span className="block text-ink-3 text-sm">
              {[job.format?.toUpperCase(), job.size !== null && bytes(job.size)].filter(Boolean).join(', ')}
            </span>
            <span className="block font-mono text-ink-3 text-xs">{job.id}</span>
          </td>
          <td>{job.owner.email ?? 'A visitor'}</td>
          <td className="whitespace-nowrap">
            <span className={`chip ${looks[job.status]}`}>{sentence(job.status)}</span>
            <span className="block text-ink-3 text-sm">{plural(job.attempts, 'attempt')}</span>
          </td>
          <td className="max-w-80">
            {job.error ? (
              <>
                {job.error.message}
                <span className="block break-words font-mono text-ink-3 text-xs">
                  {[job.error.code, job.request_id].filter(Boolean).join(' · ')}
                </span>
                {job.detail && <Detail text={job.detail} />}
              </>
            ) : (
              <span className="text-ink-3">–</span>
            )}
          </td>
          <td className="whitespace-nowrap">{ago(job.completed_at ?? job.created_at)}</td>
          {action && <td className="text-right">{action(job)}</td>}
        </tr>
      ))}
    </Rows>
  )
}

/** What the log says too: the first line, and the rest on demand. */
function Detail({ text }: { text: string }) {
  const [first = '', ...rest] = text.split('\n')
  if (rest.length === 0) return <p className="break-words font-mono text-ink-3 text-xs">{first}</p>
  return (
    <details className="font-mono text-ink-3 text-xs">
      <summary className="break-words">{first}</summary>
      <pre className="mt-1 max-w-lg whitespace-pre-wrap break-all">{rest.join('\n')}</pre>
    </details>
  )
}
