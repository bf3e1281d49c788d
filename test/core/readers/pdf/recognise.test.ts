import { afterAll, describe, expect, test } from 'vitest'
import type { Page } from '../../../../src/core/doc/page.ts'
import { defaultLimits } from '../../../../src/core/limits.ts'
import type { Ocr, Raster } from '../../../../src/core/ocr.ts'
import { defaultReadOptions, type ReadOptions } from '../../../../src/core/options.ts'
import { readPdf } from '../../../../src/core/readers/pdf/pdf.ts'
import { createReport } from '../../../../src/core/report.ts'
import { openLocalOcr } from '../../../../src/platform/ocr/local.ts'
import { lines, prose, rasterOf } from '../../../ocr/rasters.ts'
import { type Draw, writePdf } from '../../../pdf/write.ts'

const engine = openLocalOcr()
afterAll(() => engine.close?.())

async function read(
  draw: readonly Draw[],
  options: Partial<ReadOptions> = {},
  ocr: Ocr | undefined = engine,
) {
  const report = createReport()
  const source = await readPdf(
    { bytes: writePdf({ pages: [{ draw }] }) },
    {
      options: { ...defaultReadOptions, ...options },
      limits: defaultLimits,
      report,
      signal: new AbortController().signal,
      ...(ocr ? { ocr } : {}),
      progress: () => {},
      isLate: () => false,
      keepImage: () => undefined,
      readMember: async () => undefined,
    },
  )
  const pages: Page[] = []
  for await (const page of source.pages) pages.push(page)
  return { page: pages[0]!, warnings: report.warnings }
}

/** A raster as a picture on the page, `at` x, y, width, height. */
function pasted(
  { width, height, rgba }: Raster,
  [x, y, w, h]: readonly [number, number, number, number],
): Draw {
  const grey = Buffer.from(Array.from({ length: width * height }, (_, at) => rgba[at * 4]!)).toString('hex')
  return {
    raw: `q ${w} 0 0 ${h} ${x} ${792 - y - h} cm BI /W ${width} /H ${height} /CS /G /BPC 8 /F /AHx ID ${grey}> EI Q`,
  }
}

const textOf = ({ words }: Page) => words.map(({ text }) => text).join(' ')
const picture = (draw: readonly Draw[]) => rasterOf(draw, 120, { width: 400, height: 200 })
const place = [100, 200, 400, 200] as const
const native = lines(['A page with a text of its own and a picture.'], 100)

describe('a picture on a page of text', () => {
  test('that is text is read, and stands where the picture stood', async () => {
    const { page } = await read([
      ...native,
      pasted(await picture(lines(prose, 40).map((line) => ({ ...line, x: 20 }))), place),
    ])
    expect(textOf(page)).toBe(`A page with a text of its own and a picture. ${prose.join(' ')}`)
    expect(page.images).toEqual([])
    const first = page.words.find(({ text }) => text === 'contractor')!
    expect(Math.abs(first.baseline - 240)).toBeLessThan(1.5)
    expect(first.x0).toBeGreaterThan(115)
    expect(first.x0).toBeLessThan(150)
  })

  test('that is a drawing keeps its words as its description', async () => {
    const chart = [
      ...[60, 110, 160, 210, 260].map(
        (x, at): Draw => ({ rect: [x, 150 - at * 22, x + 30, 160], fill: '#707070' }),
      ),
      ...['North', 'South', 'East', 'West', 'Centre'].map(
        (text, at): Draw => ({ text, x: 58 + at * 50, y: 175, size: 10 }),
      ),
      { text: 'Bids received in each region', x: 100, y: 24, size: 12 },
      { text: 'Number of offers', x: 20, y: 44, size: 10 },
    ]
    const { page } = await read([...native, pasted(await picture(chart), place)])
    expect(textOf(page)).toBe('A page with a text of its own and a picture.')
    expect(page.images[0]!.alt).toMatch(/Bids received in each region.*North South East West Centre/)
  })

  test('that is a flow chart of boxes keeps its words as its description', async () => {
    const steps = ['Receive petition', 'Assign docket number', 'Serve the order', 'Schedule the trial']
    const chart = steps.flatMap((step, at): Draw[] => {
      const [x, y] = [20 + (at % 2) * 190, 20 + Math.floor(at / 2) * 100]
      const box = { x, y, w: 150, h: 50 }
      const arrow = `${x + 150} ${200 - y - 25} m ${x + 185} ${200 - y - 25} l S`
      return [
        { raw: `1 w ${box.x} ${200 - box.y - box.h} ${box.w} ${box.h} re S ${at % 2 === 0 ? arrow : ''}` },
        { text: step, x: x + 12, y: y + 22, size: 12 },
        { text: 'as the rules say', x: x + 12, y: y + 40, size: 12 },
      ]
    })
    const { page } = await read([...native, pasted(await picture(chart), place)])
    expect(textOf(page)).toBe('A page with a text of its own and a picture.')
    expect(page.images[0]?.alt).toContain('docket number')
  })

  test('that is a photograph costs a glance and says nothing', async () => {
    let asked = 0
    const counting: Ocr = { name: 'counting', recognise: async () => ({ words: [asked++ as never] }) }
    let seed = 1
    const grain = Array.from({ length: 300 }, (): Draw => {
      seed = (seed * 48271) % 2147483647
      const [x, y, tone] = [seed % 380, (seed >> 8) % 180, ((seed >> 4) % 200) + 20]
      const hex = tone.toString(16).padStart(2, '0').repeat(3)
      return { rect: [x, y, x + (seed % 37), y + (seed % 23)], fill: `#${hex}` }
    })
    const { page, warnings } = await read([...native, pasted(await picture(grain), place)], {}, counting)
    expect(asked).toBe(0)
    expect(page.images.length).toBe(1)
    expect(warnings).toEqual([])
  })
})

describe('a scan', () => {
  const whole = [0, 0, 612, 792] as const
  test('with a stamp of native text on it is still read', async () => {
    const { page } = await read([
      pasted(await rasterOf(lines(prose), 120), whole),
      ...lines(['FOIA 2026-0142'], 40),
    ])
    expect(page.source).toBe('ocr')
    expect(textOf(page)).toContain(prose.join(' '))
    expect(textOf(page)).toContain('FOIA')
  })

  test('with a text layer is left as it is', async () => {
    const layer = lines(prose).map((line) => ({ ...line, mode: 3 }) as Draw)
    const broken: Ocr = { name: 'broken', recognise: () => Promise.reject(new Error('must not be asked')) }
    const { page, warnings } = await read(
      [pasted(await rasterOf(lines(prose), 120), whole), ...layer],
      {},
      broken,
    )
    expect(page.source).toBe('native')
    expect(warnings.filter(({ code }) => code === 'ocr-failed')).toEqual([])
  })

  test('is reported when nobody can read it', async () => {
    const { warnings } = await read([pasted(await rasterOf(lines(prose), 120), whole)], { ocr: 'never' })
    expect(warnings).toMatchObject([{ code: 'page-needs-ocr', at: { page: 1 } }])
  })
})
