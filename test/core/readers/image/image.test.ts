import jpeg from 'jpeg-js'
import { GifWriter } from 'omggif'
import { PNG } from 'pngjs'
import UTIF from 'utif2'
import { describe, expect, test } from 'vitest'
import type { Page } from '../../../../src/core/doc/page.ts'
import { defaultLimits, type Limits } from '../../../../src/core/limits.ts'
import type { Ocr, Picture } from '../../../../src/core/ocr.ts'
import { defaultReadOptions, type ReadOptions } from '../../../../src/core/options.ts'
import { readImage } from '../../../../src/core/readers/image/image.ts'
import { type Orientation, oriented } from '../../../../src/core/readers/image/picture-file.ts'
import { createReport } from '../../../../src/core/report.ts'

/** An engine that says what picture it was given. */
function looker(): Ocr & { readonly seen: Picture[] } {
  const seen: Picture[] = []
  return {
    name: 'looker',
    seen,
    recognise: async (picture) => {
      seen.push(picture)
      return {
        words: [{ text: 'seen', x0: 10, y0: 10, x1: 60, y1: 24, baseline: 24, confidence: 0.9, line: 0 }],
      }
    },
  }
}

type How = { options?: Partial<ReadOptions>; limits?: Partial<Limits>; ocr?: Ocr }

async function read(bytes: Uint8Array, { options = {}, limits = {}, ocr }: How = {}) {
  const report = createReport()
  const kept: string[] = []
  const source = await readImage(
    { bytes },
    {
      options: { ...defaultReadOptions, ...options },
      limits: { ...defaultLimits, ...limits },
      report,
      signal: new AbortController().signal,
      ...(ocr ? { ocr } : {}),
      progress: () => {},
      isLate: () => false,
      keepImage: ({ mime }) => {
        kept.push(mime)
        return 'kept.bin'
      },
      readMember: async () => undefined,
    },
  )
  const pages: Page[] = []
  for await (const page of source.pages) pages.push(page)
  return { pages, codes: report.warnings.map(({ code }) => code), kept }
}

/** A white page of 200 × 100 with a word's worth of ink in its upper left quarter: blocks too high to be a rule. */
const [width, height] = [200, 100]
const rgba = new Uint8Array(width * height * 4).map((_, at) => {
  const [x, y] = [(at >> 2) % width, Math.floor((at >> 2) / width)]
  return at % 4 === 3 ? 255 : x >= 20 && x < 80 && x % 12 < 9 && y >= 10 && y < 24 ? 0 : 255
})
const barIn = ({ grey, width: w }: Picture) => {
  const at = grey.findIndex((value) => value < 100)
  return [at % w, Math.floor(at / w)]
}

const files = {
  png: () => {
    const png = new PNG({ width, height })
    png.data = Buffer.from(rgba)
    return PNG.sync.write(png)
  },
  jpeg: () => jpeg.encode({ data: rgba, width, height }, 95).data,
  tiff: () => new Uint8Array(UTIF.encodeImage(rgba, width, height)),
  gif: () => {
    const buffer = Buffer.alloc(width * height + 2000)
    const gif = new GifWriter(buffer, width, height, { palette: [0, 0xffffff] })
    const frame = Array.from({ length: width * height }, (_, at) => (rgba[at * 4] === 0 ? 0 : 1))
    gif.addFrame(0, 0, width, height, frame)
    gif.addFrame(0, 0, width, height, frame)
    return new Uint8Array(buffer.subarray(0, gif.end()))
  },
  // The same picture, packed by libwebp (lossless) and by libtiff (CCITT group 4).
  webp: () =>
    Buffer.from(
      'UklGRjYAAABXRUJQVlA4TCkAAAAvx8AYAA8w//M///MfeAbFANBAEeSPl0EIQ7j3iej/BETqDQoUqurTBgA=',
      'base64',
    ),
  fax: () =>
    Buffer.from(
      'SUkqADgAAAD/yIRgQwIYEMCGBf///////////////////////////8RERH////////////wAQAQLAAABAwABAAAAyAAAAAEBAwABAAAAZAAAAAIBAwABAAAAAQAAAAMBAwABAAAABAAAAAYBAwABAAAAAAAAABEBBAABAAAACAAAABIBAwABAAAAAQAAABUBAwABAAAAAQAAABYBAwABAAAAZAAAABcBBAABAAAAMAAAABwBAwABAAAAAQAAAAAAAAA=',
      'base64',
    ),
}

