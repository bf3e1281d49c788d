/** Image files → pages, each recognised when an engine is there. */
import type { Page, PageSource } from '../../doc/page.ts'
import { asMdraftError, MdraftError } from '../../errors.ts'
import type { Limits } from '../../limits.ts'
import type { Raster } from '../../ocr.ts'
import type { PageReader, ReadContext } from '../../reader.ts'
import { recognisePage } from '../ocr/page.ts'
import { oriented, type PictureFile, type PicturePage } from './picture-file.ts'

type Opener = (bytes: Uint8Array, context: ReadContext) => Promise<PictureFile>

/** By the first bytes; each decoder is loaded when it is needed. */
const openers: readonly { readonly starts: RegExp; readonly open: Opener }[] = [
  { starts: /^\x89PNG/, open: async (bytes) => (await import('./png.ts')).openPng(bytes) },
  {
    starts: /^\xff\xd8/,
    open: async (bytes, { limits }) => (await import('./jpeg.ts')).openJpeg(bytes, limits.imagePixels),
  },
  {
    starts: /^(II|MM)/,
    open: async (bytes, { limits, report }) => (await import('./tiff.ts')).openTiff(bytes, limits, report),
  },
  { starts: /^RIFF/, open: async (bytes) => (await import('./webp.ts')).openWebp(bytes) },
  { starts: /^GIF8/, open: async (bytes) => (await import('./gif.ts')).openGif(bytes) },
]

export const readImage: PageReader = async ({ bytes }, context) => {
  const file = await open(bytes, context)
  const wanted = file.pages
    .map((page, index) => ({ page, number: index + 1 }))
    .filter(
      ({ number }) => context.options.pages?.some(({ from, to }) => number >= from && number <= to) ?? true,
    )
  if (wanted.length === 0)
    throw new MdraftError(
      'bad_option',
      `None of the wanted pages exists; the file has ${file.pages.length}.`,
      {
        fix: 'Give page numbers from 1 up (--pages 1-5,8).',
      },
    )
  if (file.framesLeftOut)
    context.report.warn('unsupported-content', `${file.framesLeftOut} frames after the first were left out.`)
  return {
    format: 'image',
    meta: {},
    pageCount: wanted.length,
    bookmarks: [],
    pages: readPages(file, wanted, bytes, context),
    paint: async (number) => {
      const page = file.pages[number - 1]
      return page && rasterOf(page)
    },
  } satisfies PageSource
}

async function open(bytes: Uint8Array, context: ReadContext): Promise<PictureFile> {
  const head = Buffer.from(bytes.subarray(0, 16)).toString('latin1')
  const row = openers.find(({ starts }) => starts.test(head))
  if (!row)
    throw new MdraftError('unsupported_format', 'The picture is of no kind that mdraft reads.', savedAnew)
  try {
    const file = await row.open(bytes, context)
    const [only] = file.pages
    if (file.pages.length === 1 && only) checkPixels(only, context.limits)
    return file
  } catch (error) {
    throw error instanceof MdraftError ? error : damaged(error)
  }
}

const savedAnew = { fix: 'Save it anew as PNG from an image program.' }
const damaged = (cause: unknown) =>
  new MdraftError('malformed', 'The picture is damaged or of a rare kind that cannot be decoded.', {
    ...savedAnew,
    cause,
  })

function checkPixels({ width, height }: PicturePage, { imagePixels }: Limits): void {
  if (width < 1 || height < 1) throw damaged(undefined)
  if (width * height > imagePixels)
    throw new MdraftError(
      'too_large',
      `The picture has ${width} × ${height} pixels; the limit is ${imagePixels}.`,
      { fix: 'Scale it down (200 dots an inch are enough), or raise the limit.' },
    )
}

async function* readPages(
  file: PictureFile,
  wanted: readonly { page: PicturePage; number: number }[],
  bytes: Uint8Array,
  context: ReadContext,
): AsyncGenerator<Page> {
  for (const [at, { page, number }] of wanted.entries()) {
    context.signal.throwIfAborted()
    if (at > 0 && context.isLate()) {
      context.report.warn(
        'deadline-reached',
        `Stopped at the deadline after ${at} of ${wanted.length} pages.`,
        {
          page: number,
        },
      )
      return
    }
    context.progress({ stage: 'recognising', page: number, pages: wanted.length })
    try {
      yield await readPage(page, number, file, bytes, context)
    } catch (error) {
      const known = error instanceof MdraftError ? error : damaged(error)
      // Of several pages one bad one costs itself; where it is the whole file, it costs the call.
      if (file.pages.length === 1 || !['malformed', 'too_large'].includes(known.code))
        throw asMdraftError(known)
      context.report.warn('page-failed', `Page ${number} was left out: ${known.message}`, { page: number })
    }
  }
}

async function readPage(
  picture: PicturePage,
  number: number,
  file: PictureFile,
  bytes: Uint8Array,
  context: ReadContext,
): Promise<Page> {
  checkPixels(picture, context.limits)
  const raster = rasterOf(picture)
  const { width, height, dpi } = raster
  const slot = { number, width: (width * 72) / dpi, height: (height * 72) / dpi }
  const page = await recognised(raster, slot, context)
  if (page.words.length > 0) return page
  const name =
    file.pages.length === 1 ? context.keepImage({ bytes, mime: file.mime, width, height }) : undefined
  return { ...page, images: [{ x0: 0, y0: 0, x1: slot.width, y1: slot.height, ...(name ? { name } : {}) }] }
}

function rasterOf(picture: PicturePage): Raster {
  const { rgba, width, height } = oriented(picture.decode(), picture)
  return { rgba, width, height, dpi: resolution(width, height, picture.dpi) }
}

function recognised(
  raster: Raster,
  slot: { number: number; width: number; height: number },
  context: ReadContext,
): Promise<Page> | Page {
  const { ocr, options, report } = context
  if (ocr && options.ocr !== 'never') return recognisePage(raster, slot, ocr, context)
  report.warn('page-needs-ocr', `Page ${slot.number} is a picture; text recognition is switched off.`, {
    page: slot.number,
  })
  const nothing = { words: [], strokes: [], fills: [], images: [], tags: [], fields: [], hidden: [] }
  return { ...slot, source: 'none', ...nothing }
}

/** Inches: the longer side of a page that somebody scanned or photographed. */
const LEAST_SIDE = 1
const MOST_SIDE = 24
const LETTER = 11

/** Cameras and programs write 72 whatever the truth: a resolution that gives no likely page is not believed. */
function resolution(width: number, height: number, stated: number | undefined): number {
  const longer = Math.max(width, height)
  const isLikely = stated !== undefined && longer / stated >= LEAST_SIDE && longer / stated <= MOST_SIDE
  return isLikely ? stated : Math.max(72, longer / LETTER)
}
