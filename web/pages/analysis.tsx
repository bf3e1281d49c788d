/** An analysis without a document beside it: of a text that was sent, or the run of a prompt. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { AnalysisDetail } from '../../src/contract/analyses.ts'
import { analysisQuery, isActive } from '../api/queries.ts'
import { AnalysisPane } from '../parts/analysis/analysis-pane.tsx'
import { Findings } from '../parts/analysis/findings.tsx'
import { FocusProvider } from '../parts/focus.tsx'
import { Problem, problemError } from '../parts/shell/problem.tsx'
import type { AnalysisView } from '../parts/views.ts'

type Props = {
  readonly id: string
  readonly view: AnalysisView
  readonly onView: (view: AnalysisView) => void
}

export function AnalysisPage({ id, view, onView }: Props) {
  const { data, error, refetch } = useQuery(analysisQuery(id))
  const failure = error ?? (data?.status === 'failed' ? problemError(data.error) : null)
  if (failure)
    return (
      <div className="m-auto w-full max-w-3xl p-6">
        <Problem error={failure}>
          <button type="button" className="btn" onClick={() => refetch()}>
            Try again
          </button>
          <Link to="/analyses" className="btn btn-quiet">
            All analyses
          </Link>
        </Problem>
      </div>
    )
  if (!data || isActive(data))
    return (
      <p role="status" className="m-auto flex items-center gap-2 text-ink-2">
        <span className="spinner" /> {data ? 'Reading the document…' : 'Opening…'}
      </p>
    )
  if (data.analysis)
    return (
      <FocusProvider>
        <h1 className="px-4 pt-3 font-semibold">{data.analysis.document.filename}</h1>
        <AnalysisPane
          analysis={data.analysis}
          analysisId={data.id}
          hasPdf={false}
          view={view}
          onView={onView}
        />
      </FocusProvider>
    )
  return <Run of={data} />
}

function Run({ of: { run, conversion_id } }: { of: AnalysisDetail }) {
  return (
    <div className="mx-auto w-full max-w-4xl px-4 py-6 sm:px-6 sm:py-10">
      {run ? (
        <>
          <h1 className="break-words font-semibold font-serif text-2xl">{run.agent}</h1>
          <p className="mt-1 break-words text-ink-2">in {run.document.filename}</p>
          <Findings run={run} documentId={conversion_id} />
        </>
      ) : (
        <p role="alert" className="text-ink-2">
          This was cancelled before it found anything.
        </p>
      )}
      <Link to="/analyses" className="btn mt-6 inline-flex">
        All analyses
      </Link>
    </div>
  )
}