describe('pixels', () => {
  test.each(Object.keys(files) as (keyof typeof files)[])('of a %s reach the engine', async (kind) => {
    const ocr = looker()
    const { pages, codes } = await read(files[kind](), { ocr })
    const [picture] = ocr.seen
    expect([picture!.width, picture!.height]).toEqual([width, height])
    const [x, y] = barIn(picture!)
    expect(Math.abs(x! - 20)).toBeLessThanOrEqual(1)
    expect(Math.abs(y! - 10)).toBeLessThanOrEqual(1)
    expect(pages[0]).toMatchObject({ number: 1, source: 'ocr', words: [{ text: 'seen' }] })
    expect(codes).toEqual(kind === 'gif' ? ['unsupported-content'] : [])
  })

  test.each([
    [1, [2, 0]],
    [2, [0, 0]],
    [3, [0, 1]],
    [4, [2, 1]],
    [5, [0, 2]],
    [6, [1, 2]],
    [7, [1, 0]],
    [8, [0, 0]],
  ] as [Orientation, [number, number]][])('stand as orientation %i says', (orientation, [x, y]) => {
    // The stored picture: 3 × 2, one black pixel at its upper right.
    const stored = new Uint8Array(24).fill(255)
    stored.set([0, 0, 0], 8)
    const seen = oriented(stored, { width: 3, height: 2, orientation })
    const at = seen.rgba.indexOf(0) >> 2
    expect([at % seen.width, Math.floor(at / seen.width)]).toEqual([x, y])
  })

  test('of every page of a TIFF are read, and of wanted ones only', async () => {
    const pages = (name: string) =>
      read(twoPages(), { ocr: looker(), options: name === 'all' ? {} : { pages: [{ from: 2, to: 2 }] } })
    expect((await pages('all')).pages.map(({ number }) => number)).toEqual([1, 2])
    expect((await pages('second')).pages.map(({ number }) => number)).toEqual([2])
    await expect(read(twoPages(), { options: { pages: [{ from: 3, to: 9 }] } })).rejects.toMatchObject({
      code: 'bad_option',
    })
  })
})

/** Two pages: the second directory is a copy of the first behind the data. */
function twoPages(next?: number): Uint8Array {
  const one = files.tiff()
  const view = new DataView(one.buffer, one.byteOffset, one.byteLength)
  const little = one[0] === 0x49
  const first = view.getUint32(4, little)
  const length = 2 + view.getUint16(first, little) * 12 + 4
  const both = new Uint8Array(one.length + length)
  both.set(one)
  both.set(one.subarray(first, first + length), one.length)
  new DataView(both.buffer).setUint32(first + length - 4, one.length, little)
  new DataView(both.buffer).setUint32(both.length - 4, next ?? 0, little)
  return both
}

describe('size', () => {
  test('on paper comes from the resolution the file states, when that gives a likely page', async () => {
    const png = new PNG({ width: 850, height: 1100 })
    png.data.fill(255)
    const { pages } = await read(PNG.sync.write(png), { ocr: looker() })
    expect(pages[0]).toMatchObject({ width: 612, height: 792, source: 'none' })
  })

  test('over the limit is refused before a pixel is decoded', async () => {
    const bomb = Buffer.from(files.png())
    bomb.writeUInt32BE(60_000, 16)
    bomb.writeUInt32BE(60_000, 20)
    await expect(read(bomb)).rejects.toMatchObject({ code: 'too_large' })
    for (const kind of ['jpeg', 'tiff', 'gif', 'webp'] as const)
      await expect(read(files[kind](), { limits: { imagePixels: 1000 } })).rejects.toMatchObject({
        code: 'too_large',
      })
  })
})

describe('what cannot be read', () => {
  test('is reported when recognition is off, and the picture is kept', async () => {
    const { pages, codes, kept } = await read(files.png(), { ocr: looker(), options: { ocr: 'never' } })
    expect(codes).toEqual(['page-needs-ocr'])
    expect(kept).toEqual(['image/png'])
    expect(pages[0]).toMatchObject({ source: 'none', images: [{ name: 'kept.bin' }] })
    expect((await read(files.png())).codes).toEqual(['page-needs-ocr'])
  })

  test('is a typed error when the file is cut off or empty inside', async () => {
    for (const kind of ['png', 'tiff', 'gif', 'webp'] as const) {
      const whole = files[kind]()
      await expect(read(whole.subarray(0, 30), { ocr: looker() })).rejects.toMatchObject({
        code: 'malformed',
      })
    }
    await expect(read(files.jpeg().subarray(0, 30), { ocr: looker() })).rejects.toMatchObject({
      code: 'malformed',
    })
  })

  test('a chain of directories that runs in a circle ends', async () => {
    const circle = twoPages(8)
    const { pages, codes } = await read(circle, { ocr: looker() })
    expect(pages.length).toBe(2)
    expect(codes).toEqual(['part-damaged'])
  })
})
