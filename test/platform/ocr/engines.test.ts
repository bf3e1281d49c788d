import { execFileSync } from 'node:child_process'
import { afterAll, describe, expect, test } from 'vitest'
import type { Ocr } from '../../../src/core/ocr.ts'
import { crop, toPicture } from '../../../src/core/raster/picture.ts'
import { openLocalOcr } from '../../../src/platform/ocr/local.ts'
import { openTesseractProgram, tesseractVersion } from '../../../src/platform/ocr/program.ts'
import { createPool } from '../../../src/platform/pool/pool.ts'
import { lines, prose, rasterOf } from '../../ocr/rasters.ts'
import { writePdf } from '../../pdf/write.ts'

const hasProgram = (() => {
  try {
    execFileSync('tesseract', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    if (!process.env.CI) console.warn('SKIPPED: the tesseract program is not installed.')
    return Boolean(process.env.CI)
  }
})()

/** Every engine must pass. */
function ocrContract(name: string, open: () => Ocr): void {
  describe(name, () => {
    const ocr = open()
    afterAll(() => ocr.close?.())

    test('reads a page: words in lines, in pixels, with confidence', async () => {
      const picture = toPicture(await rasterOf(lines(prose)))
      const { words } = await ocr.recognise(picture, { languages: ['eng'], layout: 'page' })
      expect(words.map(({ text }) => text).join(' ')).toBe(prose.join(' '))
      expect(new Set(words.map(({ line }) => line)).size).toBe(prose.length)
      for (const { x0, y0, x1, y1, confidence } of words) {
        expect(x0).toBeGreaterThanOrEqual(0)
        expect(x1).toBeGreaterThan(x0)
        expect(y1).toBeGreaterThan(y0)
        expect(x1).toBeLessThanOrEqual(picture.width)
        expect(confidence).toBeGreaterThan(0.5)
        expect(confidence).toBeLessThanOrEqual(1)
      }
      const [first] = words
      expect(Math.abs((first!.x0 * 72) / picture.dpi - 72)).toBeLessThan(2)
      if (first!.baseline !== undefined)
        expect(Math.abs((first!.baseline * 72) / picture.dpi - 100)).toBeLessThan(1.5)
    })

    test('reads a single line', async () => {
      const picture = crop(
        toPicture(await rasterOf(lines(['Part four, page 12']))),
        { x0: 140, y0: 180, x1: 600, y1: 220 },
        8,
      )
      const { words } = await ocr.recognise(picture, { languages: ['en'], layout: 'line' })
      expect(words.map(({ text }) => text).join(' ')).toBe('Part four, page 12')
    })

    test('finds nothing on an empty page', async () => {
      const picture = { width: 300, height: 200, grey: new Uint8Array(60_000).fill(255), dpi: 150 }
      expect((await ocr.recognise(picture, { languages: ['eng'], layout: 'page' })).words).toEqual([])
    })

    test('says which model is missing and how to get it, and takes nothing but codes', async () => {
      const picture = { width: 30, height: 20, grey: new Uint8Array(600).fill(255), dpi: 150 }
      await expect(
        ocr.recognise(picture, { languages: ['kat', 'eng'], layout: 'page' }),
      ).rejects.toMatchObject({
        code: 'missing_package',
        fix: expect.stringContaining('kat'),
      })
      for (const bad of ['../eng', '--help', 'e', 'eng+deu'])
        await expect(ocr.recognise(picture, { languages: [bad], layout: 'page' })).rejects.toMatchObject({
          code: 'bad_option',
        })
      const { words } = await ocr.recognise(picture, { languages: ['eng'], layout: 'page' })
      expect(words).toEqual([])
    })

    test('does not start once it was stopped', async () => {
      const picture = toPicture(await rasterOf(lines(prose)))
      await expect(
        ocr.recognise(picture, { languages: ['eng'], layout: 'page', signal: AbortSignal.abort() }),
      ).rejects.toThrow()
    })
  })
}

ocrContract('the engine that ships with mdraft', openLocalOcr)
if (hasProgram) {
  ocrContract('the tesseract program', openTesseractProgram)
  test('the program tells its version', async () => {
    expect(await tesseractVersion()).toMatch(/^\d+\.\d+/)
    expect(await tesseractVersion('no-such-program')).toBeUndefined()
  })
}

test('a program that is not there is unavailable, not a crash', async () => {
  const picture = { width: 30, height: 20, grey: new Uint8Array(600).fill(255), dpi: 150 }
  await expect(
    openTesseractProgram({ command: 'no-such-program' }).recognise(picture, {
      languages: ['eng'],
      layout: 'page',
    }),
  ).rejects.toMatchObject({ code: 'unavailable' })
})

/** A page of nothing but one picture, as scanners write it. */
async function scannedPdf(): Promise<Uint8Array> {
  const { width, height, rgba } = await rasterOf(lines(prose), 120)
  const grey = Buffer.from(Array.from({ length: width * height }, (_, at) => rgba[at * 4]!)).toString('hex')
  const picture = `q 612 0 0 792 0 0 cm BI /W ${width} /H ${height} /CS /G /BPC 8 /F /AHx ID ${grey}> EI Q`
  return writePdf({
    pages: [{ draw: [{ raw: picture }] }, { draw: lines(['Page two has text of its own.']) }],
  })
}

describe('a scanned PDF', () => {
  test('is recognised inside the child, page by page, with no file, process or network but its own code', async () => {
    const pool = createPool({ size: 1 })
    const stages: string[] = []
    const result = await pool.convert(
      await scannedPdf(),
      {},
      { onProgress: ({ stage, page }) => stages.push(`${stage} ${page}`) },
    )
    pool.close()
    expect(result.output.replace(/\s+/g, ' ').trim()).toBe(`${prose.join(' ')} Page two has text of its own.`)
    expect(result.doc.pages.map(({ text }) => text)).toEqual(['ocr', 'native'])
    expect(stages).toContain('recognising 1')
    expect(stages).not.toContain('recognising 2')
    expect(result.warnings).toEqual([])
  })

  test('is recognised by the parent when it has an engine', async () => {
    let asked = 0
    const own = openLocalOcr()
    const pool = createPool({
      size: 1,
      ocr: {
        name: 'counting',
        recognise: (picture, options) => {
          asked++
          return own.recognise(picture, options)
        },
      },
    })
    const result = await pool.convert(await scannedPdf())
    await expect(pool.convert(await scannedPdf(), { languages: ['kat'] })).rejects.toMatchObject({
      code: 'missing_package',
    })
    pool.close()
    expect(asked).toBeGreaterThan(0)
    expect(result.output).toContain('shall deliver a monthly report')
  })

  test('says so when recognition is off', async () => {
    const pool = createPool({ size: 1 })
    const result = await pool.convert(await scannedPdf(), { ocr: 'never' })
    pool.close()
    expect(result.partial).toBe(true)
    expect(result.warnings).toMatchObject([{ code: 'page-needs-ocr', at: { page: 1 } }])
    expect(result.output).toContain('Page two')
  })
})
