/**
 * Ink that looks like type but that the engine passed over: lone page numbers, digits at the end of dot leaders,
 * words inside boxes. Read again one by one; what stays unread is reported.
 */
import type { Ocr, OcrOptions } from '../../ocr.ts'
import type { Component } from '../../raster/components.ts'
import { crop, type PixelBox } from '../../raster/picture.ts'
import { ARROW, BULLET } from './noise.ts'
import { around, type Found, heightOf, sameRow, shareInside, widthOf, withBaselines } from './place.ts'
import type { Sheet } from './sheet.ts'

/** Places on one page that are read again at most; more of them is a picture. */
const MOST = 60
/** A word read without its neighbours must be surer than one read in its line. */
const SURE = 0.6

export type Leftover = { readonly words: readonly Found[]; readonly unread: readonly PixelBox[] }

export async function readLeftover(
  sheet: Sheet,
  words: readonly Found[],
  ocr: Ocr,
  options: Omit<OcrOptions, 'layout'>,
): Promise<Leftover> {
  const rows = rowsOf(passedOver(sheet, words), sheet.typeHeight).map((row) => withPoints(row, sheet))
  const found: Found[] = []
  const unread: PixelBox[] = []
  let line = words.reduce((most, word) => Math.max(most, word.line), 0)
  if (rows.length > MOST) return { words: [], unread: rows.map(({ box }) => box) }
  for (const { box, pieces } of rows) {
    const margin = Math.ceil(sheet.typeHeight / 2)
    const seen = withNeighbours(box, words, sheet.typeHeight)
    const cut = crop(sheet.picture, seen, margin)
    const dx = Math.floor(seen.x0) - margin
    const dy = Math.floor(seen.y0) - margin
    line++
    const { words: again } = await ocr.recognise(cut, { ...options, layout: 'line' })
    const read = withBaselines(again)
      .map((word) => moved(word, dx, dy, line))
      .filter(
        (word) => (isSure(word) || (seen !== box && ARROW.test(word.text))) && shareInside(word, box) > 0.5,
      )
    found.push(...read.map((word) => (ARROW.test(word.text) ? { ...word, text: BULLET } : word)))
    if (read.length === 0 && pieces.length >= 3) unread.push(box)
  }
  return { words: found, unread }
}

/** A lone numeral is read better with the words it stands before. */
function withNeighbours(box: PixelBox, words: readonly Found[], typeHeight: number): PixelBox {
  if (widthOf(box) > typeHeight * 4) return box
  const after = words
    .filter((word) => word.x0 >= box.x1 && word.x0 - box.x1 < typeHeight * 12 && sameRow(word, box) > 0.6)
    .sort((a, b) => a.x0 - b.x0)
    .slice(0, 3)
  const isNear = after[0] && after[0].x0 - box.x1 < typeHeight * 4
  return isNear ? around([box, ...after]) : box
}

const moved = (word: Found, dx: number, dy: number, line: number): Found => ({
  ...word,
  x0: word.x0 + dx,
  x1: word.x1 + dx,
  y0: word.y0 + dy,
  y1: word.y1 + dy,
  ...(word.edges ? { edges: word.edges.map((edge) => edge + dx) } : {}),
  baseline: word.baseline + dy,
  line,
})

const isSure = ({ text, confidence }: { text: string; confidence: number }): boolean =>
  confidence >= SURE && /[\p{L}\p{N}]/u.test(text)

/** Ink of the size of letters that no word covers and that is no ruling line. */
function passedOver({ pieces, lines, typeHeight, bitmap }: Sheet, words: readonly Found[]): Component[] {
  const covered = coverage(bitmap.width, bitmap.height, words, Math.max(2, typeHeight / 6))
  return pieces.filter((piece) => {
    const [width, height] = [widthOf(piece), heightOf(piece)]
    if (Math.max(width, height) < typeHeight * 0.6 || height > typeHeight * 3 || width > typeHeight * 6)
      return false
    if (covered((piece.x0 + piece.x1) / 2, (piece.y0 + piece.y1) / 2)) return false
    return !lines.some((line) => shareInside(piece, grown(line, 2)) > 0.5)
  })
}

const grown = ({ x0, y0, x1, y1 }: PixelBox, by: number): PixelBox => ({
  x0: x0 - by,
  y0: y0 - by,
  x1: x1 + by,
  y1: y1 + by,
})

const CELL = 4

function coverage(width: number, height: number, boxes: readonly PixelBox[], margin: number) {
  const columns = Math.ceil(width / CELL)
  const rows = Math.ceil(height / CELL)
  const cells = new Uint8Array(columns * rows)
  for (const box of boxes) {
    const { x0, y0, x1, y1 } = grown(box, margin)
    for (let row = Math.max(0, Math.floor(y0 / CELL)); row < Math.min(rows, Math.ceil(y1 / CELL)); row++)
      cells.fill(
        1,
        row * columns + Math.max(0, Math.floor(x0 / CELL)),
        row * columns + Math.min(columns, Math.ceil(x1 / CELL)),
      )
  }
  return (x: number, y: number): boolean => cells[Math.floor(y / CELL) * columns + Math.floor(x / CELL)] === 1
}

/** Full stops and commas at the foot of the row, too small to be looked for on their own. */
function withPoints(row: Row, { pieces, typeHeight }: Sheet): Row {
  const { x0, x1, y0, y1 } = row.box
  const points = pieces.filter(
    (piece) =>
      widthOf(piece) < typeHeight * 0.6 &&
      piece.x0 >= x0 &&
      piece.x0 <= x1 + typeHeight * 0.7 &&
      piece.y0 > (y0 + y1) / 2 &&
      piece.y1 <= y1 + typeHeight * 0.5,
  )
  return { box: around([row.box, ...points]), pieces: row.pieces }
}

type Row = { readonly box: PixelBox; readonly pieces: readonly Component[] }

/** Neighbours on one row belong together; what is taller than a line of type is a picture. */
function rowsOf(pieces: readonly Component[], typeHeight: number): Row[] {
  const rows: { box: PixelBox; pieces: Component[] }[] = []
  for (const piece of pieces.toSorted((a, b) => a.x0 - b.x0)) {
    const row = rows.findLast(
      ({ box }) => piece.x0 - box.x1 <= typeHeight * 1.2 && sameRow(box, piece) >= 0.5,
    )
    if (row) {
      row.pieces.push(piece)
      row.box = around([row.box, piece])
    } else rows.push({ box: piece, pieces: [piece] })
  }
  return rows.filter(({ box, pieces: own }) => {
    const tallest = Math.max(...own.map(heightOf))
    return heightOf(box) <= typeHeight * 3 && tallest >= typeHeight * 0.7
  })
}
