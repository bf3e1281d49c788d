/** Files on their way to the server. One list for the whole app, outside React: pages come and go, uploads go on. */
import { useSyncExternalStore } from 'react'
import { type Uploaded, uploadedSchema } from '../../src/contract/documents.ts'
import { success } from '../../src/contract/envelope.ts'
import { bytes } from '../parts/say.ts'
import { ApiError, failureOf, introduce, offline } from './client.ts'
import { queryClient } from './queries.ts'

export type Upload = {
  readonly id: string
  readonly file: File
  readonly state: 'waiting' | 'uploading' | 'failed' | 'sent'
  /** Bytes that have left. */
  readonly sent: number
  readonly error?: ApiError
  readonly result?: Uploaded
}

const AT_ONCE = 2
/** The server limits uploads a minute; what it refuses for now waits for its turn. */
const DEFAULT_WAIT_S = 10

let uploads: readonly Upload[] = []
let count = 0
let pausedUntil = 0
const listeners = new Set<() => void>()
const requests = new Map<string, XMLHttpRequest>()
const arrivals = new Set<(upload: Upload) => void>()

function set(next: readonly Upload[]): void {
  uploads = next
  for (const listener of listeners) listener()
}
const change = (id: string, values: Partial<Upload>) =>
  set(uploads.map((upload) => (upload.id === id ? { ...upload, ...values } : upload)))

export function addFiles(files: readonly File[]): readonly string[] {
  const added = files.map((file): Upload => ({ id: `upload-${++count}`, file, state: 'waiting', sent: 0 }))
  set([...added, ...uploads])
  next()
  return added.map(({ id }) => id)
}

export function retryUpload(id: string): void {
  set(
    uploads.map((upload) =>
      upload.id === id ? { id, file: upload.file, state: 'waiting', sent: 0 } : upload,
    ),
  )
  next()
}

/** Stops an upload, or takes a finished one off the list. */
export function dropUpload(id: string): void {
  requests.get(id)?.abort()
  set(uploads.filter((upload) => upload.id !== id))
  next()
}

/** Called with every upload that has arrived. */
export function onArrival(listener: (upload: Upload) => void): () => void {
  arrivals.add(listener)
  return () => arrivals.delete(listener)
}

export function useUploads(): readonly Upload[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => uploads,
  )
}

function next(): void {
  const wait = pausedUntil - Date.now()
  if (wait > 0) {
    setTimeout(next, wait)
    return
  }
  const running = uploads.filter(({ state }) => state === 'uploading').length
  const waiting = uploads.filter(({ state }) => state === 'waiting').toReversed()
  for (const upload of waiting.slice(0, Math.max(0, AT_ONCE - running))) start(upload)
}

async function start({ id, file }: Upload): Promise<void> {
  change(id, { state: 'uploading' })
  const session = await introduce()
  if (!uploads.some((upload) => upload.id === id)) return
  const most = session?.limits.upload_bytes
  if (most !== undefined && file.size > most) {
    fail(id, tooLarge(file.size, most))
    next()
    return
  }
  // fetch cannot tell how much of a body has left.
  const request = new XMLHttpRequest()
  requests.set(id, request)
  request.open('POST', '/api/upload')
  request.upload.onprogress = ({ loaded }) => change(id, { sent: Math.min(loaded, file.size) })
  request.onload = () => {
    if (request.status === 429) return pause(id, request.getResponseHeader('retry-after'))
    if (request.status >= 400) return fail(id, failureOf(request.status, request.responseText))
    arrive(id, request.responseText)
  }
  request.onerror = () => fail(id, offline())
  request.onloadend = () => {
    requests.delete(id)
    next()
  }
  const body = new FormData()
  body.append('file', file, file.name)
  request.send(body)
}

const tooLarge = (size: number, most: number) =>
  new ApiError(413, {
    error: 'too_large',
    message: `The file has ${bytes(size)}; up to ${bytes(most)} are taken.`,
    fix: 'Split it, or use the command line, which has no such limit.',
  })

function pause(id: string, retryAfter: string | null): void {
  pausedUntil = Date.now() + (Number(retryAfter) || DEFAULT_WAIT_S) * 1_000
  change(id, { state: 'waiting', sent: 0 })
}

function fail(id: string, error: ApiError): void {
  change(id, { state: 'failed', error })
}

function arrive(id: string, text: string): void {
  const answer = success(uploadedSchema).safeParse(JSON.parse(text))
  if (!answer.success) {
    fail(id, failureOf(200, text))
    return
  }
  change(id, { state: 'sent', result: answer.data.data })
  queryClient.invalidateQueries({ queryKey: ['jobs'] })
  const upload = uploads.find((one) => one.id === id)
  if (upload) for (const listener of arrivals) listener(upload)
  // From here on the list of jobs tells how the file fares.
  setTimeout(() => set(uploads.filter((one) => one.id !== id)), 1_500)
}

addEventListener('beforeunload', (event) => {
  if (uploads.some(({ state }) => state === 'uploading' || state === 'waiting')) event.preventDefault()
})
