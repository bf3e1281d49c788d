/** Ruling lines in a picture: long thin ink. On a scan nothing else says where a table's cells are. */
import type { Bitmap } from './ink.ts'
import { transpose } from './ink.ts'
import type { PixelBox } from './picture.ts'

export type Line = PixelBox & { readonly width: number; readonly vertical: boolean }

/** Inches. Shorter lines are dashes and parts of letters, thicker ones are bars. */
const SHORTEST = 0.3
const THICKEST = 0.055
/** A faint line breaks up when it is scanned: gaps up to this are closed once the pieces are known to be lines. */
const GAP = 0.08
/** Ink right above and below a line, as a share of its length. Rows of type have stems there (0.25 and more). */
const MOST_BESIDE = 0.15

export function linesOf(bitmap: Bitmap, dpi: number): Line[] {
  const across = straightRuns(bitmap, dpi).map((line): Line => ({ ...line, vertical: false }))
  const down = straightRuns(transpose(bitmap), dpi).map(
    ({ x0, y0, x1, y1, width }): Line => ({ x0: y0, y0: x0, x1: y1, y1: x1, width, vertical: true }),
  )
  return [...across, ...down]
}

type Growing = { x0: number; y0: number; x1: number; y1: number; area: number; lastRow: number }

function straightRuns(bitmap: Bitmap, dpi: number): (PixelBox & { width: number })[] {
  const open: Growing[] = []
  const done: Growing[] = []
  const shortest = SHORTEST * dpi
  for (let y = 0; y < bitmap.height; y++) {
    for (const run of longRuns(bitmap, y, shortest / 2)) extend(open, run, y)
    for (let index = open.length - 1; index >= 0; index--)
      if (open[index]!.lastRow < y) done.push(...open.splice(index, 1))
  }
  const pieces = [...done, ...open]
    .map(({ area, lastRow: _, ...box }) => ({ ...box, width: area / (box.x1 - box.x0) }))
    .filter((piece) => isThin(piece, dpi) && besideShare(bitmap, piece) <= MOST_BESIDE)
  return closed(pieces, GAP * dpi).filter(({ x0, x1 }) => x1 - x0 >= shortest)
}

type Piece = PixelBox & { width: number }

function isThin({ x0, y0, x1, y1, width }: Piece, dpi: number): boolean {
  const length = x1 - x0
  // What is left of skew makes a long line climb a little; more than this and it is no rule.
  return width <= THICKEST * dpi && length >= 8 * width && y1 - y0 <= width + Math.max(2, length * 0.01)
}

function besideShare({ width, height, bits }: Bitmap, { x0, y0, x1, y1 }: Piece): number {
  const above = Math.max(0, y0 - 2) * width
  const below = Math.min(height - 1, y1 + 1) * width
  let count = 0
  for (let x = x0; x < x1; x++) count += bits[above + x]! | bits[below + x]!
  return count / (x1 - x0)
}

/** Joins pieces that follow each other on one line. */
function closed(pieces: readonly Piece[], gap: number): Piece[] {
  const lines: Piece[] = []
  for (const piece of pieces.toSorted((a, b) => a.x0 - b.x0)) {
    const before = lines.findLast(
      (line) =>
        piece.x0 - line.x1 <= gap && piece.y0 < line.y1 + 2 && line.y0 < piece.y1 + 2 && piece.x1 > line.x1,
    )
    if (!before) lines.push({ ...piece })
    else
      Object.assign(before, {
        x1: piece.x1,
        y0: Math.min(before.y0, piece.y0),
        y1: Math.max(before.y1, piece.y1),
        width: Math.max(before.width, piece.width),
      })
  }
  return lines
}

/** One white pixel does not end a line. */
type Run = { readonly x0: number; readonly x1: number; readonly ink: number }

function longRuns({ width, bits }: Bitmap, y: number, shortest: number): Run[] {
  const row = bits.subarray(y * width, (y + 1) * width)
  const runs: Run[] = []
  for (let at = row.indexOf(1); at >= 0; ) {
    const x0 = at
    let x1 = at
    let ink = 0
    for (;;) {
      const stop = row.indexOf(0, at)
      x1 = stop < 0 ? width : stop
      ink += x1 - at
      at = row.indexOf(1, x1)
      if (at < 0 || stop < 0 || at - x1 > 1) break
    }
    if (x1 - x0 >= shortest && ink >= (x1 - x0) * 0.9) runs.push({ x0, x1, ink })
    if (x1 >= width) break
  }
  return runs
}

/** Adds a run to the line it continues; a run that touches two lines joins them. */
function extend(open: Growing[], run: Run, y: number): void {
  const touching = open.filter((line) => line.x0 <= run.x1 + 3 && run.x0 <= line.x1 + 3)
  const line = touching[0]
  if (!line) {
    open.push({ x0: run.x0, y0: y, x1: run.x1, y1: y + 1, area: run.ink, lastRow: y })
    return
  }
  for (const other of touching.slice(1)) {
    open.splice(open.indexOf(other), 1)
    line.y0 = Math.min(line.y0, other.y0)
    line.x0 = Math.min(line.x0, other.x0)
    line.x1 = Math.max(line.x1, other.x1)
    line.area += other.area
  }
  line.x0 = Math.min(line.x0, run.x0)
  line.x1 = Math.max(line.x1, run.x1)
  line.y1 = y + 1
  line.area += run.ink
  line.lastRow = y
}
