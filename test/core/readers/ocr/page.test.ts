import { afterAll, describe, expect, test } from 'vitest'
import { asDisplayed } from '../../../../src/core/doc/frame.ts'
import type { Page, Word } from '../../../../src/core/doc/page.ts'
import { MdraftError } from '../../../../src/core/errors.ts'
import type { Ocr, Raster } from '../../../../src/core/ocr.ts'
import { rotate, toPicture, turn } from '../../../../src/core/raster/picture.ts'
import { recognisePage } from '../../../../src/core/readers/ocr/page.ts'
import { createReport } from '../../../../src/core/report.ts'
import { openLocalOcr } from '../../../../src/platform/ocr/local.ts'
import { asRaster, LETTER, lines, prose, rasterOf } from '../../../ocr/rasters.ts'

const engine = openLocalOcr()
afterAll(() => engine.close?.())

async function read(raster: Raster, ocr: Ocr = engine, languages = ['eng']) {
  const report = createReport()
  const [width, height] = [(raster.width * 72) / raster.dpi, (raster.height * 72) / raster.dpi]
  const page = await recognisePage(raster, { number: 1, width, height }, ocr, {
    options: { languages } as never, // only the languages are looked at
    report,
    signal: new AbortController().signal,
  })
  return { page, warnings: report.warnings }
}

const rows = ({ words }: Page): string[] => {
  const found: Word[][] = []
  for (const word of words.toSorted((a, b) => a.baseline - b.baseline || a.x0 - b.x0)) {
    const row = found.find(([first]) => Math.abs(first!.baseline - word.baseline) < word.size * 0.4)
    if (row) row.push(word)
    else found.push([word])
  }
  return found.map((row) =>
    row
      .toSorted((a, b) => a.x0 - b.x0)
      .map(({ text }) => text)
      .join(' '),
  )
}

