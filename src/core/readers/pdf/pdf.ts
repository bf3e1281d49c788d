/** PDF → pages, one at a time. */
import type { Meta } from '../../doc/model.ts'
import type { Page, PageSource } from '../../doc/page.ts'
import { MdraftError } from '../../errors.ts'
import type { PageRange } from '../../options.ts'
import type { PageReader, ReadContext } from '../../reader.ts'
import { readBookmarks } from './bookmarks.ts'
import { isCrash, openPdf, type PdfFile } from './file.ts'
import { fontCache } from './fonts.ts'
import { readMeta } from './meta.ts'
import { type PageNeeds, readPage } from './pages.ts'
import type { Pdfium } from './pdfium.ts'
import { recogniseIfNeeded } from './recognise.ts'
import { elementNumbers } from './tags.ts'

/** Share of the process's ceiling that PDFium's heap may take. */
const HEAP_SHARE = 0.5

export const readPdf: PageReader = async ({ bytes }, context) => {
  const { options, limits } = context
  const file = await openPdf(bytes, {
    password: options.password,
    heapBytes: limits.residentBytes * HEAP_SHARE,
  })
  const wanted = pagesWanted(file.pageCount, options.pages)
  if (wanted.length > limits.pages) {
    file.close()
    throw new MdraftError(
      'too_many_pages',
      `The PDF has ${wanted.length} pages; the limit is ${limits.pages}.`,
      {
        fix: 'Read it in parts (--pages), or raise the limit.',
      },
    )
  }
  const { meta, bookmarks } = await file.run((pdfium, document) => ({
    meta: readMeta(pdfium, document),
    bookmarks: readBookmarks(pdfium, document),
  }))
  return {
    format: 'pdf',
    meta: meta as Meta,
    pageCount: wanted.length,
    bookmarks,
    pages: readPages(file, wanted, context),
  } satisfies PageSource
}

/** 0-based indexes in the order of the file. */
function pagesWanted(count: number, ranges: readonly PageRange[] | undefined): number[] {
  const all = Array.from({ length: count }, (_, index) => index)
  if (!ranges) return all
  const wanted = all.filter((index) => ranges.some(({ from, to }) => index + 1 >= from && index + 1 <= to))
  if (wanted.length === 0)
    throw new MdraftError('bad_option', `None of the wanted pages exists; the PDF has ${count}.`, {
      fix: 'Give page numbers from 1 up (--pages 1-5,8).',
    })
  return wanted
}

async function* readPages(
  file: PdfFile,
  wanted: readonly number[],
  context: ReadContext,
): AsyncGenerator<Page> {
  const readOne = pageReader(file, context)
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
  }
}

/** Reads pages of one document, keeping what is learnt of its fonts and its structure tree. */
function pageReader(file: PdfFile, context: ReadContext): (index: number) => Promise<Page | undefined> {
  const { limits, report } = context
  const numberOf = elementNumbers()
  const known = new WeakMap<Pdfium, Pick<PageNeeds, 'fontOf' | 'numberOf'>>()
  const read = (index: number) =>
    file.run((pdfium, document) => {
      const isTagged = pdfium.call.FPDFCatalog_IsTagged(document) !== 0
      const own = known.get(pdfium) ?? {
        fontOf: fontCache(pdfium),
        numberOf: isTagged ? numberOf : undefined,
      }
      known.set(pdfium, own)
      const bounds = { maxChars: limits.pdfTextObjects, maxDepth: limits.pdfFormDepth }
      return readPage({ pdfium, document, ...own, ...bounds }, index)
    })
  return async (index) => {
    const at = { page: index + 1 }
    try {
      const found = await read(index)
      if (found) return await recogniseIfNeeded(file, found.page, context)
      report.warn('page-failed', `Page ${index + 1} is damaged and could not be read.`, at)
    } catch (error) {
      if (!isCrash(error)) throw error
      report.warn('page-failed', `Page ${index + 1} brought the PDF engine down and was left out.`, at)
    }
    return undefined
  }
}
