/**
 * The second engine, pdf.js: for files that PDFium refuses, streams it cannot unpack, and fonts it reads as garbage.
 * It gives words with place and size, but no lines, pictures or weights. The one file that loads it, at use.
 */
import type { Word } from '../../doc/page.ts'
import { type Matrix, multiply } from './geometry.ts'
import { glyphText } from './glyphs.ts'

export type SecondFile = {
  readonly pageCount: number
  readonly title: string | undefined
  page(index: number): Promise<SecondPage>
  close(): Promise<void>
}
type SecondPage = { readonly width: number; readonly height: number; readonly words: Word[] }

/** A file on which it takes longer than this has to do without its opinion. */
const SECONDS = 30

/** The package is an optional one, as it is heavy: without it there is no second opinion. */
const load = () =>
  import('pdfjs-dist/legacy/build/pdf.mjs').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ERR_MODULE_NOT_FOUND') return undefined
    throw error
  })

/** @returns undefined when it cannot open the file either. */
export async function openSecond(
  bytes: Uint8Array,
  password: string | undefined,
): Promise<SecondFile | undefined> {
  const engine = await load()
  if (!engine) return undefined
  const { getDocument, VerbosityLevel } = engine
  const task = getDocument({
    // It takes the buffer for itself, and no Buffer.
    data: new Uint8Array(bytes),
    verbosity: VerbosityLevel.ERRORS,
    useSystemFonts: false,
    disableFontFace: true,
    enableXfa: false,
    ...(password === undefined ? {} : { password }),
  })
  try {
    const file = await inTime(task.promise)
    const info: unknown = (await inTime(file.getMetadata())).info
    return {
      pageCount: file.numPages,
      title: titleOf(info),
      page: async (index) => {
        const page = await inTime(file.getPage(index + 1))
        const { width, height, transform } = page.getViewport({ scale: 1 })
        const { items } = await inTime(page.getTextContent())
        page.cleanup()
        const words = items.flatMap((item) =>
          'str' in item ? wordsOf(item, transform as unknown as Matrix) : [],
        )
        return { width, height, words }
      },
      close: () => task.destroy(),
    }
  } catch {
    await task.destroy()
    return undefined
  }
}

async function inTime<T>(promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The second engine takes too long.')), SECONDS * 1000)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

function titleOf(info: unknown): string | undefined {
  if (typeof info !== 'object' || info === null || !('Title' in info)) return undefined
  return typeof info.Title === 'string' && info.Title.trim() !== '' ? info.Title.trim() : undefined
}

type Item = {
  readonly str: string
  readonly transform: readonly number[]
  readonly width: number
  readonly fontName: string
}

/** A run of text as words: it states its width as a whole, which its characters share evenly. */
function wordsOf({ str, transform, width, fontName }: Item, toDisplay: Matrix): Word[] {
  const text = [...str].map((char) => glyphText(char.codePointAt(0)!)).join('')
  const [a, b, c, d, e, f] = multiply(transform as unknown as Matrix, toDisplay)
  const size = Math.hypot(c, d)
  if (text.trim() === '' || size === 0) return []
  const angle = (Math.round((Math.atan2(-b, a) * 180) / Math.PI) + 360) % 360
  const step = width / Math.max(1, text.length)
  const [dx, dy] = [Math.cos((angle * Math.PI) / 180), -Math.sin((angle * Math.PI) / 180)]
  return [...text.matchAll(/\S+/g)].map(({ 0: word, index }): Word => {
    const [from, to] = [index * step, (index + word.length) * step]
    const xs = [e + from * dx, e + to * dx]
    const ys = [f + from * dy, f + to * dy]
    const isLevel = angle === 0 || angle === 180
    return {
      text: word,
      x0: Math.min(...xs) - (isLevel ? 0 : 0.8 * size),
      x1: Math.max(...xs) + (isLevel ? 0 : 0.2 * size),
      y0: Math.min(...ys) - (isLevel ? 0.8 * size : 0),
      y1: Math.max(...ys) + (isLevel ? 0.2 * size : 0),
      size,
      font: fontName,
      bold: false,
      italic: false,
      baseline: isLevel ? f : e,
      ...(angle === 0 ? {} : { rotation: angle }),
    }
  })
}
