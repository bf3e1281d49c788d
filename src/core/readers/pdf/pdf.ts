/** PDF → pages, one at a time. */
import type { Meta } from '../../doc/model.ts'
import type { Page, PageSource } from '../../doc/page.ts'
import { asMdraftError, MdraftError } from '../../errors.ts'
import type { PageReader, ReadContext } from '../../reader.ts'
import { readBookmarks } from './bookmarks.ts'
import { readBySecond } from './by-second.ts'
import { isCrash, openPdf, type PdfFile } from './file.ts'
import { fontCache } from './fonts.ts'
import { readMeta } from './meta.ts'
import { pagesWanted } from './page-choice.ts'
import { type PageNeeds, readPage } from './pages.ts'
import type { Pdfium } from './pdfium.ts'
import { recogniseIfNeeded } from './recognise.ts'
import { paintPage } from './render.ts'
import { type SecondOpinion, secondOpinion } from './second-opinion.ts'
import { elementNumbers } from './tags.ts'
import { upright } from './upright.ts'

/** Share of the process's ceiling that PDFium's heap may take. */
const HEAP_SHARE = 0.5

export const readPdf: PageReader = async ({ bytes }, context) => {
  const { options, limits } = context
  const opened = await openPdf(bytes, {
    password: options.password,
    heapBytes: limits.residentBytes * HEAP_SHARE,
  }).catch((error: unknown) => asMdraftError(error))
  if (opened instanceof MdraftError) {
    const second = opened.code === 'malformed' ? await readBySecond(bytes, context) : undefined
    if (second) return second
    throw opened
  }
  const file = opened
  const wanted = await choose(file, context)
  const { meta, bookmarks } = await file.run((pdfium, document) => ({
    meta: readMeta(pdfium, document),
    bookmarks: readBookmarks(pdfium, document),
  }))
  return {
    format: 'pdf',
    meta: meta as Meta,
    pageCount: wanted.length,
    bookmarks,
    pages: readPages(file, { bytes, wanted }, context),
    paint: (page, dpi) => paintPage(file, page, dpi, context.limits.imagePixels),
  } satisfies PageSource
}

async function choose(file: PdfFile, context: ReadContext): Promise<number[]> {
  try {
    return pagesWanted(file.pageCount, context)
  } catch (error) {
    file.close()
    throw error
  }
}

async function* readPages(
  file: PdfFile,
  { bytes, wanted }: { readonly bytes: Uint8Array; readonly wanted: readonly number[] },
  context: ReadContext,
): AsyncGenerator<Page> {
  const second = secondOpinion(bytes, context)
  const readOne = pageReader(file, second, context)
  try {
    for (const [at, index] of wanted.entries()) {
      context.signal.throwIfAborted()
      if (at > 0 && context.isLate()) {
        const message = `Stopped at the deadline after ${at} of ${wanted.length} pages.`
        context.report.warn('deadline-reached', message, { page: index + 1 })
        return
      }
      context.progress({ stage: 'reading', page: index + 1, pages: wanted.length })
      const page = await readOne(index)
      if (page) yield page
    }
  } finally {
    file.close()
    await second.close()
  }
}

/** Reads pages of one document, keeping what is learnt of its fonts and its structure tree. */
function pageReader(
  file: PdfFile,
  second: SecondOpinion,
  context: ReadContext,
): (index: number) => Promise<Page | undefined> {
  const { options, limits, report } = context
  const numberOf = elementNumbers()
  const known = new WeakMap<Pdfium, Pick<PageNeeds, 'fontOf' | 'numberOf'>>()
  const read = (index: number) =>
    file.run((pdfium, document, form) => {
      const isTagged = pdfium.call.FPDFCatalog_IsTagged(document) !== 0
      const own = known.get(pdfium) ?? {
        fontOf: fontCache(pdfium),
        numberOf: isTagged ? numberOf : undefined,
      }
      known.set(pdfium, own)
      const bounds = { maxChars: limits.pdfTextObjects, maxDepth: limits.pdfFormDepth }
      const wishes = { keepHidden: options.hiddenText === 'keep', keepLinks: options.pageLinks }
      return readPage({ pdfium, document, form, ...own, ...bounds, ...wishes }, index)
    })
  return async (index) => {
    const at = { page: index + 1 }
    try {
      const found = await read(index)
      if (found) {
        warnOfHidden(found.page, context)
        if (index === 0 && found.isDynamicForm) warnOfForm(context)
        return upright(await recogniseIfNeeded(file, await second.on(found), context))
      }
      report.warn('page-failed', `Page ${index + 1} is damaged and could not be read.`, at)
    } catch (error) {
      if (!isCrash(error)) throw error
      report.warn('page-failed', `Page ${index + 1} brought the PDF engine down and was left out.`, at)
    }
    return undefined
  }
}

/** What stands on the only page of a form that is made at the moment it is opened (XFA). */
const warnOfForm = ({ report }: ReadContext): void =>
  report.warn(
    'unsupported-content',
    'The file is a dynamic XFA form: its page only says to wait, and the form itself shows in Adobe Acrobat alone. Open it there and print it to a new PDF.',
    { page: 1 },
  )

/** As much of it as is quoted in the warning. */
const QUOTED = 80
const MOST_BOXES = 20

/** One warning for each reason on the page: text for machines only may be meant to mislead them. */
function warnOfHidden({ number, hidden }: Page, { options, report }: ReadContext): void {
  const telling = hidden.filter(({ text }) => /[\p{L}\p{N}]/u.test(text))
  for (const [reason, texts] of Map.groupBy(telling, (one) => one.reason)) {
    const words = texts.map(({ text }) => text).join(' ')
    const quoted = words.length > QUOTED ? `${words.slice(0, QUOTED)}…` : words
    const done = options.hiddenText === 'keep' && reason !== 'off-page' ? 'kept' : 'left out'
    report.warn(
      'hidden-text',
      `Page ${number} holds text that no reader sees (${reason}), which was ${done}: "${quoted}"`,
      {
        page: number,
        boxes: texts.slice(0, MOST_BOXES).map(({ x0, y0, x1, y1 }) => ({ page: number, x0, y0, x1, y1 })),
      },
    )
  }
}
