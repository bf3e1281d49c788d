/** Pages whose lines run up, down or upside down, as wide tables are bound in: turned so that they read level. */
import type { Page, Rect, Word } from '../../doc/page.ts'

/** Share of a page's characters that run one way. */
const MOST = 0.6
/** Pages with fewer characters may be a drawing with its labels. */
const ENOUGH = 40

type Turn = 90 | 180 | 270

/** The page as it reads; `turned` says by how much it was turned clockwise. */
export function upright(page: Page): Page {
  const turned = page.source === 'native' && !page.turned ? turnOf(page.words) : undefined
  if (!turned) return page
  const move = mover(page, turned)
  const moved = <B extends Rect>(boxes: readonly B[]): B[] => boxes.map((box) => ({ ...box, ...move(box) }))
  const isQuarter = turned !== 180
  return {
    ...page,
    turned,
    width: isQuarter ? page.height : page.width,
    height: isQuarter ? page.width : page.height,
    words: page.words.map((word) => movedWord(word, turned, move)),
    strokes: moved(page.strokes),
    fills: moved(page.fills),
    images: moved(page.images),
    ...(page.drawings ? { drawings: moved(page.drawings) } : {}),
    fields: moved(page.fields),
    ...(page.notes ? { notes: moved(page.notes) } : {}),
    hidden: moved(page.hidden),
  }
}

function turnOf(words: readonly Word[]): Turn | undefined {
  let all = 0
  const chars = new Map<number, number>()
  for (const { text, rotation = 0 } of words) {
    all += text.length
    chars.set(rotation, (chars.get(rotation) ?? 0) + text.length)
  }
  if (all < ENOUGH) return undefined
  return ([90, 180, 270] as const).find((turn) => (chars.get(turn) ?? 0) > MOST * all)
}

function mover({ width, height }: Page, turned: Turn): (box: Rect) => Rect {
  switch (turned) {
    case 90:
      return ({ x0, y0, x1, y1 }) => ({ x0: height - y1, y0: x0, x1: height - y0, y1: x1 })
    case 180:
      return ({ x0, y0, x1, y1 }) => ({ x0: width - x1, y0: height - y1, x1: width - x0, y1: height - y0 })
    case 270:
      return ({ x0, y0, x1, y1 }) => ({ x0: y0, y0: width - x1, x1: y1, y1: width - x0 })
  }
}

function movedWord({ rotation = 0, ...word }: Word, turned: Turn, move: (box: Rect) => Rect): Word {
  const box = move(word)
  // Across the writing stands an x where it runs up or down, a y where it runs level.
  const isAcross = rotation % 180 === 90
  const at = word.baseline
  const { x0, y0 } = move(isAcross ? { x0: at, y0: 0, x1: at, y1: 0 } : { x0: 0, y0: at, x1: 0, y1: at })
  const left = (rotation - turned + 360) % 360
  if (left !== 0) return { ...word, ...box, baseline: left % 180 === 90 ? x0 : y0, rotation: left }
  // The em square around the baseline, as words of level pages have it.
  return { ...word, x0: box.x0, x1: box.x1, y0: y0 - 0.8 * word.size, y1: y0 + 0.2 * word.size, baseline: y0 }
}
