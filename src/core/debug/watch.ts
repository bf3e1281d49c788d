/** Keeps of each page that passes what a debug picture shows of it. */
import { asDisplayed } from '../doc/frame.ts'
import type { HiddenText, Page, PageSource, Rect } from '../doc/page.ts'
import { asPng } from '../io/png.ts'
import { scale, toPicture } from '../raster/picture.ts'
import type { Report } from '../report.ts'

/** A page as a reader found it; all places as displayed. */
export type Seen = {
  readonly number: number
  readonly width: number
  readonly height: number
  readonly source: Page['source']
  readonly words: readonly (Rect & { readonly text: string })[]
  readonly strokes: readonly Rect[]
  readonly hidden: readonly HiddenText[]
  /** The page itself; absent: it cannot be painted. */
  readonly png?: Uint8Array
}

/** Sharp enough to read the page behind the boxes. */
const DPI = 100
/** Pictures are kept in memory until the document is whole. */
const MOST_PAGES = 200

export function watched(source: PageSource, seen: Seen[], report: Report): PageSource {
  return { ...source, pages: keeping(source, seen, report) }
}

async function* keeping(source: PageSource, seen: Seen[], report: Report): AsyncGenerator<Page> {
  for await (const page of source.pages) {
    if (seen.length < MOST_PAGES) seen.push(await seenOf(page, source))
    else if (page.number === seen.at(-1)!.number + 1)
      report.warn('image-skipped', `Debug pictures were made of the first ${MOST_PAGES} pages read.`, {
        page: page.number,
      })
    yield page
  }
}

async function seenOf(page: Page, source: PageSource): Promise<Seen> {
  const { number, width, height } = page
  const isSideways = page.turned === 90 || page.turned === 270
  const shown = <B extends Rect>(box: B): B => asDisplayed(box, page, width, height)
  const place = (box: Rect): Rect => {
    const { x0, y0, x1, y1 } = shown(box)
    return { x0, y0, x1, y1 }
  }
  const png = await pngOf(number, source)
  return {
    number,
    width: isSideways ? height : width,
    height: isSideways ? width : height,
    source: page.source,
    words: page.words.map((word) => ({ ...place(word), text: word.text })),
    strokes: page.strokes.map(place),
    hidden: page.hidden.map(shown),
    ...(png ? { png } : {}),
  }
}

async function pngOf(number: number, { paint }: PageSource): Promise<Uint8Array | undefined> {
  const painting = await paint?.(number, DPI)
  if (!painting) return undefined
  const picture = toPicture(painting)
  return asPng(picture.dpi > DPI ? scale(picture, DPI / picture.dpi) : picture)
}
