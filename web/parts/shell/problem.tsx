import type { ReactNode } from 'react'
import { ApiError } from '../../api/client.ts'
import { Icon } from './icons.tsx'

/** What failed, why, and what to do: the same everywhere. */
export function Problem({ error, children }: { error: unknown; children?: ReactNode }) {
  const message = error instanceof Error ? error.message : 'Something failed.'
  const fix = error instanceof ApiError ? error.fix : undefined
  const id = error instanceof ApiError ? error.requestId : undefined
  return (
    <div role="alert" className="card mx-auto flex max-w-xl gap-3 p-5">
      <Icon name="warning" className="mt-0.5 text-danger" />
      <div className="min-w-0 flex-1">
        <p className="font-semibold">{message}</p>
        {fix && <p className="mt-1 text-ink-2">{fix}</p>}
        {id && <p className="mt-2 font-mono text-ink-3 text-xs">Request {id}</p>}
        {children && <div className="mt-3 flex gap-2">{children}</div>}
      </div>
    </div>
  )
}

/** The stored reason of a job that failed, as an error. */
export const problemError = (
  problem: { code: string; message: string; fix: string | null } | null,
): ApiError =>
  new ApiError(0, {
    error: problem?.code ?? 'internal',
    message: problem?.message ?? 'It failed for an unknown reason.',
    ...(problem?.fix ? { fix: problem.fix } : {}),
  })
