/** Pages whose text PDFium does not find, or reads as garbage, shown to the second engine before they are recognised. */
import type { Page } from '../../doc/page.ts'
import type { ReadContext } from '../../reader.ts'
import { looksGarbled, looksOf } from './garbled.ts'
import type { ReadPage } from './pages.ts'
import { openSecond, type SecondFile } from './second.ts'

/** Larger files cost more to open a second time than a page may be worth. */
const MOST_BYTES = 64 * 2 ** 20
/** A picture this large (share of the page) is what the page shows: there is no text to look for. */
const SCAN = 0.5

export type Opinion = { readonly page: Page; readonly isGarbled: boolean }
export type SecondOpinion = {
  on(found: ReadPage): Promise<Opinion>
  close(): Promise<void>
}

export function secondOpinion(bytes: Uint8Array, { options, report }: ReadContext): SecondOpinion {
  let opened: Promise<SecondFile | undefined> | undefined
  const ask = async (index: number) => {
    if (bytes.byteLength > MOST_BYTES) return undefined
    opened ??= openSecond(bytes, options.password)
    return (await opened)?.page(index).catch(() => undefined)
  }
  return {
    async on({ page, text }) {
      const isGarbled = looksGarbled(text)
      // Words that are there but hidden have been judged already.
      const hasText = page.words.length + text.words.length > 0
      if (!isGarbled && (hasText || showsPicture(page))) return { page, isGarbled: false }
      const second = await ask(page.number - 1)
      const at = { page: page.number }
      if (second && second.words.length > 0 && !looksGarbled(looksOf(second.words))) {
        report.warn('second-engine', `The text of page ${page.number} was read by a second engine.`, at)
        return { page: { ...page, words: second.words, source: 'native', tags: [] }, isGarbled: false }
      }
      if (isGarbled)
        report.warn(
          'garbled-text',
          `The fonts of page ${page.number} do not say which letters they show; its text may be wrong.`,
          at,
        )
      return { page, isGarbled }
    },
    close: async () => (await opened)?.close(),
  }
}

const showsPicture = ({ images, width, height }: Page): boolean =>
  images.some(({ x0, y0, x1, y1 }) => (x1 - x0) * (y1 - y0) > SCAN * width * height)
