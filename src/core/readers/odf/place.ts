/** Where shapes stand on a slide, and the order in which a reader takes them. */
import { attribute, type Xml } from '../../io/xml.ts'

export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

const units: Readonly<Record<string, number>> = {
  cm: 1,
  mm: 0.1,
  in: 2.54,
  pt: 2.54 / 72,
  pc: 2.54 / 6,
  px: 2.54 / 96,
}

/** A length in centimetres. */
function length(value: string | undefined): number | undefined {
  const match = /^(-?[\d.]+)(cm|mm|in|pt|pc|px)$/.exec(value ?? '')
  return match ? Number(match[1]) * units[match[2]!]! : undefined
}

/** A turned or skewed shape states its place in `draw:transform`. */
export function boxOf(shape: Xml): Box | undefined {
  const moved = /translate\s*\(\s*(\S+?)[\s,]+(\S+?)\s*\)/.exec(attribute(shape, 'transform') ?? '')
  const x = length(attribute(shape, 'x') ?? attribute(shape, 'x1') ?? moved?.[1])
  const y = length(attribute(shape, 'y') ?? attribute(shape, 'y1') ?? moved?.[2])
  if (x === undefined || y === undefined) return undefined
  return {
    x,
    y,
    width: length(attribute(shape, 'width')) ?? 0,
    height: length(attribute(shape, 'height')) ?? 0,
  }
}

/** Shapes whose tops are closer than this stand side by side (cm). */
const SAME_LINE = 0.8

/** From top to bottom, side by side from left to right; what states no place keeps its place in the file. */
export function arrange(shapes: readonly Xml[]): readonly Xml[] {
  if (shapes.some((shape) => !boxOf(shape))) return shapes
  const placed = shapes
    .map((shape) => ({ shape, box: boxOf(shape)! }))
    .sort((one, other) => one.box.y - other.box.y)
  const lines: (typeof placed)[] = []
  for (const one of placed) {
    const line = lines.at(-1)
    if (line && one.box.y - line[0]!.box.y < SAME_LINE) line.push(one)
    else lines.push([one])
  }
  return lines.flatMap((line) => line.sort((one, other) => one.box.x - other.box.x).map(({ shape }) => shape))
}
