import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Job } from '../../src/contract/documents.ts'
import { useFollow } from '../api/events.ts'
import { cancelJob, isActive, jobsQuery, removeConversion } from '../api/queries.ts'
import { dropUpload, retryUpload, type Upload } from '../api/uploads.ts'
import { ago, bytes, fraction, progressText } from './say.ts'
import { announce } from './shell/announce.tsx'
import { pickFiles } from './shell/drop.tsx'
import { Icon } from './shell/icons.tsx'
import { ProgressBar } from './shell/progress-bar.tsx'

type RowProps = {
  readonly name: ReactNode
  readonly state: ReactNode
  readonly progress?: { readonly label: string; readonly value: number | null }
  readonly problem?: { readonly message: string; readonly fix: string | null | undefined }
  readonly actions: ReactNode
}

/** One file, whatever its state: the same places for name, state and actions. */
function Row({ name, state, progress, problem, actions }: RowProps) {
  return (
    <li className="px-4 py-3">
      <div className="flex items-center gap-3">
        <Icon name={problem ? 'warning' : 'file'} className={problem ? 'text-danger' : 'text-ink-3'} />
        <div className="min-w-0 flex-1 truncate font-medium">{name}</div>
        <div className="shrink-0 text-ink-3 text-sm tabular-nums">{state}</div>
        <div className="flex shrink-0 items-center gap-1">{actions}</div>
      </div>
      {progress && (
        <div className="mt-2 pl-7">
          <ProgressBar {...progress} />
        </div>
      )}
      {problem && (
        <p className="mt-1 pl-7 text-sm">
          <span className="text-danger">{problem.message}</span>{' '}
          {problem.fix && <span className="text-ink-2">{problem.fix}</span>}
        </p>
      )}
    </li>
  )
}

const action = (label: string, icon: 'close' | 'retry' | 'trash', onClick: () => void, isBusy = false) => (
  <button
    type="button"
    className="btn btn-quiet btn-icon"
    aria-label={label}
    title={label}
    disabled={isBusy}
    onClick={onClick}
  >
    <Icon name={icon} />
  </button>
)

export function UploadRow({ upload: { id, file, state, sent, error } }: { upload: Upload }) {
  const share = file.size === 0 ? 0 : sent / file.size
  if (state === 'failed')
    return (
      <Row
        name={file.name}
        state="Not uploaded"
        problem={{ message: error?.message ?? 'The upload failed.', fix: error?.fix }}
        actions={
          <>
            {action(`Upload ${file.name} again`, 'retry', () => retryUpload(id))}
            {action(`Take ${file.name} off the list`, 'close', () => dropUpload(id))}
          </>
        }
      />
    )
  const states = {
    waiting: `Waiting, ${bytes(file.size)}`,
    uploading: `Uploading ${Math.floor(share * 100)} % of ${bytes(file.size)}`,
    sent: 'Uploaded',
  }
  return (
    <Row
      name={file.name}
      state={states[state]}
      progress={{ label: `Upload of ${file.name}`, value: state === 'waiting' ? 0 : share }}
      actions={action(`Cancel the upload of ${file.name}`, 'close', () => dropUpload(id))}
    />
  )
}

export function JobRow({ job: listed }: { job: Job }) {
  const client = useQueryClient()
  const job = useLive(listed)
  const removing = useMutation({
    mutationFn: () =>
      isActive(job) || !job.conversion_id ? cancelJob(job.id) : removeConversion(job.conversion_id),
    onSettled: () => client.invalidateQueries({ queryKey: jobsQuery.queryKey }),
    onError: (error) => announce(error.message),
  })
  const isBusy = removing.isPending
  const remove = () => removing.mutate()
  if (isActive(job))
    return (
      <Row
        name={<DocumentLink job={job} />}
        state={progressText(job)}
        progress={{ label: `Conversion of ${job.filename}`, value: fraction(job) }}
        actions={action(`Cancel ${job.filename}`, 'close', remove, isBusy)}
      />
    )
  if (job.status === 'failed')
    return (
      <Row
        name={job.filename}
        state={`Failed ${ago(job.completed_at ?? job.created_at)}`}
        problem={{ message: job.error?.message ?? 'The conversion failed.', fix: job.error?.fix }}
        actions={
          <>
            {action(`Choose ${job.filename} again`, 'retry', pickFiles)}
            {action(`Delete ${job.filename}`, 'trash', remove, isBusy)}
          </>
        }
      />
    )
  return (
    <Row
      name={job.status === 'cancelled' ? job.filename : <DocumentLink job={job} />}
      state={job.status === 'cancelled' ? 'Cancelled' : <Finished job={job} />}
      actions={action(`Delete ${job.filename}`, 'trash', remove, isBusy)}
    />
  )
}

function useLive(listed: Job): Job {
  const client = useQueryClient()
  useFollow(listed)
  const live = client.getQueryData<Job>(['jobs', listed.id])
  return isActive(listed) && live ? { ...listed, ...live } : listed
}

const Finished = ({ job }: { job: Job }) => (
  <>
    {job.progress.pages !== null && <span className="mr-2 hidden sm:inline">{job.progress.pages} p.</span>}
    {ago(job.completed_at ?? job.created_at)}
  </>
)

const DocumentLink = ({ job }: { job: Job }) =>
  job.conversion_id ? (
    <Link to="/documents/$id" params={{ id: job.conversion_id }} className="hover:underline">
      {job.filename}
    </Link>
  ) : (
    job.filename
  )
