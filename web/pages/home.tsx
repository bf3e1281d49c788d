import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useRef, useState } from 'react'
import { send } from '../api/client.ts'
import { jobsQuery, sessionQuery } from '../api/queries.ts'
import { useUploads } from '../api/uploads.ts'
import { JobRow, UploadRow } from '../parts/document-rows.tsx'
import { Illustration } from '../parts/illustration.tsx'
import { useKey } from '../parts/keys.ts'
import { bytes, plural } from '../parts/say.ts'
import { announce } from '../parts/shell/announce.tsx'
import { pickFiles, takeFiles } from '../parts/shell/drop.tsx'
import { Icon } from '../parts/shell/icons.tsx'
import { Problem } from '../parts/shell/problem.tsx'

export function HomePage() {
  const { data, error, refetch } = useQuery(jobsQuery)
  const uploads = useUploads()
  const [filter, setFilter] = useState('')
  const box = useRef<HTMLInputElement>(null)
  useKey('/', (event) => {
    event.preventDefault()
    box.current?.focus()
  })
  const jobs = useMemo(() => {
    const arrived = new Set(uploads.flatMap(({ result }) => result?.job_id ?? []))
    const wanted = filter.trim().toLowerCase()
    return (data?.items ?? []).filter(
      (job) =>
        job.kind === 'conversion' && !arrived.has(job.id) && job.filename.toLowerCase().includes(wanted),
    )
  }, [data, uploads, filter])
  const isEmpty = (data === undefined || data.items.length === 0) && uploads.length === 0

  return (
    <div className="mx-auto w-full max-w-4xl px-4 py-6 sm:px-6 sm:py-10">
      <Welcome isEmpty={isEmpty} />
      {error && (
        <div className="mt-8">
          <Problem error={error}>
            <button type="button" className="btn" onClick={() => refetch()}>
              Try again
            </button>
          </Problem>
        </div>
      )}
      {!isEmpty && !error && (
        <section aria-labelledby="recent" className="mt-8">
          <div className="mb-3 flex items-center gap-3">
            <h2 id="recent" className="font-semibold text-lg">
              Recent documents
            </h2>
            <label className="relative ml-auto">
              <span className="sr-only">Filter documents</span>
              <Icon name="search" className="pointer-events-none absolute top-2 left-2.5 text-ink-3" />
              <input
                ref={box}
                type="search"
                className="field w-44 pl-8 sm:w-56"
                placeholder="Filter by name"
                value={filter}
                onChange={(event) => setFilter(event.target.value)}
              />
            </label>
          </div>
          <ul className="card divide-y divide-line overflow-hidden">
            {uploads.map((upload) => (
              <UploadRow key={upload.id} upload={upload} />
            ))}
            {jobs.map((job) => (
              <JobRow key={job.id} job={job} />
            ))}
            {jobs.length === 0 && uploads.length === 0 && (
              <li className="p-8 text-center text-ink-3">No document has that name.</li>
            )}
          </ul>
        </section>
      )}
    </div>
  )
}

const formats = [
  'PDF',
  'Word',
  'PowerPoint',
  'Excel',
  'HTML',
  'EPUB',
  'OpenDocument',
  'RTF',
  'e-mail',
  'CSV',
  'scans',
  'ZIP archives',
]

function Welcome({ isEmpty }: { isEmpty: boolean }) {
  return (
    <section
      className={`card flex items-center gap-8 overflow-hidden ${isEmpty ? 'px-6 py-12 sm:px-12 sm:py-16' : 'px-6 py-8 sm:px-10'}`}
    >
      <div className="min-w-0 flex-1">
        <h1
          className={`font-semibold font-serif leading-tight tracking-tight ${isEmpty ? 'text-3xl sm:text-4xl' : 'text-2xl'}`}
        >
          Documents become Markdown{' '}
          <span className="relative whitespace-nowrap">
            <span
              className="absolute inset-x-[-4px] bottom-[0.04em] h-[0.5em] rounded-sm bg-mark"
              aria-hidden="true"
            />
            <span className="relative">you can check</span>
          </span>
        </h1>
        <p className="mt-3 max-w-xl text-[0.95rem] text-ink-2">
          Every line points back to its place on the page. Requests for proposal become a compliance matrix,
          criteria, an outline and a checklist; each finding is a quote you can click.
        </p>
        <div className="mt-6 flex flex-wrap items-center gap-3">
          <button type="button" className="btn btn-primary h-10 px-5 text-[0.9rem]" onClick={pickFiles}>
            <Icon name="upload" /> Choose files
          </button>
          <SampleButton />
        </div>
        <p className="mt-3 text-ink-3 text-sm">Or drop or paste them anywhere: {formats.join(', ')}.</p>
        <Terms />
      </div>
      <Illustration className={`hidden shrink-0 md:block ${isEmpty ? 'w-72' : 'w-48'}`} />
    </section>
  )
}

/** What a visitor should know before sending anything. */
function Terms() {
  const { data } = useQuery(sessionQuery)
  if (!data) return null
  const { upload_bytes, retention_days } = data.limits
  return (
    <p className="mt-1 text-ink-3 text-sm">
      Up to {bytes(upload_bytes)} a file
      {retention_days !== null && `; deleted after ${plural(retention_days, 'day')}`}.
    </p>
  )
}

const SAMPLE = '/samples/sample-rfp.pdf'

function SampleButton() {
  const navigate = useNavigate()
  const fetching = useMutation({
    mutationFn: async () => {
      const bytes = await (await send(SAMPLE)).blob()
      takeFiles([new File([bytes], 'sample-rfp.pdf', { type: 'application/pdf' })], () =>
        navigate({ to: '/' }),
      )
    },
    onError: () => announce('The sample could not be fetched.'),
  })
  return (
    <button
      type="button"
      className="btn h-10 px-4 text-[0.9rem]"
      disabled={fetching.isPending}
      onClick={() => fetching.mutate()}
    >
      {fetching.isPending ? <span className="spinner" /> : <Icon name="file" />} Try it with a sample RFP
    </button>
  )
}
