import { expect, test } from 'vitest'
import type { Page, Word } from '../../../src/core/doc/page.ts'
import { plainText } from '../../../src/core/doc/walk.ts'
import { layOut } from '../../../src/core/layout/index.ts'
import { defaultLimits } from '../../../src/core/limits.ts'
import type { ReadContext } from '../../../src/core/reader.ts'
import { createReport } from '../../../src/core/report.ts'

const context: ReadContext = {
  options: {} as ReadContext['options'],
  limits: defaultLimits,
  report: createReport(),
  signal: new AbortController().signal,
  progress: () => {},
  isLate: () => false,
  keepImage: () => undefined,
  readMember: async () => undefined,
}

const words = (text: string, y: number, size: number, confidence: number): Word[] => {
  let x = 72
  return text.split(' ').map((word) => {
    const width = word.length * size * 0.5
    const at = x
    x += width + size * 0.3
    const rect = { x0: at, y0: y, x1: at + width, y1: y + size }
    const style = { size, font: 'ocr', bold: size > 14, italic: false, baseline: y + size * 0.8 }
    return { ...rect, ...style, text: word, confidence }
  })
}

/** A scanned page: one large line above ten of running text. */
const headingsOf = async (confidence: number): Promise<string[]> => {
  const body = Array.from({ length: 10 }, (_, at) =>
    words(`line ${at} of the running text goes on to the end of the measure`, 160 + at * 14, 11, 0.95),
  )
  const page: Page = {
    number: 1,
    width: 612,
    height: 792,
    source: 'ocr',
    words: [...words('Scope of Work', 100, 22, confidence), ...body.flat()],
    strokes: [],
    fills: [],
    images: [],
    tags: [],
    fields: [],
    hidden: [],
  }
  const pages = (async function* () {
    yield page
  })()
  const doc = await layOut({ format: 'pdf', meta: {}, pageCount: 1, bookmarks: [], pages }, context)
  return doc.blocks.filter(({ type }) => type === 'heading').map(plainText)
}

test('large letters that recognition hardly believes, as in a drawing, are no heading', async () => {
  expect(await headingsOf(0.95)).toEqual(['Scope of Work'])
  expect(await headingsOf(0.5)).toEqual([])
})
