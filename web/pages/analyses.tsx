import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { AnalysisSummary } from '../../src/contract/analyses.ts'
import { type AnalysisFilter, analysesQuery } from '../api/queries.ts'
import { Choice } from '../parts/choice.tsx'
import { ago } from '../parts/say.ts'
import { Problem } from '../parts/shell/problem.tsx'

export function AnalysesPage() {
  const [type, setType] = useState<AnalysisFilter>('')
  const list = useInfiniteQuery(analysesQuery(type))
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <div className="mx-auto w-full max-w-5xl px-4 py-6 sm:px-6 sm:py-10">
      <h1 className="font-semibold font-serif text-2xl">Analyses</h1>
      <div className="mt-1 mb-5 flex flex-wrap items-end gap-x-4 gap-y-3">
        <p className="min-w-0 flex-1 basis-64 text-ink-2">
          What was found in your documents, newest first: requirements, criteria, outline and checklist, and
          what your prompts quoted.
        </p>
        <Choice
          label="Only of the kind"
          value={type}
          options={[
            ['', 'All'],
            ['analysis', 'Analyses'],
            ['prompt', 'Runs of prompts'],
          ]}
          onValue={setType}
        />
      </div>
      {list.error && (
        <Problem error={list.error}>
          <button type="button" className="btn" onClick={() => list.refetch()}>
            Try again
          </button>
        </Problem>
      )}
      {list.isPending && (
        <p className="flex items-center justify-center gap-2 p-8 text-ink-3">
          <span className="spinner" /> Opening…
        </p>
      )}
      {items.length > 0 && (
        <ul className="card divide-y divide-line overflow-hidden">
          {items.map((one) => (
            <Row key={one.id} one={one} />
          ))}
        </ul>
      )}
      {list.data && items.length === 0 && (
        <p className="card p-8 text-center text-ink-3">
          {type === 'prompt'
            ? 'No prompt was run yet.'
            : 'Nothing was analysed yet. Open a document and choose “Analyse”.'}
        </p>
      )}
      {list.hasNextPage && (
        <button
          type="button"
          className="btn mx-auto mt-4 flex"
          disabled={list.isFetchingNextPage}
          onClick={() => list.fetchNextPage()}
        >
          Show more
        </button>
      )}
    </div>
  )
}

const states = {
  queued: 'Queued',
  processing: 'Under way',
  completed: '',
  failed: 'Failed',
  cancelled: 'Cancelled',
} as const satisfies Record<AnalysisSummary['status'], string>

/** The engine is written "rules and their version + provider:model". */
function maker({ engine, agent }: AnalysisSummary): string {
  const model = engine.split(' + ')[1]
  if (!model) return 'by rules'
  return agent ? `by ${model}` : `by rules and ${model}`
}

function Row({ one }: { one: AnalysisSummary }) {
  const { agent, status, created_at } = one
  const failed = status === 'failed'
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3">
      <div className="min-w-0 flex-1 basis-56">
        <ToResult one={one} />
        <p className="truncate text-ink-3 text-sm">{maker(one)}</p>
      </div>
      {states[status] && (
        <span className={`chip ${failed ? 'bg-danger-soft text-danger' : ''}`}>{states[status]}</span>
      )}
      <span className="chip max-w-48" title={agent ?? undefined}>
        <span className="truncate">{agent ?? 'Analysis'}</span>
      </span>
      <span className="text-ink-3 text-sm sm:w-24 sm:text-right">{ago(created_at)}</span>
    </li>
  )
}

/** An analysis of a document stands beside its source; what has none has a page of its own. */
function ToResult({ one: { id, type, status, conversion_id, filename } }: { one: AnalysisSummary }) {
  const look = 'block truncate font-medium hover:underline'
  if (type === 'analysis' && conversion_id)
    return (
      <Link
        to="/documents/$id"
        params={{ id: conversion_id }}
        // What failed may have been made anew since.
        search={{ view: 'requirements', analysis: status === 'completed' ? id : undefined }}
        className={look}
        title={filename}
      >
        {filename}
      </Link>
    )
  return (
    <Link to="/analyses/$id" params={{ id }} className={look} title={filename}>
      {filename}
    </Link>
  )
}
