/** Lists: definitions, counting, and paragraphs put together as lists (RTF 1.9.1, "List Tables", "Bullets and Numbering"). */
import { heading, item, list, paragraph } from '../../doc/build.ts'
import { isBlankInline } from '../../doc/inline.ts'
import type { Block, Inline, ListItem } from '../../doc/model.ts'
import { repeatedLetters, roman } from '../numerals.ts'
import type { Item, Line } from './state.ts'

export type LevelDefinition = {
  /** MSO number format: 0 decimal, 1 I, 2 i, 3 A, 4 a, 23 bullet, 255 none. */
  format: number
  start: number
  /** The label with the number of each level as a character 0 to 8. */
  text: string
}

export type Lists = {
  readonly levels: Map<number, LevelDefinition[]>
  /** Override number → list id. */
  readonly overrides: Map<number, number>
  readonly counters: Map<number, number[]>
}

export const newLists = (): Lists => ({ levels: new Map(), overrides: new Map(), counters: new Map() })

export const BULLET = 23
const NONE = 255

const printed = (number: number, format: number): string => {
  switch (format) {
    case 1:
      return roman(number).toUpperCase()
    case 2:
      return roman(number)
    case 3:
      return repeatedLetters(number).toUpperCase()
    case 4:
      return repeatedLetters(number)
    default:
      return String(number)
  }
}

/** Counts a paragraph of the list on this level and gives its label; undefined for bullets. */
export function countLabel(lists: Lists, override: number, level: number): string | undefined {
  const id = lists.overrides.get(override) ?? override
  const levels = lists.levels.get(id)
  const definition = levels?.[level]
  const counter = lists.counters.get(id) ?? []
  lists.counters.set(id, counter)
  const last = counter[level]
  counter[level] = last === undefined ? (definition?.start ?? 1) : last + 1
  counter.length = level + 1
  if (!definition || definition.format === BULLET) return undefined
  if (definition.format === NONE) return ''
  const label = [...definition.text]
    .map((character) => {
      const code = character.charCodeAt(0)
      return code < 9
        ? printed(counter[code] ?? levels?.[code]?.start ?? 1, levels?.[code]?.format ?? 0)
        : character
    })
    .join('')
  return label === '' ? `${printed(counter[level]!, definition.format)}.` : label
}

export type Outline = (line: Line) => number | undefined

const bullets =
  /^[\u2022\u25cf\u25cb\u25aa\u25ab\u25a0\u25a1\u2013\u2014\u00b7\u2023\u2043\u27a2\u2666\u2713\uf000-\uf0ff*o§-]?$/u

/** Paragraphs with labels become lists, nested by level; headings keep their number in the text. */
export function assembleLines(items: readonly Item[], outline: Outline): readonly Block[] {
  const out: Block[] = []
  let lines: Line[] = []
  const flush = () => {
    if (lines.length > 0) out.push(...listsOf(lines))
    lines = []
  }
  for (const one of items) {
    if (one.type === 'block') {
      flush()
      out.push(one.block)
      continue
    }
    const level = outline(one)
    if (level === undefined && one.label !== undefined && !isBlankInline(one.content)) {
      lines.push(one)
      continue
    }
    flush()
    const block = lineBlock(one, level)
    if (block) out.push(block)
  }
  flush()
  return out
}

function lineBlock(line: Line, level: number | undefined): Block | undefined {
  const label = line.label === undefined || bullets.test(line.label) ? '' : line.label
  const extra = { anchors: line.anchors, number: label === '' ? undefined : label }
  if (isBlankInline(line.content)) return undefined
  const content: readonly Inline[] =
    label === '' ? line.content : [{ type: 'text', text: `${label} ` }, ...line.content]
  return level === undefined ? paragraph(content, extra) : heading(level, content, extra)
}

type OpenList = { readonly first: Line; readonly isBullet: boolean; readonly items: OpenItem[] }
type OpenItem = { readonly line: Line; readonly children: OpenList[] }

const DEEPEST = 9

/** Half an inch less the usual hanging indent, in twips. */
const INDENT = 180

/** How much deeper one line stands than another: by level in one list, by indentation between lists. */
function deeper(line: Line, other: Line): number {
  const [one, two] = [line.paragraph, other.paragraph]
  if (one.list === two.list && one.level !== two.level) return one.level - two.level
  const step = one.indent - two.indent
  return Math.abs(step) > INDENT ? step : 0
}

/** A change from bullets to numbers on the outermost level starts another list. */
function listsOf(lines: readonly Line[]): Block[] {
  const roots: OpenList[] = []
  const stack: OpenList[] = []
  for (const line of lines) {
    const isBullet = bullets.test(line.label ?? '')
    while (stack.length > 1 && deeper(line, stack.at(-1)!.first) < 0) stack.pop()
    const top = stack.at(-1)
    const next: OpenList = { first: line, isBullet, items: [] }
    const host = top?.items.at(-1)
    if (top && host && deeper(line, top.first) > 0 && stack.length < DEEPEST) {
      host.children.push(next)
      stack.push(next)
    } else if (!top || top.isBullet !== isBullet) {
      const parent = stack.at(-2)?.items.at(-1)
      if (parent) parent.children.push(next)
      else roots.push(next)
      stack.splice(-1, 1, next)
    }
    stack.at(-1)!.items.push({ line, children: [] })
  }
  return roots.map(listBlock)
}

function listBlock({ items, isBullet }: OpenList): Block {
  const made = items.map(({ line, children }): ListItem => {
    const label = isBullet || line.label === '' ? undefined : line.label
    return item([paragraph(line.content, { anchors: line.anchors }), ...children.map(listBlock)], { label })
  })
  const start = Number.parseInt(items[0]?.line.label ?? '', 10)
  return list(made, { ordered: !isBullet, start: !isBullet && start > 0 ? start : undefined })
}
