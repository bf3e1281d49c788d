/** One place of the pool: at most one child, which does one job at a time and is killed when it breaks a bound. */
import type { ChildProcess } from 'node:child_process'
import { MdraftError } from '../../core/errors.ts'
import type { Limits, Ocr, Progress } from '../../core/index.ts'
import { createBudget } from './budget.ts'
import type { Failure, Job, Results, ToChild, ToParent } from './protocol.ts'
import { residentBytes } from './resident.ts'
import { spawnChild } from './spawn.ts'
import { cpuMillisOf, type WorkClock, wallClock, workClock } from './work-clock.ts'

export type SlotOptions = {
  readonly entry: URL
  /** A child that has done this many jobs is replaced. */
  readonly jobsPerChild: number
  /** An idle child that holds more than this is replaced. */
  readonly idleBytes: number
  readonly ocr: Ocr | undefined
}
export type Call = {
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: Progress) => void) | undefined
}
export type Slot = {
  run(job: Job, call: Call): Promise<Results[keyof Results]>
  /** Starts the child before there is work for it. */
  warm(limits: Limits): void
  /** The child's process id while there is one. */
  readonly pid: number | undefined
  close(): void
}

/** Often enough that a child allocating a gigabyte a second is stopped within some tens of megabytes. */
const WATCH_MILLIS = 40
/** A machine under load may take its time to start a process. */
const START_MILLIS = 30_000
/** Of the resident ceiling, what V8 may use: buffers, WASM and code live outside its heap. */
const HEAP_SHARE = 0.75
/** Failures that say nothing about the state of the child. Any other makes it suspect. */
const HARMLESS = new Set([
  'empty_input',
  'unsupported_format',
  'password_required',
  'too_large',
  'bad_option',
])

type Child = {
  readonly process: ChildProcess
  isReady: boolean
  jobs: number
  stderr: string
  resident: number
  /** Since it was last heard of. */
  silence: WorkClock
}

export function createSlot(options: SlotOptions): Slot {
  let child: Child | undefined

  const start = (residentLimit: number): Child => {
    const process = spawnChild(options.entry, residentLimit * HEAP_SHARE)
    const started: Child = {
      process,
      isReady: false,
      jobs: 0,
      stderr: '',
      resident: 0,
      silence: wallClock(),
    }
    process.once('message', () => {
      started.isReady = true
    })
    process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      if (started.stderr.length < 4_000) started.stderr += text
    })
    const forget = () => {
      if (child === started) child = undefined
    }
    process.on('exit', forget).on('error', forget)
    child = started
    return started
  }
  const drop = () => {
    child?.process.kill('SIGKILL')
    child = undefined
  }

  return {
    get pid() {
      return child?.process.pid
    },
    warm: ({ residentBytes: ceiling }) => {
      if (!child) start(ceiling)
    },
    close: drop,
    run: async (job, call) => {
      const current = child ?? start(job.limits.residentBytes)
      current.jobs++
      try {
        return await runOn(current, job, call, options.ocr)
      } catch (error) {
        if (!(error instanceof MdraftError) || !HARMLESS.has(error.code)) drop()
        throw error
      } finally {
        const isOld = current.jobs >= options.jobsPerChild || sizeOf(current) > options.idleBytes
        if (isOld && child === current) drop()
      }
    },
  }
}

const sizeOf = (child: Child): number =>
  (child.process.pid === undefined ? undefined : residentBytes(child.process.pid)) ?? child.resident

