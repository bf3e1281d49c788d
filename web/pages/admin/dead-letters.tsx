import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { deadLettersQuery, redrive } from '../../api/admin.ts'
import { queryClient } from '../../api/queries.ts'
import { announce } from '../../parts/shell/announce.tsx'
import { Icon } from '../../parts/shell/icons.tsx'
import { JobRows } from './jobs.tsx'

/** Jobs that failed every time they were tried; each can be sent back to the queue. */
export function DeadLetters() {
  const list = useInfiniteQuery(deadLettersQuery)
  const jobs = list.data?.pages.flatMap(({ items }) => items) ?? []
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['admin'] })
  const driving = useMutation({
    mutationFn: redrive,
    onSuccess: () => announce('The job is tried again.'),
    onError: (error) => announce(error.message),
    onSettled: refresh,
  })
  const all = useMutation({
    mutationFn: async () => {
      for (const { id } of jobs) await redrive(id)
    },
    onSuccess: () => announce('All of them are tried again.'),
    onError: (error) => announce(error.message),
    onSettled: refresh,
  })
  const isBusy = driving.isPending || all.isPending
  return (
    <>
      <div className="mb-3 flex items-center gap-3">
        <p className="min-w-0 flex-1 text-ink-2">
          What failed every time it was tried waits here with its cause. Remove the cause, then try again.
        </p>
        {jobs.length > 1 && (
          <button type="button" className="btn" disabled={isBusy} onClick={() => all.mutate()}>
            Try all {jobs.length} again
          </button>
        )}
      </div>
      <JobRows
        label="Dead letters"
        source={list}
        jobs={jobs}
        empty="No dead letter: every job ended, or is still being tried."
        action={(job) => (
          <button type="button" className="btn" disabled={isBusy} onClick={() => driving.mutate(job.id)}>
            <Icon name="retry" /> Try again
          </button>
        )}
      />
    </>
  )
}
