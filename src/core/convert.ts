/** The one road: bytes → reader → Doc → passes → writer. Read this file first. */
import { type DebugPicture, drawSheets } from './debug/draw.ts'
import { type Seen, watched } from './debug/watch.ts'
import type { Doc, ImageInfo } from './doc/model.ts'
import { passes } from './enrich/index.ts'
import { asMdraftError, MdraftError } from './errors.ts'
import { sha256 } from './io/hash.ts'
import { unlockOffice } from './io/office-crypt.ts'
import { layOut } from './layout/index.ts'
import { defaultLimits, type Limits } from './limits.ts'
import {
  defaultReadOptions,
  defaultWriteOptions,
  type ReadOptions,
  type Tools,
  type WriteOptions,
} from './options.ts'
import type { Input, KeptImage, ReadContext } from './reader.ts'
import { type Format, readers } from './readers/index.ts'
import type { Highlight } from './readers/pdf/highlight.ts'
import { createReport, isPartial, type Report, type Warning } from './report.ts'
import { sniff } from './sniff.ts'
import { type OutputFormat, writers } from './writers/index.ts'
import type { SourceMap } from './writers/writer.ts'

export type ConvertOptions = Partial<ReadOptions> &
  Partial<WriteOptions> & {
    readonly to?: OutputFormat
    /** The user's name for the file: a hint for sniffing, never a path that is opened. */
    readonly name?: string
    /** Skips sniffing. */
    readonly from?: Format
  }

/** A picture taken out of the document. */
export type Image = ImageInfo & { readonly bytes: Uint8Array }

export type Conversion = {
  readonly output: string
  readonly to: OutputFormat
  readonly format: Format
  readonly doc: Doc
  /** From ranges of `output` to blocks and places of the source. */
  readonly map: SourceMap
  readonly warnings: readonly Warning[]
  /** Content that a reader of the source sees is missing; a warning says which. */
  readonly partial: boolean
  readonly images: readonly Image[]
  /** One a page, when `debug` is asked for. */
  readonly pictures?: readonly DebugPicture[]
}

/**
 * Converts one file.
 * @throws MdraftError when the file gives no document at all; lesser losses are `warnings`.
 */
export async function convert(
  bytes: Uint8Array,
  options: ConvertOptions = {},
  tools: Tools = {},
): Promise<Conversion> {
  try {
    const read = await readDoc(bytes, options, tools)
    return { ...read, ...write(read.doc, read.warnings, options) }
  } catch (error) {
    throw asMdraftError(error)
  }
}

export type ReadResult = Pick<Conversion, 'doc' | 'format' | 'warnings' | 'partial' | 'images' | 'pictures'>

/** The first half of the road: a file as a Doc. */
export async function readDoc(
  bytes: Uint8Array,
  options: Omit<ConvertOptions, 'to'> = {},
  tools: Tools = {},
): Promise<ReadResult> {
  const limits: Limits = { ...defaultLimits, ...tools.limits }
  const report = createReport()
  const images = new Map<string, Image>()
  const input: Input = { bytes, ...(options.name ? { name: options.name } : {}) }
  const pageLinks = options.emphasis !== false
  const settled = { ...defaultReadOptions, pageLinks, ...options }
  const job: Job = { options: settled, limits, report, images, seen: [], tools }

  const { doc, format } = await readInput(input, options.from, 0, job)
  const enriched = passes.reduce((current, pass) => pass(current, report), doc)
  if (enriched.blocks.length === 0 && !isPartial(report.warnings))
    report.warn('empty-document', 'The file holds no text, table or picture.')
  return {
    doc: {
      ...enriched,
      source: {
        ...(options.name ? { name: options.name } : {}),
        sha256: sha256(bytes),
        bytes: bytes.byteLength,
      },
      images: [...images.values()].map(({ bytes: _, ...info }) => info),
    },
    format,
    warnings: report.warnings,
    partial: isPartial(report.warnings),
    images: [...images.values()],
    ...(settled.debug ? { pictures: drawSheets(enriched, job.seen) } : {}),
  }
}

/** A Doc as a Word document (.docx). `images` are those that were extracted with it. */
export async function writeWord(
  doc: Doc,
  images: readonly Image[] = [],
  options: Partial<WriteOptions> = {},
): Promise<Uint8Array> {
  const { writeDocx } = await import('./writers/docx/docx.ts')
  return writeDocx(doc, new Map(images.map((image) => [image.name, image])), options)
}

/**
 * A copy of a PDF with places marked and numbered.
 * @throws MdraftError when the PDF cannot be opened
 */
export async function highlight(
  bytes: Uint8Array,
  highlights: readonly Highlight[],
  { password }: { readonly password?: string | undefined } = {},
  tools: Tools = {},
): Promise<Uint8Array> {
  const { highlightPdf } = await import('./readers/pdf/highlight.ts')
  return highlightPdf(bytes, highlights, { password, limits: { ...defaultLimits, ...tools.limits } })
}

