/** Drawn objects of a page → ruling lines, filled areas, pictures, drawings. */
import type { Drawing, Fill, PageImage, Rect, Stroke } from '../../doc/page.ts'
import { fillColor, strokeColor } from './colors.ts'
import { identity, type Matrix, multiply, transformRect } from './geometry.ts'
import type { Pdfium } from './pdfium.ts'

/** Something painted: when, by which object, and the way from the object's space to the page. */
export type Painted = Rect & { readonly order: number; readonly object: number; readonly matrix: Matrix }

export type Graphics = {
  readonly strokes: Stroke[]
  readonly fills: (Fill & Painted)[]
  readonly images: (PageImage & Painted)[]
  readonly drawings: Drawing[]
  /** Paint order of every text object, to know what covers it, and the box it is clipped to. */
  readonly texts: Map<number, { readonly order: number; readonly clip: Rect | undefined }>
  /** Not everything on the page was looked at. */
  isTruncated: boolean
}

/** FPDFPageObj_GetType */
const TEXT = 1
const PATH = 2
const IMAGE = 3
const SHADING = 4
const FORM = 5

/** A filled rectangle thinner than this (in points) is a ruling line. */
const THIN = 3.5
/** Maps and plots have hundreds of thousands of objects; what tells tables from figures shows long before. */
const MAX_OBJECTS = 60_000
const MAX_SEGMENTS = 400_000

type Walk = {
  readonly pdfium: Pdfium
  readonly out: Graphics
  readonly maxDepth: number
  objects: number
  segments: number
}

export function readGraphics(pdfium: Pdfium, page: number, toDisplay: Matrix, maxDepth: number): Graphics {
  const out: Graphics = {
    strokes: [],
    fills: [],
    images: [],
    drawings: [],
    texts: new Map(),
    isTruncated: false,
  }
  const walk: Walk = { pdfium, out, maxDepth, objects: 0, segments: 0 }
  const { call } = pdfium
  const count = call.FPDFPage_CountObjects(page)
  for (let index = 0; index < count && walk.objects < MAX_OBJECTS; index++)
    readObject(walk, call.FPDFPage_GetObject(page, index), toDisplay, 0)
  out.isTruncated = walk.objects >= MAX_OBJECTS || walk.segments >= MAX_SEGMENTS
  return out
}

function readObject(walk: Walk, object: number, matrix: Matrix, depth: number): void {
  const { call } = walk.pdfium
  const order = walk.objects++
  switch (call.FPDFPageObj_GetType(object)) {
    case TEXT:
      walk.out.texts.set(object, { order, clip: windowOf(clipOf(walk.pdfium, object, matrix)) })
      return
    case PATH:
      readPath(walk, object, matrix, order)
      return
    case IMAGE: {
      const box = bounds(walk.pdfium, object, matrix)
      if (box) walk.out.images.push({ ...box, order, object, matrix })
      return
    }
    case SHADING: {
      const box = bounds(walk.pdfium, object, matrix)
      if (box) walk.out.drawings.push(box)
      return
    }
    case FORM: {
      if (depth >= walk.maxDepth) return
      const inner = multiply(objectMatrix(walk.pdfium, object), matrix)
      const count = call.FPDFFormObj_CountObjects(object)
      for (let index = 0; index < count && walk.objects < MAX_OBJECTS; index++)
        readObject(walk, call.FPDFFormObj_GetObject(object, index), inner, depth + 1)
    }
  }
}

function objectMatrix({ call, scratch, f32 }: Pdfium, object: number): Matrix {
  if (call.FPDFPageObj_GetMatrix(object, scratch) === 0) return identity
  const at = scratch >> 2
  const heap = f32()
  return [heap[at]!, heap[at + 1]!, heap[at + 2]!, heap[at + 3]!, heap[at + 4]!, heap[at + 5]!]
}

function bounds({ call, scratch, f32 }: Pdfium, object: number, matrix: Matrix): Rect | undefined {
  if (call.FPDFPageObj_GetBounds(object, scratch, scratch + 4, scratch + 8, scratch + 12) === 0)
    return undefined
  const at = scratch >> 2
  const heap = f32()
  return transformRect(matrix, heap[at]!, heap[at + 1]!, heap[at + 2]!, heap[at + 3]!)
}

/** Clips of more parts are shapes, not windows. */
const MAX_CLIPS = 8

const windowOf = (clip: Clip): Rect | undefined => (clip === 'shape' ? undefined : clip)

type Clip = Rect | 'shape' | undefined

/** The box that clip paths leave of the page; `shape` when one of them is no rectangle. */
export function clipOf(pdfium: Pdfium, object: number, matrix: Matrix): Clip {
  const { call, scratch } = pdfium
  const path = call.FPDFPageObj_GetClipPath(object)
  const count = path === 0 ? 0 : call.FPDFClipPath_CountPaths(path)
  if (count <= 0) return undefined
  if (count > MAX_CLIPS) return 'shape'
  let clip: Rect = { x0: -Infinity, y0: -Infinity, x1: Infinity, y1: Infinity }
  for (let at = 0; at < count; at++) {
    const segments = call.FPDFClipPath_CountPathSegments(path, at)
    if (segments < 4 || segments > 5) return 'shape'
    const [x, y] = [[] as number[], [] as number[]]
    for (let point = 0; point < 3; point++) {
      call.FPDFPathSegment_GetPoint(call.FPDFClipPath_GetPathSegment(path, at, point), scratch, scratch + 4)
      x.push(pdfium.f32()[scratch >> 2]!)
      y.push(pdfium.f32()[(scratch + 4) >> 2]!)
    }
    if (x[0] !== x[1] && y[0] !== y[1]) return 'shape'
    const one = transformRect(
      matrix,
      Math.min(x[0]!, x[2]!),
      Math.min(y[0]!, y[2]!),
      Math.max(x[0]!, x[2]!),
      Math.max(y[0]!, y[2]!),
    )
    clip = {
      x0: Math.max(clip.x0, one.x0),
      y0: Math.max(clip.y0, one.y0),
      x1: Math.min(clip.x1, one.x1),
      y1: Math.min(clip.y1, one.y1),
    }
  }
  return clip
}

