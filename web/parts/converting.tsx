import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ConversionDetail, Job } from '../../src/contract/documents.ts'
import { cancelJob, isActive } from '../api/queries.ts'
import { fraction, progressText } from './say.ts'
import { pickFiles } from './shell/drop.tsx'
import { Problem, problemError } from './shell/problem.tsx'
import { ProgressBar } from './shell/progress-bar.tsx'

/** The page of a document that is not there yet: how far it is, or why it never came. */
export function Converting({ conversion, job }: { conversion: ConversionDetail; job: Job | undefined }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const cancelling = useMutation({
    mutationFn: () => cancelJob(conversion.job_id),
    onSettled: () => {
      client.invalidateQueries()
      navigate({ to: '/' })
    },
  })
  if (!isActive(conversion))
    return (
      <div className="m-auto w-full p-6">
        <h1 className="mb-3 text-center font-semibold font-serif text-xl">{conversion.filename}</h1>
        {conversion.status === 'cancelled' ? (
          <p className="text-center text-ink-2">The conversion was cancelled.</p>
        ) : (
          <Problem error={problemError(conversion.error)}>
            <button type="button" className="btn" onClick={pickFiles}>
              Choose another file
            </button>
          </Problem>
        )}
        <p className="mt-4 text-center">
          <Link to="/" className="btn btn-quiet">
            All documents
          </Link>
        </p>
      </div>
    )
  const state = job ?? {
    status: conversion.status,
    progress: { stage: 'queued' as const, page: null, pages: null },
  }
  return (
    <div className="m-auto w-full max-w-md p-6 text-center">
      <h1 className="truncate font-semibold font-serif text-xl">{conversion.filename}</h1>
      <p role="status" className="my-3 text-ink-2 tabular-nums">
        {progressText(state)}
      </p>
      <ProgressBar label="Progress of the conversion" value={fraction(state)} />
      <button
        type="button"
        className="btn mt-5"
        disabled={cancelling.isPending}
        onClick={() => cancelling.mutate()}
      >
        Cancel
      </button>
    </div>
  )
}
