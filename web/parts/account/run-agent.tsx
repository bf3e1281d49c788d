/** Runs an agent over one of the user's documents and shows what it found, each row with its quote and page. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import type { AgentRun } from '../../../src/contract/analyses.ts'
import { runAgent } from '../../api/agents.ts'
import { analysisQuery, jobsQuery } from '../../api/queries.ts'
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

function Findings({ run, documentId }: { run: AgentRun; documentId: string | null }) {
  const { findings, model, warnings } = run
  return (
    <div className="mt-4">
      <p role="status" className="mb-2 text-ink-2 text-sm">
        {findings.length} {findings.length === 1 ? 'finding' : 'findings'} by {model.name}, each quoted from
        the document.{' '}
        {documentId && (
          <Link to="/documents/$id" params={{ id: documentId }} className="text-accent underline">
            Open the document
          </Link>
        )}
      </p>
      {findings.length > 0 && (
        <table className="w-full text-left text-sm">
          <thead>
            <tr className="border-line border-b text-ink-2">
              <th scope="col" className="py-1.5 pr-3 font-medium">
                Found
              </th>
              <th scope="col" className="py-1.5 pr-3 font-medium">
                Quote
              </th>
              <th scope="col" className="py-1.5 font-medium">
                Page
              </th>
            </tr>
          </thead>
          <tbody>
            {findings.map((finding) => (
              <tr key={`${finding.label} ${finding.quote}`} className="border-line border-b align-top">
                <td className="py-2 pr-3">
                  <span className="font-medium">{finding.label}</span>
                  {finding.note && <span className="block text-ink-2">{finding.note}</span>}
                </td>
                <td className="py-2 pr-3">“{finding.quote}”</td>
                <td className="py-2">{finding.page ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {warnings.map((warning) => (
        <p key={warning.message} className="mt-2 text-caution text-sm">
          {warning.message}
        </p>
      ))}
    </div>
  )
}
