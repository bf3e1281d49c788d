/** Pictures on a page of text: a table or a page pasted as an image is read, a photograph or chart stays a figure. */
import type { Page, Rect } from '../../doc/page.ts'
import type { Ocr, Raster } from '../../ocr.ts'
import { components } from '../../raster/components.ts'
import { toBitmap } from '../../raster/ink.ts'
import { toPicture } from '../../raster/picture.ts'
import { lettersOf, skewOf } from '../../raster/skew.ts'
import type { ReadContext } from '../../reader.ts'
import { createReport } from '../../report.ts'
import { type PageSlot, recognise } from './page.ts'
import { shareInside } from './place.ts'
import type { Sheet } from './sheet.ts'

/** Letters and how marked their lines are; photographs reach 2 now and then, charts have few letters. */
const FEWEST_LETTERS = 40
const LEAST_CONTRAST = 3
/** Fewer and less sure words are grain that looks like letters. */
const FEWEST_WORDS = 5
const LEAST_CONFIDENCE = 0.8
/** Share of the ink that is words and ruling lines. Bars, curves and arrows of charts are neither; a table pasted as a picture has .98. */
const MOSTLY_TYPE = 0.95
const BOXES_OF_A_CHART = 3
/** A drawing of more lines is no flow chart. */
const MOST_LINES = 500
/** Pixels between lines that meet. */
const NEAR = 6

/** A quick look at low resolution, so that photographs cost little. */
export function looksLikeType(raster: Raster): boolean {
  const picture = toPicture(raster)
  const { letters, typeHeight } = lettersOf(components(toBitmap(picture)), picture.dpi)
  return letters.length >= FEWEST_LETTERS && skewOf(letters, typeHeight).contrast >= LEAST_CONTRAST
}

/** `type`: nothing but type and ruling lines. `figure`: a drawing with words in it. */
export type PictureText = { readonly kind: 'type' | 'figure'; readonly page: Page }

/** @returns undefined when no words can be made out */
export async function recognisePicture(
  raster: Raster,
  slot: PageSlot,
  ocr: Ocr,
  context: Pick<ReadContext, 'options' | 'signal'>,
): Promise<PictureText | undefined> {
  // Doubts about what turns out to be a photograph are nobody's concern.
  const read = await recognise(raster, slot, ocr, { ...context, report: createReport() })
  if (!read) return undefined
  const { page, sheet } = read
  const sure = page.words.filter(
    ({ text, confidence = 0 }) => confidence > 0.7 && /[\p{L}\p{N}]{2}/u.test(text),
  )
  if (sure.length < FEWEST_WORDS || (page.confidence ?? 0) < LEAST_CONFIDENCE) return undefined
  const isType = typeShare(page, sheet) >= MOSTLY_TYPE && looseBoxes(sheet.lines) < BOXES_OF_A_CHART
  return { kind: isType ? 'type' : 'figure', page }
}

/** Frames with corners of their own: cells of a table share theirs, boxes of a flow chart do not. */
function looseBoxes(lines: Sheet['lines']): number {
  if (lines.length > MOST_LINES) return 0
  const [level, upright] = [lines.filter(isLevel), lines.filter((line) => !isLevel(line))]
  const corners = level.flatMap(({ x0, x1, y0, y1 }) =>
    [x0, x1].filter((x) => {
      const y = (y0 + y1) / 2
      const turns = upright.filter((line) => isNear(line.x0, x) && (isNear(line.y0, y) || isNear(line.y1, y)))
      return turns.length === 1 && lines.filter((line) => holds(line, x, y)).length === 2
    }),
  )
  return Math.floor(corners.length / 4)
}

const isLevel = ({ x0, y0, x1, y1 }: Rect): boolean => x1 - x0 > y1 - y0
const isNear = (a: number, b: number): boolean => Math.abs(a - b) <= NEAR
const holds = ({ x0, y0, x1, y1 }: Rect, x: number, y: number): boolean =>
  x >= x0 - NEAR && x <= x1 + NEAR && y >= y0 - NEAR && y <= y1 + NEAR

function typeShare({ words, width }: Page, { pieces, lines, panels, picture }: Sheet): number {
  const pixels = picture.width / width
  const boxes = [
    ...words.map(({ x0, y0, x1, y1 }) => ({
      x0: x0 * pixels - 2,
      y0: y0 * pixels - 2,
      x1: x1 * pixels + 2,
      y1: y1 * pixels + 2,
    })),
    ...lines.map(({ x0, y0, x1, y1 }) => ({ x0: x0 - 3, y0: y0 - 3, x1: x1 + 3, y1: y1 + 3 })),
  ]
  let type = 0
  // A panel with nothing written on it is a bar or a shape.
  let all = panels
    .filter(({ ground }) => ground < 200)
    .filter((panel) => !boxes.some((box) => shareInside(box, panel) > 0.5))
    .reduce((sum, panel) => sum + (panel.x1 - panel.x0) * (panel.y1 - panel.y0), 0)
  for (const piece of pieces) {
    all += piece.area
    const inside = boxes.reduce((sum, box) => sum + shareInside(piece, box), 0)
    // A grid is one piece of many lines: what counts is how much of its ink they explain.
    const ruled = lines.reduce(
      (sum, line) =>
        shareInside(line, piece) > 0.9
          ? sum + Math.max(line.x1 - line.x0, line.y1 - line.y0) * line.width
          : sum,
      0,
    )
    type += inside > 0.5 ? piece.area : Math.min(piece.area, ruled)
  }
  return all === 0 ? 0 : type / all
}
