/** Paragraph and run properties as they are written, before styles are looked up (ECMA-376 part 1, 17.3). */
import { attribute, child, elements, type Xml } from '../../io/xml.ts'

/** Absent: the property is not stated here. */
export type RunProperties = {
  readonly style?: string
  readonly bold?: boolean
  readonly italic?: boolean
  readonly strike?: boolean
  readonly underline?: boolean
  readonly highlight?: boolean
  readonly hidden?: boolean
  readonly position?: 'superscript' | 'subscript' | 'baseline'
  readonly font?: string
  /** Six hexadecimal digits, or `auto`. */
  readonly color?: string
  /** Half-points. */
  readonly size?: number
  /** A ground of its own: shading or highlighting. */
  readonly shaded?: boolean
}

export type ParagraphProperties = {
  readonly style?: string
  /** 0 to 8; 9 is body text (17.3.1.20). */
  readonly outline?: number
  readonly numId?: number
  readonly level?: number
  /** Twentieths of a point. */
  readonly left?: number
  readonly firstLine?: number
  readonly align?: string
  readonly pageBreakBefore?: boolean
  readonly shaded?: boolean
  /** A letter that hangs over the lines of the next paragraph, which it begins (17.3.1.11). */
  readonly dropCap?: boolean
  readonly bidi?: boolean
}

/** An on/off property: present means on unless it says otherwise (17.17.4). */
export function isOn(element: Xml | undefined): boolean | undefined {
  if (!element) return undefined
  const value = attribute(element, 'val')
  return value === undefined || !/^(0|false|off)$/i.test(value)
}

export function integer(value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  const number = Number.parseInt(value, 10)
  return Number.isFinite(number) ? number : undefined
}

/** A measure in twentieths of a point; the strict form writes units (22.9.2.14). */
function twips(value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  const match = /^(-?[\d.]+)(mm|cm|in|pt|pc|pi)?$/.exec(value)
  if (!match) return undefined
  const perUnit = { mm: 56.7, cm: 567, in: 1440, pt: 20, pc: 240, pi: 240 } as const
  return Math.round(Number(match[1]) * (match[2] ? perUnit[match[2] as keyof typeof perUnit] : 1))
}

type Reader<T> = (element: Xml, into: { -readonly [K in keyof T]: T[K] }) => void

const toggle =
  (name: 'bold' | 'italic' | 'strike' | 'hidden'): Reader<RunProperties> =>
  (element, into) => {
    into[name] = isOn(element) ?? true
  }

/** What is not in the table has no bearing on the text. */
const runReaders: Readonly<Record<string, Reader<RunProperties>>> = {
  b: toggle('bold'),
  i: toggle('italic'),
  strike: toggle('strike'),
  dstrike: toggle('strike'),
  vanish: toggle('hidden'),
  u: (element, into) => {
    into.underline = (attribute(element, 'val') ?? 'single') !== 'none'
  },
  highlight: (element, into) => {
    into.highlight = (attribute(element, 'val') ?? 'none') !== 'none'
    if (into.highlight) into.shaded = true
  },
  vertAlign: (element, into) => {
    const value = attribute(element, 'val')
    into.position = value === 'superscript' || value === 'subscript' ? value : 'baseline'
  },
  rStyle: (element, into) => {
    const style = attribute(element, 'val')
    if (style) into.style = style
  },
  color: (element, into) => {
    const color = attribute(element, 'val')
    if (color) into.color = color.toUpperCase()
  },
  sz: (element, into) => {
    const size = integer(attribute(element, 'val'))
    if (size !== undefined) into.size = size
  },
  shd: (element, into) => {
    into.shaded = isShading(element)
  },
  rFonts: (element, into) => {
    const font = attribute(element, 'ascii') ?? attribute(element, 'hAnsi')
    if (font) into.font = font
  },
}

/** A fill, or a pattern, that is not the white of the paper (17.3.5). */
function isShading(element: Xml): boolean {
  const fill = (attribute(element, 'fill') ?? 'auto').toUpperCase()
  const pattern = attribute(element, 'val') ?? 'clear'
  return (
    attribute(element, 'themeFill') !== undefined ||
    (fill !== 'AUTO' && fill !== 'FFFFFF') ||
    (pattern !== 'clear' && pattern !== 'nil')
  )
}

const none: RunProperties = {}

export function runProperties(rPr: Xml | undefined): RunProperties {
  if (!rPr || rPr.children.length === 0) return none
  const into = {}
  for (const element of elements(rPr)) runReaders[element.local]?.(element, into)
  return into
}

const paragraphReaders: Readonly<Record<string, Reader<ParagraphProperties>>> = {
  pStyle: (element, into) => {
    const style = attribute(element, 'val')
    if (style) into.style = style
  },
  outlineLvl: (element, into) => {
    const level = integer(attribute(element, 'val'))
    if (level !== undefined && level >= 0) into.outline = level
  },
  numPr: (element, into) => {
    const numId = integer(attribute(child(element, 'numId'), 'val'))
    const level = integer(attribute(child(element, 'ilvl'), 'val'))
    if (numId !== undefined) into.numId = numId
    if (level !== undefined) into.level = Math.min(8, Math.max(0, level))
  },
  ind: (element, into) => {
    const left = twips(attribute(element, 'left') ?? attribute(element, 'start'))
    const hanging = twips(attribute(element, 'hanging'))
    const first = hanging === undefined ? twips(attribute(element, 'firstLine')) : -hanging
    if (left !== undefined) into.left = left
    if (first !== undefined) into.firstLine = first
  },
  jc: (element, into) => {
    const align = attribute(element, 'val')
    if (align) into.align = align
  },
  pageBreakBefore: (element, into) => {
    into.pageBreakBefore = isOn(element) ?? true
  },
  shd: (element, into) => {
    into.shaded = isShading(element)
  },
  framePr: (element, into) => {
    into.dropCap = (attribute(element, 'dropCap') ?? 'none') !== 'none'
  },
  bidi: (element, into) => {
    into.bidi = isOn(element) ?? true
  },
}

export function paragraphProperties(pPr: Xml | undefined): ParagraphProperties {
  const into = {}
  for (const element of elements(pPr)) paragraphReaders[element.local]?.(element, into)
  return into
}
