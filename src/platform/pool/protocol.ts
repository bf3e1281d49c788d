/** What parent and child say to each other: plain data, over the IPC channel with V8's serialisation. */
import type {
  Conversion,
  ConvertOptions,
  Doc,
  ErrorCode,
  Limits,
  OcrOptions,
  OcrResult,
  OutputFormat,
  PageInfo,
  Picture,
  Progress,
} from '../../core/index.ts'
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

/** A file to convert. `bare`: without the Doc, which a caller who only wants the text need not pay for. */
type ConvertWork = {
  readonly task: 'convert'
  readonly bytes: Uint8Array
  readonly options: ConvertOptions
  readonly bare: boolean
}
/** A file to convert into several outputs at once, for a store that serves them later. */
export type PublishWork = {
  readonly task: 'publish'
  readonly bytes: Uint8Array
  readonly options: ConvertOptions
  readonly outputs: readonly OutputFormat[]
}
/** A file to turn into a Word document. */
type WordWork = { readonly task: 'word'; readonly bytes: Uint8Array; readonly options: ConvertOptions }
type AnalyzeWork = {
  readonly task: 'analyze'
  readonly doc: Doc
  readonly filename: string
  readonly sha256: string
  /** List every sentence with what became of it. */
  readonly passages?: boolean
  /** What a model said of the Doc, when one was asked. */
  readonly answers?: Answers
}
/** An analysis to write as a file. */
type ExportWork = {
  readonly task: 'export'
  readonly analysis: Analysis
  readonly format: ExportFormat
  readonly options: ExportOptions
}
/** Tables to write as a workbook. */
type WorkbookWork = { readonly task: 'workbook'; readonly book: Workbook }
/** A PDF to mark with what an analysis found in it. */
type HighlightWork = {
  readonly task: 'highlight'
  readonly bytes: Uint8Array
  readonly analysis: Analysis
}
/** What a model is to be asked of a Doc. */
type QuestionsWork = {
  readonly task: 'questions'
  readonly doc: Doc
  readonly windowChars: number
  /** A prompt of the user's own, in place of the four analyses. */
  readonly agent?: Agent
}
/** A prompt of the user's own, with what a model answered to it. */
type AgentWork = {
  readonly task: 'agent'
  readonly doc: Doc
  readonly filename: string
  readonly sha256: string
  readonly agent: Agent
  readonly answers: Answers
}
/** Two versions of a solicitation to compare. */
type CompareWork = { readonly task: 'compare'; readonly old: Given; readonly new: Given }
export type Work =
  | ConvertWork
  | PublishWork
  | WordWork
  | AnalyzeWork
  | QuestionsWork
  | AgentWork
  | ExportWork
  | WorkbookWork
  | HighlightWork
  | CompareWork

/** A conversion without its Doc. */
export type Print = Omit<Conversion, 'doc'>
/** What a store keeps of a conversion: every output as text, and what describes the pages. */
export type Publication = Pick<Conversion, 'format' | 'map' | 'warnings' | 'partial'> & {
  readonly pages: readonly PageInfo[]
  readonly outputs: { readonly [F in OutputFormat]?: string }
}
export type WordFile = Pick<Conversion, 'format' | 'warnings' | 'partial' | 'pictures'> & {
  readonly bytes: Uint8Array
}
export type Results = {
  readonly convert: Conversion | Print
  readonly publish: Publication
  readonly word: WordFile
  readonly analyze: Analysis
  readonly export: Uint8Array
  readonly workbook: Uint8Array
  readonly highlight: Uint8Array
  readonly questions: Question[]
  readonly agent: AgentRun
  readonly compare: Comparison
}

export type Job = {
  readonly work: Work
  readonly limits: Limits
  /** Wall clock for this job, when the caller sets one; else the limits decide. */
  readonly deadline?: number
  /** Who recognises text: the child itself, the parent (asked over the channel), or nobody. */
  readonly ocr: 'child' | 'parent' | 'none'
}

export type Failure = {
  readonly code: ErrorCode
  readonly message: string
  readonly fix?: string
  /** For the log of the operator, never for the user. */
  readonly detail?: string
}

export type ToChild =
  | { readonly type: 'job'; readonly job: Job }
  | {
      readonly type: 'answer'
      readonly call: number
      readonly result?: OcrResult
      readonly failure?: Failure
    }

export type ToParent =
  | { readonly type: 'ready' }
  /** Sent every second while the event loop turns; `resident` for systems where the parent cannot look. */
  | { readonly type: 'beat'; readonly resident: number }
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'done'; readonly result: Results[keyof Results] }
  | { readonly type: 'failed'; readonly failure: Failure }
  | {
      readonly type: 'recognise'
      readonly call: number
      readonly picture: Picture
      readonly options: Omit<OcrOptions, 'signal'>
    }