/** One job from its message to its end, whichever comes first: an answer, a breach, an abort, or death. */
function runOn(child: Child, job: Job, call: Call, ocr: Ocr | undefined): Promise<Results[keyof Results]> {
  const { process } = child
  const budget = createBudget(job.limits, job.deadline)
  const clock = () => workClock(() => cpuMillisOf(process.pid))
  // A time that the caller gave is the caller's time.
  const elapsed = job.deadline === undefined ? clock() : wallClock()
  child.silence = clock()
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void) => {
      clearInterval(watch)
      call.signal?.removeEventListener('abort', onAbort)
      process.off('message', onMessage).off('close', onClose).off('error', onError)
      settle()
    }
    const stop = (error: MdraftError) =>
      finish(() => {
        process.kill('SIGKILL')
        reject(error)
      })
    const onMessage = (message: ToParent) => {
      child.silence = clock()
      if (message.type === 'beat') child.resident = message.resident
      else if (message.type === 'progress') {
        budget.see(message.progress)
        call.onProgress?.(message.progress)
      } else if (message.type === 'recognise') void answer(process, message, ocr)
      else if (message.type === 'done') finish(() => resolve(message.result))
      else if (message.type === 'failed') finish(() => reject(errorOf(message.failure)))
    }
    const onAbort = () => stop(new MdraftError('aborted', 'The work was cancelled.'))
    // Not `exit`: the last words on stderr, which say why, may come after it.
    const onClose = (code: number | null, signal: string | null) =>
      finish(() => reject(deathOf(child.stderr, code, signal)))
    const onError = (cause: Error) =>
      finish(() => reject(new MdraftError('crashed', 'The reader process could not be started.', { cause })))
    const watch = setInterval(() => {
      const breach = breachOf(child, job, elapsed(), budget.hard())
      if (breach) stop(breach)
    }, WATCH_MILLIS)

    if (call.signal?.aborted) return onAbort()
    call.signal?.addEventListener('abort', onAbort, { once: true })
    process.on('message', onMessage).on('close', onClose).on('error', onError)
    send(process, { type: 'job', job })
  })
}

const send = (process: ChildProcess, message: ToChild): void => {
  // A child that died meanwhile is reported by its exit.
  if (process.connected) process.send(message, () => {})
}

function breachOf(child: Child, { limits }: Job, elapsed: number, hard: number): MdraftError | undefined {
  if (elapsed > hard)
    return new MdraftError('timeout', `Reading took longer than ${seconds(hard)}.`, {
      fix: 'Allow more time, or convert fewer pages at once.',
    })
  const { isReady } = child
  const silence = child.silence()
  if (silence > (isReady ? limits.silenceMillis : START_MILLIS))
    return new MdraftError('timeout', `The reader gave no sign of life for ${seconds(silence)}.`, {
      fix: 'The file may be damaged or made to exhaust its reader; save it again from its program and retry.',
    })
  const resident = sizeOf(child)
  if (resident > limits.residentBytes)
    return memoryError(`over ${Math.round(limits.residentBytes / 2 ** 20)} MB`)
  return undefined
}

const seconds = (millis: number): string => `${Math.round(millis / 100) / 10} s`

const memoryError = (amount: string) =>
  new MdraftError('memory', `Reading needs more memory than allowed (${amount}).`, {
    fix: 'Convert fewer pages at once, or split the file.',
  })

function deathOf(stderr: string, code: number | null, signal: string | null): MdraftError {
  if (/heap out of memory|Allocation failed|allocation failed/.test(stderr))
    return memoryError('the heap is full')
  return new MdraftError(
    'crashed',
    `The reader process ended unexpectedly (${signal ?? `status ${code}`}).`,
    {
      fix: 'Try again; if it happens again, report it with the file.',
      cause: stderr,
    },
  )
}

const errorOf = ({ code, message, fix, detail }: Failure) =>
  new MdraftError(code, message, { ...(fix ? { fix } : {}), ...(detail ? { cause: detail } : {}) })

async function answer(
  process: ChildProcess,
  { call, picture, options }: Extract<ToParent, { type: 'recognise' }>,
  ocr: Ocr | undefined,
): Promise<void> {
  try {
    if (!ocr) throw new MdraftError('unavailable', 'There is no text recognition.')
    send(process, { type: 'answer', call, result: await ocr.recognise(picture, options) })
  } catch (error) {
    const known =
      error instanceof MdraftError
        ? error
        : new MdraftError('unavailable', 'Text recognition failed.', { cause: error })
    send(process, { type: 'answer', call, failure: known.toJSON() })
  }
}
