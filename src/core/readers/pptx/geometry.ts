/** Where shapes stand on a slide, and the order in which people read them. */
import { attribute, child, descend, type Xml } from '../../io/xml.ts'

/** In English Metric Units (914,400 an inch), as displayed. */
export type Frame = {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** From the coordinates inside a group to those of the slide (ECMA-376 part 1, 20.1.7.5). */
export type Mapping = {
  readonly x: number
  readonly y: number
  readonly scaleX: number
  readonly scaleY: number
}
export const slideMapping: Mapping = { x: 0, y: 0, scaleX: 1, scaleY: 1 }

const number = (element: Xml | undefined, name: string): number | undefined => {
  const value = Number(attribute(element, name))
  return attribute(element, name) === undefined || !Number.isFinite(value) ? undefined : value
}

/** The frame that a shape, picture, group or graphic frame states for itself. */
export function frameOf(shape: Xml | undefined, mapping: Mapping): Frame | undefined {
  const xfrm = xfrmOf(shape)
  const [off, ext] = [child(xfrm, 'off'), child(xfrm, 'ext')]
  const [x, y, width, height] = [number(off, 'x'), number(off, 'y'), number(ext, 'cx'), number(ext, 'cy')]
  if (x === undefined || y === undefined || width === undefined || height === undefined) return undefined
  return {
    x: mapping.x + x * mapping.scaleX,
    y: mapping.y + y * mapping.scaleY,
    width: width * mapping.scaleX,
    height: height * mapping.scaleY,
  }
}

const xfrmOf = (shape: Xml | undefined): Xml | undefined =>
  child(shape, 'xfrm') ?? descend(shape, 'spPr', 'xfrm') ?? descend(shape, 'grpSpPr', 'xfrm')

export function mappingOf(group: Xml, outer: Mapping): Mapping {
  const xfrm = xfrmOf(group)
  const frame = frameOf(group, outer)
  const [off, ext] = [child(xfrm, 'chOff'), child(xfrm, 'chExt')]
  const [width, height] = [number(ext, 'cx') ?? 0, number(ext, 'cy') ?? 0]
  if (!frame) return outer
  const scaleX = width > 0 ? frame.width / width : outer.scaleX
  const scaleY = height > 0 ? frame.height / height : outer.scaleY
  return {
    x: frame.x - (number(off, 'x') ?? 0) * scaleX,
    y: frame.y - (number(off, 'y') ?? 0) * scaleY,
    scaleX,
    scaleY,
  }
}

export type Placed<T> = { readonly frame: Frame | undefined; readonly value: T }

/**
 * Reading order: bands of the slide from top to bottom and columns from left to right, one inside the other (recursive
 * cuts along empty strips). Where both cuts are possible, the one that is nearer to the author's order is made: a
 * comparison is read column by column, a row of cards row by row. Shapes that overlap stay in the author's order; one
 * without a place stays behind the one before it.
 */
export function inReadingOrder<T>(shapes: readonly Placed<T>[]): T[] {
  const groups: Group<T>[] = []
  for (const { frame, value } of shapes) {
    const last = groups.at(-1)
    if (!frame && last) last.values.push(value)
    else groups.push({ frame, order: groups.length, values: [value] })
  }
  return cut(groups, 0).flatMap((group) => group.values)
}

type Group<T> = { readonly frame: Frame | undefined; readonly order: number; readonly values: T[] }

/** Shapes may touch a little and still stand apart to the eye: this share of the smaller one. */
const TOUCH = 0.15
/** More cuts inside one another than any layout has; more shapes than both ways are tried for. */
const DEPTH = 12
const MANY = 40

function cut<T>(groups: readonly Group<T>[], depth: number): Group<T>[] {
  if (groups.length < 2 || depth > DEPTH) return [...groups]
  const orders = (['y', 'x'] as const)
    .map((axis) => stripsOf(groups, axis))
    .filter((strips) => strips.length > 1)
    .slice(0, groups.length > MANY ? 1 : 2)
    .map((strips) => strips.flatMap((strip) => cut(strip, depth + 1)))
  const [bands, columns] = orders
  if (!bands) return [...groups]
  return columns && inversions(columns) < inversions(bands) ? columns : bands
}

/** Pairs that stand the other way round than the author put them. */
function inversions<T>(groups: readonly Group<T>[]): number {
  let count = 0
  for (const [index, group] of groups.entries())
    for (let later = index + 1; later < groups.length; later++)
      if (groups[later]!.order < group.order) count++
  return count
}

/** Runs of shapes with an empty strip between one run and the next. */
function stripsOf<T>(groups: readonly Group<T>[], axis: 'x' | 'y'): Group<T>[][] {
  const size = axis === 'x' ? 'width' : 'height'
  const start = (group: Group<T>) => group.frame?.[axis] ?? 0
  const length = (group: Group<T>) => group.frame?.[size] ?? 0
  const sorted = groups
    .map((group, index) => ({ group, index }))
    .sort((one, two) => start(one.group) - start(two.group) || one.index - two.index)
  const strips: { members: typeof sorted; end: number; least: number }[] = []
  for (const member of sorted) {
    const [from, extent] = [start(member.group), length(member.group)]
    const last = strips.at(-1)
    const slack = last ? Math.min(last.least, extent) * TOUCH : 0
    if (last && from < last.end - slack) {
      last.members.push(member)
      last.end = Math.max(last.end, from + extent)
      last.least = Math.min(last.least, extent)
    } else strips.push({ members: [member], end: from + extent, least: extent })
  }
  // Inside a strip the author's order stands.
  return strips.map(({ members }) =>
    members.sort((one, two) => one.index - two.index).map(({ group }) => group),
  )
}
