/** A file that PDFium refuses, read by the second engine alone. */
import type { Page, PageSource, Word } from '../../doc/page.ts'
import type { ReadContext } from '../../reader.ts'
import { pagesWanted } from './page-choice.ts'
import { openSecond, type SecondFile } from './second.ts'

/** @returns undefined when it opens the file no better. */
export async function readBySecond(bytes: Uint8Array, context: ReadContext): Promise<PageSource | undefined> {
  const file = await openSecond(bytes, context.options.password)
  if (!file) return undefined
  if (file.pageCount === 0) {
    await file.close()
    return undefined
  }
  context.report.warn(
    'second-engine',
    'The file is damaged; it was read by a second engine, which finds text but no drawn lines or pictures.',
  )
  const wanted = pagesWanted(file.pageCount, context)
  return {
    format: 'pdf',
    meta: file.title ? { title: file.title } : {},
    pageCount: wanted.length,
    bookmarks: [],
    pages: pagesOf(file, wanted, context),
  }
}

async function* pagesOf(
  file: SecondFile,
  wanted: readonly number[],
  context: ReadContext,
): AsyncGenerator<Page> {
  try {
    for (const [at, index] of wanted.entries()) {
      context.signal.throwIfAborted()
      if (at > 0 && context.isLate()) {
        const message = `Stopped at the deadline after ${at} of ${wanted.length} pages.`
        context.report.warn('deadline-reached', message, { page: index + 1 })
        return
      }
      context.progress({ stage: 'reading', page: index + 1, pages: wanted.length })
      const page = await file.page(index).catch(() => undefined)
      if (page) yield pageOf(index + 1, page.width, page.height, page.words)
      else
        context.report.warn('page-failed', `Page ${index + 1} is damaged and could not be read.`, {
          page: index + 1,
        })
    }
  } finally {
    await file.close()
  }
}

const pageOf = (number: number, width: number, height: number, words: readonly Word[]): Page => ({
  number,
  width,
  height,
  source: words.length > 0 ? 'native' : 'none',
  words,
  strokes: [],
  fills: [],
  images: [],
  tags: [],
  fields: [],
  hidden: [],
})
