/** Rows of dots that lead the eye from an entry to its page number. Engines read them as letters. */
import type { Picture } from '../ocr.ts'
import type { Component } from './components.ts'
import type { PixelBox } from './picture.ts'

export type Leader = PixelBox & { readonly dots: number }

const FEWEST_DOTS = 5
/** As shares of the height of small letters. */
const LARGEST_DOT = 0.55
const WIDEST_GAP = 1.6
/** Grey levels between a dot and the gap after it, where dots have run together. */
const RIPPLE = 16

/** A dot, or dots that have run together. */
type Bead = PixelBox & { readonly dots: number }

export function leadersOf(pieces: readonly Component[], typeHeight: number, picture: Picture): Leader[] {
  const beads = pieces.flatMap((piece) => beadOf(piece, typeHeight, picture) ?? [])
  const rows: Bead[][] = []
  for (const bead of beads.toSorted((a, b) => a.x0 - b.x0)) {
    const row = rows.findLast((one) => follows(one.at(-1)!, bead, typeHeight))
    if (row) row.push(bead)
    else rows.push([bead])
  }
  return rows
    .filter(isRegular)
    .map(around)
    .filter(({ dots }) => dots >= FEWEST_DOTS)
}

function beadOf(piece: Component, typeHeight: number, picture: Picture): Bead | undefined {
  const { x0, y0, x1, y1, area } = piece
  const [width, height] = [x1 - x0, y1 - y0]
  const most = Math.max(3, typeHeight * LARGEST_DOT)
  if (height > most || area < width * height * 0.5) return undefined
  if (width <= most) return { x0, y0, x1, y1, dots: 1 }
  const dots = ripples(piece, picture)
  return dots >= width / (height * 3) && dots >= 2 ? { x0, y0, x1, y1, dots } : undefined
}

/** How often the ink along the middle of a piece swells and fades: a rule does not. */
function ripples({ x0, y0, x1, y1 }: PixelBox, { width, grey }: Picture): number {
  const row = Math.floor((y0 + y1) / 2) * width
  let count = 0
  let isFalling = true
  let extreme = 255
  for (let x = x0; x < x1; x++) {
    const value = grey[row + x]!
    if (isFalling ? value < extreme : value > extreme) extreme = value
    else if (Math.abs(value - extreme) >= RIPPLE) {
      if (isFalling) count++
      isFalling = !isFalling
      extreme = value
    }
  }
  return count + (isFalling ? 1 : 0)
}

const follows = (last: Bead, bead: Bead, typeHeight: number): boolean =>
  bead.x0 >= last.x1 &&
  bead.x0 - last.x1 <= typeHeight * WIDEST_GAP &&
  Math.abs(bead.y1 - last.y1) <= Math.max(1, typeHeight * 0.12)

/** Specks lie anywhere; dots of a leader keep their distance. */
function isRegular(beads: readonly Bead[]): boolean {
  if (beads.length < 3) return true
  const steps = beads.slice(1).map((bead, index) => bead.x0 - beads[index]!.x1)
  const middle = steps.toSorted((a, b) => a - b)[Math.floor(steps.length / 2)]!
  return (
    steps.filter((step) => Math.abs(step - middle) <= Math.max(2, middle * 0.3)).length >= steps.length * 0.7
  )
}

function around(beads: readonly Bead[]): Leader {
  return {
    x0: beads[0]!.x0,
    x1: beads.at(-1)!.x1,
    y0: Math.min(...beads.map(({ y0 }) => y0)),
    y1: Math.max(...beads.map(({ y1 }) => y1)),
    dots: beads.reduce((sum, { dots }) => sum + dots, 0),
  }
}

/** The picture with these boxes painted over as paper. */
export function without(picture: Picture, boxes: readonly PixelBox[]): Picture {
  if (boxes.length === 0) return picture
  const grey = picture.grey.slice()
  for (const { x0, y0, x1, y1 } of boxes)
    for (let y = Math.max(0, y0 - 1); y <= Math.min(picture.height - 1, y1); y++)
      grey.fill(
        255,
        y * picture.width + Math.max(0, x0 - 1),
        y * picture.width + Math.min(picture.width, x1 + 1),
      )
  return { ...picture, grey }
}
