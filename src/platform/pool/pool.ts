/**
 * Parsing in isolation: each file is read in a child process without files, network or environment, under a deadline
 * and a memory ceiling. A hostile file costs its own job, never the caller.
 */

import { MdraftError } from '../../core/errors.ts'
import type { Conversion, ConvertOptions, Doc, Limits, Ocr, OutputFormat } from '../../core/index.ts'
import { defaultLimits } from '../../core/limits.ts'
import type {
  AgentRun,
  Analysis,
  Comparison,
  ExportFormat,
  ExportOptions,
  Given,
  Workbook,
} from '../../rfp/index.ts'
import type { Agent, Answers, Question } from '../../rfp/model/index.ts'
import type { Job, Print, Publication, WordFile, Work } from './protocol.ts'
import { type Call, createSlot, type Slot } from './slot.ts'

export type { Print, Publication } from './protocol.ts'

export type PoolOptions = {
  /** How many children at once. */
  readonly size: number
  readonly limits?: Partial<Limits>
  /** `child`: the engine that ships with mdraft. An engine of the caller's is asked over the channel. */
  readonly ocr?: 'child' | 'none' | Ocr
  readonly jobsPerChild?: number
  readonly idleBytes?: number
  /** The file the child runs. */
  readonly entry?: URL
}

export type CallOptions = Call & {
  /** Milliseconds of wall clock for this file; absent: by the limits and the number of pages. */
  readonly deadline?: number | undefined
  /** Whose work it is: owners take turns. */
  readonly owner?: string | undefined
}

export type Pool = {
  /** Converts a file. @throws MdraftError, also `timeout`, `memory`, `crashed`, `aborted` */
  convert(bytes: Uint8Array, options?: ConvertOptions, call?: CallOptions): Promise<Conversion>
  /** Like `convert`, without the Doc: for a caller that only wants the output. */
  print(bytes: Uint8Array, options?: ConvertOptions, call?: CallOptions): Promise<Print>
  /** Converts a file into several outputs; the map is that of the Markdown. */
  publish(
    bytes: Uint8Array,
    options: ConvertOptions,
    outputs: readonly OutputFormat[],
    call?: CallOptions,
  ): Promise<Publication>
  /** Converts a file into a Word document. */
  word(bytes: Uint8Array, options?: ConvertOptions, call?: CallOptions): Promise<WordFile>
  /** An analysis as a file: making a workbook of thousands of rows is not for a process that serves. */
  export(
    analysis: Analysis,
    format: ExportFormat,
    options: ExportOptions,
    call?: CallOptions,
  ): Promise<Uint8Array>
  /** Tables as a workbook. */
  workbook(book: Workbook, call?: CallOptions): Promise<Uint8Array>
  /** A copy of a PDF with the requirements of its analysis highlighted and numbered. */
  highlight(bytes: Uint8Array, analysis: Analysis, call?: CallOptions): Promise<Uint8Array>
  /** The analysis of a Doc that was read before: by rules, and by what a model answered. */
  analyze(
    doc: Doc,
    about: { filename: string; sha256: string; passages?: boolean; answers?: Answers },
    call?: CallOptions,
  ): Promise<Analysis>
  /** What a model is to be asked of a Doc. Asking is the caller's: a child reaches no network. */
  questions(doc: Doc, about: { windowChars: number; agent?: Agent }, call?: CallOptions): Promise<Question[]>
  /** What a prompt of the user's own found, by what a model answered to it. */
  agent(
    doc: Doc,
    about: { filename: string; sha256: string; agent: Agent; answers: Answers },
    call?: CallOptions,
  ): Promise<AgentRun>
  /** What changed between two versions of a solicitation that were read and analysed before. */
  compare(old: Given, now: Given, call?: CallOptions): Promise<Comparison>
  /** Starts the children now, so that the first file need not wait for them. */
  warm(): void
  /** Kills every child; open and waiting work is rejected as `aborted`. */
  close(): void
  /** Process ids of the children that are alive. */
  readonly pids: readonly number[]
}

const here = new URL(import.meta.url)
/** The child runs from `src` in the checkout and from `dist` in the published package. */
const defaultEntry = new URL(`./child${here.pathname.endsWith('.ts') ? '.ts' : '.js'}`, here)

