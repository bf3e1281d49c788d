/** Runs an agent over one of the user's documents and shows what it found, each row with its quote and page. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { runAgent } from '../../api/agents.ts'
import { analysisQuery, jobsQuery } from '../../api/queries.ts'
import { Findings } from '../analysis/findings.tsx'
import { Problem } from '../shell/problem.tsx'

/** Where the result of an analysis is looked at. */
const views = {
  'compliance-matrix': 'requirements',
  'evaluation-criteria': 'criteria',
  'annotated-outline': 'outline',
  'submission-checklist': 'checklist',
} as const

export function RunAgent({ name }: { name: string }) {
  const id = useId()
  const { data: jobs } = useQuery(jobsQuery)
  const [chosen, setChosen] = useState('')
  const documents = (jobs?.items ?? []).filter(
    (job) => job.kind === 'conversion' && job.status === 'completed' && job.conversion_id,
  )
  const conversionId = chosen || documents[0]?.conversion_id || ''
  const running = useMutation({ mutationFn: () => runAgent(name, conversionId) })
  if (jobs && documents.length === 0)
    return (
      <p className="mt-4 text-ink-2">
        There is no document yet. <Link to="/">Upload one first.</Link>
      </p>
    )
  return (
    <div className="mt-4 border-line border-t pt-4">
      <form
        className="flex flex-wrap items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          running.mutate()
        }}
      >
        <div className="min-w-0 flex-1 basis-64">
          <label htmlFor={id} className="mb-1 block font-medium text-sm">
            Document
          </label>
          <select
            id={id}
            className="field h-9 w-full"
            value={conversionId}
            onChange={({ target }) => setChosen(target.value)}
          >
            {documents.map((job) => (
              <option key={job.id} value={job.conversion_id ?? ''}>
                {job.filename}
              </option>
            ))}
          </select>
        </div>
        <button type="submit" className="btn btn-primary h-9" disabled={running.isPending || !conversionId}>
          {running.isPending && <span className="spinner" />}
          Run
        </button>
      </form>
      {running.error && <Problem error={running.error} />}
      {running.data && <Result name={name} analysisId={running.data} />}
    </div>
  )
}

function Result({ name, analysisId }: { name: string; analysisId: string }) {
  const { data, error } = useQuery(analysisQuery(analysisId))
  if (error) return <Problem error={error} />
  if (!data || data.status === 'queued' || data.status === 'processing')
    return (
      <p role="status" className="mt-4 flex items-center gap-2 text-ink-2">
        <span className="spinner" /> Reading the document…
      </p>
    )
  if (data.run) return <Findings run={data.run} documentId={data.conversion_id} />
  if (data.conversion_id && name in views)
    return (
      <p role="status" className="mt-4">
        It is done.{' '}
        <Link
          to="/documents/$id"
          params={{ id: data.conversion_id }}
          search={{ view: views[name as keyof typeof views] }} // `in` has told
          className="text-accent underline"
        >
          Show the result beside its source
        </Link>
      </p>
    )
  return (
    <p role="alert" className="mt-4 text-danger">
      {data.error?.message ?? 'The run was cancelled.'} {data.error?.fix}
    </p>
  )
}