/** The second half: a Doc in another form. `warnings` are those of reading; writing may add to them. */
export function write(
  doc: Doc,
  warnings: readonly Warning[],
  options: Pick<ConvertOptions, 'to'> & Partial<WriteOptions> = {},
): Pick<Conversion, 'output' | 'to' | 'map' | 'warnings' | 'partial'> {
  const to = options.to ?? 'markdown'
  const writer = writers[to]
  if (!writer)
    throw new MdraftError('bad_option', `There is no output format "${to}".`, {
      fix: `Use one of: ${Object.keys(writers).join(', ')}.`,
    })
  const all = { ...defaultWriteOptions, ...options }
  const { text, map, isTruncated } = writer(doc, all, warnings)
  const report = createReport(warnings)
  if (isTruncated) report.warn('output-truncated', `The output was cut off after ${all.maxChars} characters.`)
  return { output: text, map, to, warnings: report.warnings, partial: isPartial(report.warnings) }
}

type Job = {
  readonly options: ReadOptions
  readonly limits: Limits
  readonly report: Report
  readonly images: Map<string, Image>
  /** What was on the pages, when it is to be drawn. */
  readonly seen: Seen[]
  readonly tools: Tools
}

async function readInput(
  given: Input,
  from: Format | undefined,
  depth: number,
  job: Job,
): Promise<{ doc: Doc; format: Format }> {
  checkSize(given, job.limits)
  const unlocked = unlockOffice(given.bytes, job.options.password, job.limits)
  const input: Input = unlocked ? { ...given, bytes: unlocked } : given
  const format = from ?? sniff(input, job.report)
  const row = readers[format]
  const context = contextFor(job, depth)
  context.progress({ stage: 'reading' })
  if (row.kind === 'flow') return { doc: await (await row.load())(input, context), format }
  const source = await (await row.load())(input, context)
  // Members of an archive have page numbers of their own, which would be drawn over one another.
  const isDrawn = job.options.debug && depth === 0
  return { doc: await layOut(isDrawn ? watched(source, job.seen, job.report) : source, context), format }
}

function checkSize({ bytes }: Input, limits: Limits): void {
  if (bytes.byteLength === 0)
    throw new MdraftError('empty_input', 'The file is empty (0 bytes).', {
      fix: 'Check that the upload or copy finished.',
    })
  if (bytes.byteLength > limits.fileBytes)
    throw new MdraftError(
      'too_large',
      `The file has ${bytes.byteLength} bytes; the limit is ${limits.fileBytes}.`,
      {
        fix: 'Split the file, or raise the limit.',
      },
    )
}

function contextFor(job: Job, depth: number): ReadContext {
  const { options, limits, report, tools } = job
  return {
    options,
    limits,
    report,
    signal: tools.signal ?? new AbortController().signal,
    ...(tools.ocr ? { ocr: tools.ocr } : {}),
    progress: (progress) => {
      tools.signal?.throwIfAborted()
      tools.onProgress?.(progress)
    },
    isLate: tools.isLate ?? (() => false),
    keepImage: (image) => keepImage(image, job),
    readMember: (member) => readMember(member, depth + 1, job),
  }
}

/** Pictures are named by content, so the same picture is kept once and names are the same in every run. */
function keepImage(image: KeptImage, { options, limits, report, images }: Job): string | undefined {
  if (options.images === 'omit') return undefined
  if (image.bytes.byteLength > limits.imageBytes || images.size >= limits.images) {
    report.warn('image-skipped', `A picture of ${image.bytes.byteLength} bytes was left out: over the limit.`)
    return undefined
  }
  const { bytes, ...info } = image
  const digest = sha256(bytes)
  const extension = info.mime.split('/')[1]?.replace('jpeg', 'jpg').replace(/\+.*$/, '') ?? 'bin'
  const name = `${digest.slice(0, 16)}.${extension}`
  images.set(name, { name, ...info, sha256: digest, bytes })
  return name
}

async function readMember(member: Input, depth: number, job: Job): Promise<Doc | undefined> {
  const name = member.name ?? 'unnamed'
  if (depth > job.limits.nesting) {
    job.report.warn(
      'member-skipped',
      `"${name}" is nested deeper than ${job.limits.nesting} files and was not opened.`,
      { path: name },
    )
    return undefined
  }
  try {
    return (await readInput(member, undefined, depth, job)).doc
  } catch (error) {
    if (!(error instanceof MdraftError) || error.code === 'aborted' || error.code === 'timeout') throw error
    job.report.warn('member-failed', `"${name}" could not be read: ${error.message}`, { path: name })
    return undefined
  }
}
