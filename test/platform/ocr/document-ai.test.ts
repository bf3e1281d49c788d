import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { asPng } from '../../../src/core/io/png.ts'
import { readConfig } from '../../../src/platform/config/config.ts'
import { openOcr } from '../../../src/platform/ocr/open.ts'
import { createPool } from '../../../src/platform/pool/pool.ts'
import { type DocumentAi, documentAiVendor, type Token } from '../../vendors/document-ai.ts'

const processor = 'projects/acme/locations/eu/processors/abc123'
const tokens: readonly Token[] = [
  { text: 'Offerors', box: [0, 0, 0.3, 0.1], line: 0 },
  { text: '𝒮hall', box: [0.31, 0, 0.5, 0.1], line: 0 },
  { text: 'submit', box: [0, 0.2, 0.25, 0.3], line: 1 },
]
const picture = { width: 400, height: 200, grey: new Uint8Array(400 * 200).fill(200), dpi: 200 }

let google: DocumentAi
beforeAll(async () => {
  google = await documentAiVendor(processor, tokens)
})
beforeEach(() => google.calm())
afterAll(() => google.close())

const open = async (options = {}) => {
  const ocr = await openOcr({
    engine: 'document-ai',
    command: '',
    documentAi: { processor, endpoint: google.url, ...options },
  })
  return ocr === 'child' ? Promise.reject(new Error('not the engine asked for')) : ocr
}
const page = { languages: ['eng', 'deu'], layout: 'page' } as const

test('words come with their places in pixels, their lines, and characters beyond the basic plane', async () => {
  const ocr = await open()
  const { words } = await ocr.recognise(picture, page)
  expect(words.map(({ text, line }) => [text, line])).toEqual([
    ['Offerors', 0],
    ['𝒮hall', 0],
    ['submit', 1],
  ])
  expect(words[1]).toMatchObject({ x0: 124, y0: 0, x1: 200, y1: 20 })
  expect(words[0]!.confidence).toBeCloseTo(0.97)
  expect(google.pictures.at(-1)).toEqual({ width: 400, height: 200, first: 200 })
  const { processOptions } = JSON.parse(google.asked.at(-1)!.body.toString())
  expect(processOptions.ocrConfig.hints.languageHints).toEqual(['en', 'de'])
  await ocr.close?.()
})

test.each([429, 503, 'cut', 'half'] as const)('%s passes when it is tried again', async (how) => {
  google.fail({ how, times: 1 })
  expect((await (await open()).recognise(picture, page)).words).toHaveLength(3)
})

test.each([
  [503, 'unavailable'],
  ['stall', 'unavailable'],
  [403, 'bad_option'],
  [404, 'bad_option'],
] as const)('%s for good is told as %s, without the words of the vendor', async (how, code) => {
  google.fail({ how })
  const ocr = await open({ tries: 2, ...(how === 'stall' ? { timeoutMs: 500 } : {}) })
  const error = await ocr.recognise(picture, page).catch((thrown) => thrown)
  expect(error).toMatchObject({ code })
  expect(`${error.message} ${error.fix}`).not.toMatch(/vendor says|127\.0\.0\.1/)
})

test('a scan is converted with it', async () => {
  const pool = createPool({ size: 1, ocr: await open() })
  const { output } = await pool.print(asPng({ ...picture, grey: scribbles() }), { name: 'scan.png' })
  expect(output).toContain('Offerors 𝒮hall')
  expect(output).toContain('submit')
  pool.close()
})

test('the configuration names the processor in full or by its id', () => {
  const env = { OCR_ENGINE: 'document-ai', DOCAI_PROCESSOR_ID: 'abc123' }
  expect(() => readConfig(env)).toThrow(/GOOGLE_CLOUD_PROJECT/)
  expect(() => readConfig({ OCR_ENGINE: 'document-ai' })).toThrow(/DOCAI_PROCESSOR_ID/)
  expect(
    readConfig({ ...env, GOOGLE_CLOUD_PROJECT: 'acme', DOCAI_LOCATION: 'eu' }).ocr.documentAi,
  ).toMatchObject({
    processor,
  })
  expect(readConfig({ ...env, DOCAI_PROCESSOR_ID: processor }).ocr.documentAi).toMatchObject({ processor })
})

/** Something that looks like print, so that the page is not taken for blank. */
function scribbles(): Uint8Array {
  const grey = new Uint8Array(400 * 200).fill(255)
  for (let y = 4; y < 60; y++)
    for (let x = 4; x < 190; x++) if (y % 20 > 4 && x % 7 < 3) grey[y * 400 + x] = 0
  return grey
}