describe('a recognised page', () => {
  test('has its words with place, size, weight and confidence', async () => {
    const { page, warnings } = await read(
      await rasterOf([
        ...lines(['SECTION L INSTRUCTIONS'], 80, 18, 'bold'),
        ...lines(prose, 120),
        { text: '7', x: 300, y: 740, size: 12 },
      ]),
    )
    expect(rows(page)).toEqual(['SECTION L INSTRUCTIONS', ...prose, '7'])
    expect(warnings).toEqual([])
    const [section] = page.words
    expect(section).toMatchObject({ text: 'SECTION', bold: true })
    expect(Math.abs(section!.x0 - 72)).toBeLessThan(2)
    expect(Math.abs(section!.baseline - 80)).toBeLessThan(1)
    expect(Math.abs(section!.size - 18)).toBeLessThan(1.5)
    const body = page.words.find(({ text }) => text === 'contractor')!
    expect(body.bold).toBe(false)
    expect(Math.abs(body.size - 12)).toBeLessThan(1)
    expect(body.confidence).toBeGreaterThan(0.8)
    expect(page).toMatchObject({ source: 'ocr', width: LETTER.width, height: LETTER.height })
    expect(page.turned).toBeUndefined()
  })

  test.each([
    [90, 270],
    [180, 180],
  ] as const)(
    'lying at %i degrees and skewed is read upright, and knows its way back',
    async (degrees, back) => {
      const straight = await rasterOf(lines(prose))
      const picture = rotate(turn(toPicture(straight), degrees), -1.5)
      const { page } = await read(asRaster(picture))
      expect(rows(page)).toEqual(prose)
      expect(page.turned).toBe(back)
      expect(page.skew).toBeCloseTo(1.5, 0)
      // Where the first word lies on the page as displayed: the same turn and rotation, done by hand.
      const word = page.words.find(({ text }) => text === 'contractor')!
      const shown = asDisplayed(
        { x0: word.x0, y0: word.y0, x1: word.x1, y1: word.y1 },
        page,
        page.width,
        page.height,
      )
      const [x, y] = degrees === 90 ? [LETTER.height - 97, 118] : [LETTER.width - 118, LETTER.height - 97]
      expect(shown.x0 - 8).toBeLessThan(x)
      expect(shown.x1 + 8).toBeGreaterThan(x)
      expect(shown.y0 - 8).toBeLessThan(y)
      expect(shown.y1 + 8).toBeGreaterThan(y)
    },
  )

  test('keeps what engines lose: leaders, bullets, blanks, lone numerals, type on dark panels, ruling lines', async () => {
    const { page } = await read(
      await rasterOf(
        [
          { rect: [72, 60, 540, 84], fill: '#1f3864' },
          { text: 'Evaluation factors', x: 80, y: 76, size: 12, color: '#ffffff' },
          ...lines(prose, 120),
          { text: `Scope of work ${'.'.repeat(50)} 14`, x: 72, y: 280, size: 12 },
          { text: '\x95', x: 90, y: 310, size: 14 },
          { text: 'Past performance', x: 108, y: 310, size: 12 },
          ...[1, 2, 3].flatMap((number) => [
            { text: `${number}.`, x: 90, y: 320 + number * 20, size: 12 },
            { text: 'Documentation of each deliverable', x: 126, y: 320 + number * 20, size: 12 },
          ]),
          { text: 'Name:', x: 72, y: 430, size: 12 },
          { line: [112, 432, 300, 432] },
          { line: [72, 480, 540, 480] },
          { line: [72, 510, 540, 510] },
          { line: [72, 480, 72, 510] },
          { line: [540, 480, 540, 510] },
          { text: 'Unit price', x: 80, y: 500, size: 12 },
        ],
        200,
      ),
    )
    const found = rows(page)
    expect(found).toContain('Evaluation factors')
    expect(found.find((row) => row.startsWith('Scope'))).toMatch(/^Scope of work \.{45,55} 14$/)
    expect(found).toContain('• Past performance')
    for (const number of [1, 2, 3]) expect(found).toContain(`${number}. Documentation of each deliverable`)
    expect(found.find((row) => row.startsWith('Name'))).toMatch(/^Name: _{20,40}$/)
    expect(found).toContain('Unit price')
    expect(page.strokes.length).toBe(4)
    expect(page.fills.length).toBe(1)
  })
})

describe('nothing passes in silence', () => {
  test('a blank page has no words and no warning', async () => {
    const { page, warnings } = await read(await rasterOf([]))
    expect(page.source).toBe('none')
    expect(warnings).toEqual([])
  })

  test('ink without text is a loss', async () => {
    const scribble = Array.from({ length: 40 }, (_, at) => ({
      line: [100 + at * 9, 300 + ((at * 37) % 90), 160 + ((at * 53) % 200), 420 - ((at * 29) % 80)] as const,
      width: 3,
    }))
    const { page, warnings } = await read(await rasterOf(scribble))
    expect(page.words.filter(({ text }) => text.length > 3)).toEqual([])
    expect(warnings.map(({ code }) => code)).toContain(
      page.words.length === 0 ? 'page-without-text' : 'ocr-low-confidence',
    )
  })

  test('type too blurred to be read is doubted', async () => {
    const raster = await rasterOf(lines(prose, 100, 7), 60)
    const { warnings } = await read(raster)
    expect(warnings.map(({ code }) => code)).toEqual(['ocr-low-confidence'])
  })

  test('an engine that fails costs its page, a missing language the document', async () => {
    const raster = await rasterOf(lines(prose))
    const broken: Ocr = {
      name: 'broken',
      recognise: () => Promise.reject(new MdraftError('unavailable', 'It is gone.')),
    }
    const { page, warnings } = await read(raster, broken)
    expect(page.source).toBe('none')
    expect(warnings).toMatchObject([{ code: 'ocr-failed', at: { page: 1 } }])
    await expect(read(raster, engine, ['deu'])).rejects.toMatchObject({
      code: 'missing_package',
      fix: 'npm install @tesseract.js-data/deu',
    })
  })
})