type Point = readonly [number, number]
/** One connected part of a path; `isStraight` when it has no curve. */
type Subpath = { points: Point[]; isStraight: boolean; isClosed: boolean }

function readPath(walk: Walk, object: number, space: Matrix, order: number): void {
  const { pdfium, out } = walk
  const { call, scratch } = pdfium
  if (call.FPDFPath_GetDrawMode(object, scratch, scratch + 4) === 0) return
  const isFilled = pdfium.i32()[scratch >> 2] !== 0
  const isStroked = pdfium.i32()[(scratch + 4) >> 2] !== 0
  if (!isFilled && !isStroked) return
  const fill = isFilled ? fillColor(pdfium, object) : undefined
  const line = isStroked ? strokeColor(pdfium, object) : undefined
  if (fill === undefined && line === undefined) return
  const matrix = multiply(objectMatrix(pdfium, object), space)
  const width = line === undefined ? 0 : strokeWidth(pdfium, object, matrix)
  for (const subpath of readSubpaths(walk, object, matrix)) {
    const box = boxOf(subpath.points)
    const isRule = fill !== undefined && line === undefined && isThin(box)
    if (!subpath.isStraight || !(isUpright(subpath.points) || isRule)) {
      out.drawings.push(box)
      continue
    }
    if (fill !== undefined) pushFill(out, { ...box, color: fill, order, object, matrix: space })
    if (line !== undefined) pushStrokes(out, subpath, width, line)
  }
}

function pushFill(out: Graphics, fill: Fill & Painted): void {
  const { color, x0, y0, x1, y1 } = fill
  const box = { x0, y0, x1, y1 }
  const w = box.x1 - box.x0
  const h = box.y1 - box.y0
  if (w <= THIN && h <= THIN && Math.max(w, h) < 2 * Math.min(w, h)) return
  if (Math.min(w, h) <= THIN) {
    if (color !== '#ffffff') out.strokes.push({ ...box, width: Math.min(w, h), color })
  } else out.fills.push(fill)
}

function pushStrokes(out: Graphics, { points, isClosed }: Subpath, width: number, color: string): void {
  if (color === '#ffffff') return
  const last = isClosed ? points.length : points.length - 1
  for (let at = 0; at < last; at++) {
    const [x0, y0] = points[at]!
    const [x1, y1] = points[(at + 1) % points.length]!
    if (x0 === x1 && y0 === y1) continue
    out.strokes.push({
      x0: Math.min(x0, x1),
      y0: Math.min(y0, y1),
      x1: Math.max(x0, x1),
      y1: Math.max(y0, y1),
      width,
      color,
    })
  }
}

function strokeWidth({ call, scratch, f32 }: Pdfium, object: number, [a, b]: Matrix): number {
  call.FPDFPageObj_GetStrokeWidth(object, scratch)
  return Math.max(0.1, f32()[scratch >> 2]! * Math.hypot(a, b))
}

/** FPDFPathSegment_GetType */
const LINE_TO = 0
const BEZIER_TO = 1
const MOVE_TO = 2

function readSubpaths(walk: Walk, object: number, [a, b, c, d, e, f]: Matrix): Subpath[] {
  const { pdfium } = walk
  const { call, scratch } = pdfium
  const count = call.FPDFPath_CountSegments(object)
  const found: Subpath[] = []
  let current: Subpath | undefined
  for (let index = 0; index < count && walk.segments < MAX_SEGMENTS; index++) {
    walk.segments++
    const segment = call.FPDFPath_GetPathSegment(object, index)
    call.FPDFPathSegment_GetPoint(segment, scratch, scratch + 4)
    const heap = pdfium.f32()
    const x = heap[scratch >> 2]!
    const y = heap[(scratch + 4) >> 2]!
    const point: Point = [a * x + c * y + e, b * x + d * y + f]
    const type = call.FPDFPathSegment_GetType(segment)
    if (type === MOVE_TO || !current) {
      current = { points: [point], isStraight: true, isClosed: false }
      found.push(current)
    } else {
      current.points.push(point)
      if (type === BEZIER_TO) current.isStraight = false
    }
    if (type === LINE_TO && call.FPDFPathSegment_GetClose(segment) !== 0) current.isClosed = true
  }
  return found.filter(({ points }) => points.length > 1)
}

function boxOf(points: readonly Point[]): Rect {
  let [x0, y0] = points[0]!
  let [x1, y1] = points[0]!
  for (const [x, y] of points) {
    if (x < x0) x0 = x
    if (x > x1) x1 = x
    if (y < y0) y0 = y
    if (y > y1) y1 = y
  }
  return { x0, y0, x1, y1 }
}

/** Borders of cells are often filled bars with mitred ends: long and thin, though no rectangle. */
function isThin({ x0, y0, x1, y1 }: Rect): boolean {
  const [short, long] = [x1 - x0, y1 - y0].toSorted((one, other) => one - other) as [number, number]
  return short <= THIN && long >= 2 * THIN
}

/** Every step runs along an axis (within half a point). */
function isUpright(points: readonly Point[]): boolean {
  for (let at = 1; at < points.length; at++) {
    const [x0, y0] = points[at - 1]!
    const [x1, y1] = points[at]!
    if (Math.abs(x1 - x0) > 0.5 && Math.abs(y1 - y0) > 0.5) return false
  }
  return true
}
