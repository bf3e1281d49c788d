import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { ConversionDetail } from '../../src/contract/documents.ts'
import { useFollow } from '../api/events.ts'
import { analysisQuery, conversionQuery, isActive, jobQuery, startAnalysis } from '../api/queries.ts'
import { AnalysisPane } from '../parts/analysis/analysis-pane.tsx'
import { Converting } from '../parts/converting.tsx'
import { DocumentHeader } from '../parts/document-header.tsx'
import { FocusProvider, useChosen, useFocus } from '../parts/focus.tsx'
import { useKey } from '../parts/keys.ts'
import { ResultPane } from '../parts/result/result-pane.tsx'
import { plural, progressText } from '../parts/say.ts'
import { announce } from '../parts/shell/announce.tsx'
import { Problem, problemError } from '../parts/shell/problem.tsx'
import { SourcePane } from '../parts/source/source-pane.tsx'
import { createSourceMap } from '../parts/source-map.ts'
import { Split } from '../parts/split.tsx'
import { type AnalysisView, analysisViews, type ResultView, type View } from '../parts/views.ts'

type Props = {
  readonly id: string
  readonly view: View | null
  /** The analysis to show; null: the newest. */
  readonly analysisId: string | null
  readonly onView: (view: View) => void
}

const isAnalysisView = (view: View | null): view is AnalysisView => analysisViews.some((one) => one === view)

export function DocumentPage({ id, view, analysisId, onView }: Props) {
  const { data: conversion, error, refetch } = useQuery(conversionQuery(id))
  const { data: job } = useQuery({
    ...jobQuery(conversion?.job_id ?? ''),
    enabled: conversion !== undefined && isActive(conversion),
  })
  useFollow(job)
  useEffect(() => {
    if (conversion) document.title = `${conversion.filename} · mdraft`
    return () => {
      document.title = 'mdraft'
    }
  }, [conversion])

  if (error)
    return (
      <div className="m-auto w-full p-6">
        <Problem error={error}>
          <button type="button" className="btn" onClick={() => refetch()}>
            Try again
          </button>
          <Link to="/" className="btn btn-quiet">
            All documents
          </Link>
        </Problem>
      </div>
    )
  if (!conversion)
    return (
      <p className="m-auto flex items-center gap-2 text-ink-3">
        <span className="spinner" /> Opening…
      </p>
    )
  if (conversion.status !== 'completed') return <Converting conversion={conversion} job={job} />
  return (
    <FocusProvider>
      <Opened conversion={withAnalysis(conversion, analysisId)} view={view} onView={onView} />
    </FocusProvider>
  )
}

const withAnalysis = (conversion: ConversionDetail, id: string | null): ConversionDetail =>
  id ? { ...conversion, analysis_id: id } : conversion

type OpenedProps = { conversion: ConversionDetail; view: View | null; onView: (view: View) => void }

/** Formats whose source pane shows the text itself: there the Markdown is the more telling other side. */
const hasPages = (conversion: ConversionDetail) => conversion.page_sizes.length > 0

function Opened({ conversion, view: asked, onView }: OpenedProps) {
  const focus = useFocus()
  const map = useMemo(() => createSourceMap(conversion.markdown ?? '', conversion.map), [conversion])
  const analysis = useAnalysis(conversion, () => onView('requirements'))
  const fallback: ResultView = hasPages(conversion) ? 'preview' : 'markdown'
  const view: View = isAnalysisView(asked) && !analysis.id ? fallback : (asked ?? fallback)
  const [shown, setShown] = useState<'left' | 'right'>('right')
  useShowPlace(() => setShown('left'))
  useKey('Escape', () => focus.choose(null))
  // Spreadsheets link to pages as "#page=51".
  useEffect(() => {
    const page = /^#page=(\d{1,5})$/.exec(window.location.hash)?.[1]
    if (page) focus.choose({ blocks: [], boxes: [], page: Number(page), from: 'finding' })
  }, [focus])

  return (
    <>
      <DocumentHeader
        conversion={conversion}
        mode={isAnalysisView(view) ? 'analysis' : 'document'}
        onMode={(mode) => onView(mode === 'analysis' ? 'requirements' : fallback)}
        hasAnalysis={analysis.id !== null}
        isStarting={analysis.isStarting}
        onAnalyse={analysis.start}
        shown={shown}
        onShown={setShown}
      />
      {analysis.startError && (
        <div className="border-line border-b p-4">
          <Problem error={analysis.startError} />
        </div>
      )}
      <Split
        shown={shown}
        left={<SourcePane conversion={conversion} map={map} />}
        right={
          isAnalysisView(view) ? (
            <Analysed analysis={analysis} hasPdf={conversion.format === 'pdf'} view={view} onView={onView} />
          ) : (
            <ResultPane conversion={conversion} map={map} view={view} onView={onView} />
          )
        }
      />
    </>
  )
}

/** On a narrow screen a finding brings its place to the front. */
function useShowPlace(show: () => void): void {
  const chosen = useChosen(useFocus())
  const latest = useRef(show)
  latest.current = show
  useEffect(() => {
    if (chosen?.from === 'finding') latest.current()
  }, [chosen])
}

function useAnalysis(conversion: ConversionDetail, onStarted: () => void) {
  const client = useQueryClient()
  const starting = useMutation({
    mutationFn: () => startAnalysis(conversion.id),
    onSuccess: (analysisId) => {
      client.setQueryData(
        conversionQuery(conversion.id).queryKey,
        (old) => old && { ...old, analysis_id: analysisId },
      )
      onStarted()
    },
  })
  const id = conversion.analysis_id
  const found = useQuery({ ...analysisQuery(id ?? ''), enabled: id !== null })
  const { data: job } = useQuery({
    ...jobQuery(found.data?.job_id ?? ''),
    enabled: !!found.data?.job_id && isActive(found.data),
  })
  useFollow(job)
  const count = found.data?.analysis?.compliance_matrix.length
  const isNew = starting.isSuccess
  useEffect(() => {
    if (isNew && count !== undefined) announce(`The analysis is ready: ${plural(count, 'requirement')}.`)
  }, [isNew, count])
  return {
    id,
    job,
    found,
    start: () => starting.mutate(),
    onFirstShown: isNew ? starting.reset : undefined,
    isStarting: starting.isPending,
    startError: starting.error,
  }
}

type AnalysedProps = {
  analysis: ReturnType<typeof useAnalysis>
  hasPdf: boolean
  view: AnalysisView
  onView: (view: AnalysisView) => void
}

function Analysed({ analysis: { job, found, start, onFirstShown }, hasPdf, view, onView }: AnalysedProps) {
  const failure = found.error ?? (found.data?.status === 'failed' ? problemError(found.data.error) : null)
  if (failure)
    return (
      <div className="p-6">
        <Problem error={failure}>
          <button type="button" className="btn" onClick={start}>
            Analyse again
          </button>
        </Problem>
      </div>
    )
  const result = found.data?.analysis
  if (!found.data || !result)
    return (
      <p role="status" className="m-auto flex items-center gap-2 text-ink-2">
        <span className="spinner" /> {job ? progressText(job) : 'Analysing…'}
      </p>
    )
  return (
    <AnalysisPane
      analysis={result}
      analysisId={found.data.id}
      hasPdf={hasPdf}
      onFirstShown={onFirstShown}
      view={view}
      onView={onView}
    />
  )
}
