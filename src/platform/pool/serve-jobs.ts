/** The child's side of the channel: one job at a time, every outcome as a message. */
import { asMdraftError, MdraftError, type Ocr, type OcrResult, type Tools } from '../../core/index.ts'
import { createBudget } from './budget.ts'
import { watchForOrphanhood } from './orphan-watch.ts'
import type { Failure, Job, Results, ToChild, ToParent } from './protocol.ts'
import { ownCpuMillis, wallClock, workClock } from './work-clock.ts'

export type Handlers = (job: Job, tools: Tools) => Promise<Results[keyof Results]>

const BEAT_MILLIS = 1_000

/** Serves until the parent closes the channel. `makeOcr` is asked only when a job wants the child's own engine. */
export function serveJobs(handle: Handlers, makeOcr?: () => Ocr): void {
  const ask = createAsker()
  let ownOcr: Ocr | undefined
  const ocrFor = (job: Job): Ocr | undefined => {
    if (job.ocr === 'parent') return ask.ocr
    if (job.ocr === 'child') ownOcr ??= makeOcr?.()
    return job.ocr === 'child' ? ownOcr : undefined
  }
  process.on('message', (message: ToChild) => {
    if (message.type === 'answer') ask.settle(message)
    else void run(message.job, handle, ocrFor(message.job))
  })
  process.on('disconnect', () => process.exit(0))
  setInterval(() => tell({ type: 'beat', resident: process.memoryUsage.rss() }), BEAT_MILLIS).unref()
  tell({ type: 'ready' })
  watchForOrphanhood()
}

const tell = (message: ToParent): void => {
  if (process.connected) process.send?.(message)
}

async function run(job: Job, handle: Handlers, ocr: Ocr | undefined): Promise<void> {
  const elapsed = job.deadline === undefined ? workClock(ownCpuMillis) : wallClock()
  const budget = createBudget(job.limits, job.deadline)
  const tools: Tools = {
    limits: job.limits,
    ...(ocr ? { ocr } : {}),
    isLate: () => elapsed() > budget.soft(),
    onProgress: (progress) => {
      budget.see(progress)
      tell({ type: 'progress', progress })
    },
  }
  try {
    tell({ type: 'done', result: await handle(job, tools) })
  } catch (error) {
    tell({ type: 'failed', failure: failureOf(error) })
  }
}

function failureOf(error: unknown): Failure {
  const { code, message, fix, cause } = asMdraftError(error)
  const detail = cause instanceof Error ? cause.stack : undefined
  return { code, message, ...(fix ? { fix } : {}), ...(detail ? { detail: detail.slice(0, 4_000) } : {}) }
}

/** Text recognition by the parent, which may have a faster engine, or one that needs a network. */
function createAsker() {
  let calls = 0
  const open = new Map<number, { resolve: (result: OcrResult) => void; reject: (error: Error) => void }>()
  const ocr: Ocr = {
    name: 'parent',
    recognise: (picture, { signal: _, ...options }) =>
      new Promise((resolve, reject) => {
        const call = ++calls
        open.set(call, { resolve, reject })
        tell({ type: 'recognise', call, picture, options })
      }),
  }
  const settle = ({ call, result, failure }: Extract<ToChild, { type: 'answer' }>) => {
    const waiting = open.get(call)
    open.delete(call)
    if (result) waiting?.resolve(result)
    else
      waiting?.reject(
        new MdraftError(
          failure?.code ?? 'unavailable',
          failure?.message ?? 'Text recognition gave no answer.',
          failure?.fix ? { fix: failure.fix } : {},
        ),
      )
  }
  return { ocr, settle }
}