export function createPool(options: PoolOptions): Pool {
  const limits: Limits = { ...defaultLimits, ...options.limits }
  const ocr = options.ocr ?? 'child'
  const slots = Array.from({ length: Math.max(1, options.size) }, () =>
    createSlot({
      entry: options.entry ?? defaultEntry,
      jobsPerChild: options.jobsPerChild ?? 100,
      idleBytes: options.idleBytes ?? 400 * 2 ** 20,
      ocr: typeof ocr === 'object' ? ocr : undefined,
    }),
  )
  const queue = createQueue(slots)
  const closing = new AbortController()

  const run = async (work: Work, { signal, onProgress, deadline, owner }: CallOptions) => {
    const job: Job = {
      work,
      limits,
      ...(deadline === undefined ? {} : { deadline }),
      ocr: typeof ocr === 'object' ? 'parent' : ocr,
    }
    const stop = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal
    return queue.take({ signal: stop, owner }, (slot) => slot.run(job, { signal: stop, onProgress }))
  }

  return {
    // The child answers each kind of work with its own kind of result.
    convert: async (bytes, how = {}, call = {}) =>
      (await run({ task: 'convert', bytes, options: how, bare: false }, call)) as Conversion,
    print: async (bytes, how = {}, call = {}) =>
      (await run({ task: 'convert', bytes, options: how, bare: true }, call)) as Print,
    publish: async (bytes, how, outputs, call = {}) =>
      (await run({ task: 'publish', bytes, options: how, outputs }, call)) as Publication,
    word: async (bytes, how = {}, call = {}) =>
      (await run({ task: 'word', bytes, options: how }, call)) as WordFile,
    analyze: async (doc, about, call = {}) =>
      (await run({ task: 'analyze', doc, ...about }, call)) as Analysis,
    export: async (analysis, format, how, call = {}) =>
      (await run({ task: 'export', analysis, format, options: how }, call)) as Uint8Array,
    workbook: async (book, call = {}) => (await run({ task: 'workbook', book }, call)) as Uint8Array,
    highlight: async (bytes, analysis, call = {}) =>
      (await run({ task: 'highlight', bytes, analysis }, call)) as Uint8Array,
    questions: async (doc, about, call = {}) =>
      (await run({ task: 'questions', doc, ...about }, call)) as Question[],
    agent: async (doc, about, call = {}) => (await run({ task: 'agent', doc, ...about }, call)) as AgentRun,
    compare: async (old, now, call = {}) =>
      (await run({ task: 'compare', old, new: now }, call)) as Comparison,
    warm: () => slots.forEach((slot) => void slot.warm(limits)),
    close: () => {
      closing.abort()
      for (const slot of slots) slot.close()
    },
    get pids() {
      return slots.flatMap((slot) => slot.pid ?? [])
    },
  }
}

type Place = { readonly signal: AbortSignal; readonly owner: string | undefined }
type Waiting = Place & { readonly start: (slot: Slot) => void }

/**
 * The turn is the owner's who was served longest ago, and of one owner first come, first served: a heap of one does not
 * delay another. A slot whose child runs already is preferred to starting another.
 */
function createQueue(slots: readonly Slot[]) {
  const free = new Set(slots)
  let waiting: Waiting[] = []
  let turn = 0
  const served = new Map<string | undefined, number>()
  const lastServed = ({ owner }: Waiting) => served.get(owner) ?? 0
  const take = (): Waiting | undefined => {
    waiting = waiting.filter(({ signal }) => !signal.aborted)
    const [first, ...others] = waiting
    if (!first) return undefined
    const due = others.reduce((best, one) => (lastServed(one) < lastServed(best) ? one : best), first)
    waiting.splice(waiting.indexOf(due), 1)
    // Where nobody waits there is nothing to be fair about.
    if (waiting.length === 0) served.clear()
    served.set(due.owner, ++turn)
    return due
  }
  const next = () => {
    const slot = [...free].find((one) => one.pid !== undefined) ?? [...free][0]
    const due = slot && take()
    if (!due) return
    free.delete(slot)
    due.start(slot)
  }
  const acquire = ({ signal, owner }: Place): Promise<Slot> =>
    new Promise((resolve, reject) => {
      const onAbort = () => reject(new MdraftError('aborted', 'The work was cancelled before it began.'))
      if (signal.aborted) return onAbort()
      signal.addEventListener('abort', onAbort, { once: true })
      const start = (slot: Slot) => {
        signal.removeEventListener('abort', onAbort)
        resolve(slot)
      }
      waiting.push({ start, signal, owner })
      next()
    })
  return {
    take: async <T>(place: Place, work: (slot: Slot) => Promise<T>): Promise<T> => {
      const slot = await acquire(place)
      try {
        return await work(slot)
      } finally {
        free.add(slot)
        next()
      }
    },
  }
}
