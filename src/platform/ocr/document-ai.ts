/** Google Document AI as an engine: each page picture goes to a processor of the OCR kind, its tokens come back as words. */
import type { protos } from '@google-cloud/documentai'
import { MdraftError, type Ocr, type OcrOptions, type OcrWord, type Picture } from '../../core/index.ts'
import { asPng } from '../../core/io/png.ts'
import { askGoogle, clientOptions, isNotFound, isRefused } from '../google.ts'
import { lend } from '../lend.ts'
import { languageTag } from './models.ts'

export type DocumentAiSettings = {
  /** `projects/…/locations/…/processors/…` */
  readonly processor: string
  readonly endpoint?: string | undefined
  readonly timeoutMs?: number
  readonly tries?: number
}

type Document = protos.google.cloud.documentai.v1.IDocument
type Layout = protos.google.cloud.documentai.v1.Document.Page.ILayout

/** A page of dense print takes seconds. */
const PAGE_MS = 60_000

/** @throws MdraftError `missing_package` */
export async function openDocumentAi(settings: DocumentAiSettings): Promise<Ocr> {
  const { processor, endpoint, timeoutMs = PAGE_MS, tries = 5 } = settings
  const { DocumentProcessorServiceClient } = await lend(
    '@google-cloud/documentai',
    () => import('@google-cloud/documentai'),
  )
  // A processor answers only at the address of its location.
  const location = /\/locations\/([^/]+)\//.exec(processor)?.[1] ?? 'us'
  const client = new DocumentProcessorServiceClient({
    ...clientOptions(endpoint),
    ...(endpoint ? {} : { apiEndpoint: `${location}-documentai.googleapis.com` }),
  })
  const ask = async (picture: Picture, { languages, signal }: OcrOptions): Promise<Document> => {
    const languageHints = languages.flatMap((language) => languageTag(language) ?? [])
    const request = {
      name: processor,
      skipHumanReview: true,
      rawDocument: { content: asPng(picture), mimeType: 'image/png' },
      processOptions: { ocrConfig: { hints: { languageHints } } },
    }
    const [{ document }] = await askGoogle((options) => client.processDocument(request, options), {
      timeoutMs,
      tries,
      signal,
    })
    return document ?? {}
  }
  return {
    name: 'document-ai',
    recognise: async (picture, options) => {
      options.signal?.throwIfAborted()
      const document = await ask(picture, options).catch((error) => {
        throw explain(error)
      })
      return { words: wordsOf(document, picture) }
    },
    close: () => client.close(),
  }
}

type Range = { readonly start: number; readonly end: number }

/** Document AI counts characters, not UTF-16 units. */
function rangeOf({ textAnchor }: Layout): Range | undefined {
  const segments = textAnchor?.textSegments ?? []
  const [first, last] = [segments[0], segments.at(-1)]
  // What is zero is left out of its JSON.
  return first && last ? { start: Number(first.startIndex ?? 0), end: Number(last.endIndex ?? 0) } : undefined
}

export function wordsOf({ text, pages }: Document, picture: Picture): OcrWord[] {
  const characters = [...(text ?? '')]
  let before = 0
  return (pages ?? []).flatMap(({ tokens, lines }) => {
    const ranges = (lines ?? []).map(({ layout }) => rangeOf(layout ?? {}))
    const first = before
    before += ranges.length + 1
    return (tokens ?? []).flatMap(({ layout, styleInfo }): OcrWord[] => {
      const range = rangeOf(layout ?? {})
      const box = boxOf(layout ?? {}, picture)
      const word = range && characters.slice(range.start, range.end).join('').trim()
      if (!word || !box) return []
      const line = ranges.findIndex((one) => one && range.start >= one.start && range.start < one.end)
      return [
        {
          text: word,
          ...box,
          confidence: Math.min(Math.max(layout?.confidence ?? 0, 0), 1),
          ...(styleInfo?.bold ? { bold: true } : {}),
          ...(styleInfo?.italic ? { italic: true } : {}),
          // A token of no line stands apart from all of them.
          line: first + (line < 0 ? ranges.length : line),
        },
      ]
    })
  })
}

function boxOf({ boundingPoly }: Layout, { width, height }: Picture) {
  const parts = boundingPoly?.normalizedVertices?.length
    ? boundingPoly.normalizedVertices.map(({ x, y }) => ({ x: (x ?? 0) * width, y: (y ?? 0) * height }))
    : (boundingPoly?.vertices ?? []).map(({ x, y }) => ({ x: x ?? 0, y: y ?? 0 }))
  if (parts.length < 2) return undefined
  const within = (value: number, most: number) => Math.min(Math.max(value, 0), most)
  const [xs, ys] = [parts.map(({ x }) => within(x, width)), parts.map(({ y }) => within(y, height))]
  return { x0: Math.min(...xs), y0: Math.min(...ys), x1: Math.max(...xs), y1: Math.max(...ys) }
}

function explain(cause: unknown): unknown {
  if (cause instanceof MdraftError) return cause
  if (cause instanceof Error && cause.name === 'AbortError')
    return new MdraftError('aborted', 'Text recognition was stopped.', { cause })
  if (isNotFound(cause) || isRefused(cause))
    return new MdraftError('bad_option', 'Text recognition is not set up on this server.', {
      fix: 'The operator checks DOCAI_PROCESSOR_ID and the roles of its credentials (Document AI API User).',
      cause,
    })
  return new MdraftError('unavailable', 'Text recognition by Document AI does not answer.', {
    fix: 'Try again later; the operator finds the cause in the log.',
    cause,
  })
}
