/** Structure that plain text shows by its layout alone: paragraphs, lists, quotes, underlined headings, set columns. */
import { code, heading, item, list, paragraph, quote, rule } from '../doc/build.ts'
import { linesToInline } from '../doc/inline.ts'
import type { Block, ListItem } from '../doc/model.ts'

export type TextOptions = {
  /** Look for headings: lines in capitals, numbered titles. Off for letters and mail. */
  readonly headings: boolean
}

/** Blocks of a text whose line ends are `\n`. */
export function textBlocks(text: string, options: TextOptions): Block[] {
  return groups(text.split('\n')).flatMap((group) => groupBlocks(group, options))
}

type Group = { readonly lines: readonly string[]; readonly line: number }

/** Lines between blank lines. `line` is the number of the first, from 1. */
function groups(lines: readonly string[]): Group[] {
  const out: Group[] = []
  let open: string[] = []
  for (const [index, raw] of [...lines, ''].entries()) {
    const line = raw.replaceAll('\f', '').trimEnd()
    if (line.trim() !== '') open.push(line)
    else if (open.length > 0) {
      out.push({ lines: open, line: index - open.length + 1 })
      open = []
    }
  }
  return out
}

function groupBlocks({ lines, line }: Group, options: TextOptions): Block[] {
  const at = { path: `line ${line}` }
  const [first = ''] = lines
  if (lines.every((one) => one.startsWith('>')))
    return [quote(textBlocks(lines.map((one) => one.replace(/^> ?/, '')).join('\n'), options), { at })]
  if (lines.length === 1 && /^\s*([-=_*#~])\1{4,}\s*$/.test(first)) return [rule({ at })]
  if (lines.length === 1 && options.headings && isTitle(first))
    return [
      heading(titleLevel(first), first.trim(), { at, confidence: 0.6, evidence: ['capitals or number'] }),
    ]
  const underline = lines.length >= 2 ? /^\s*(={3,}|-{3,}|~{3,}|\^{3,})\s*$/.exec(lines[1]!) : null
  if (
    underline &&
    first.trim().length <= 120 &&
    Math.abs(underline[0].trim().length - first.trim().length) <= 4
  ) {
    const level = underline[1]!.startsWith('=') ? 1 : 2
    const rest = lines.slice(2)
    const title = heading(level, first.trim(), { at, evidence: ['underlined'] })
    return rest.length > 0 ? [title, ...groupBlocks({ lines: rest, line: line + 2 }, options)] : [title]
  }
  const start = lines.findIndex((one) => marker.test(one))
  if (start >= 0 && isList(lines.slice(start)))
    return [
      ...(start > 0 ? [paragraph(prose(lines.slice(0, start)), { at })] : []),
      listOf(lines.slice(start), line + start),
    ]
  if (isColumns(lines)) return [code(dedent(lines).join('\n'), { at })]
  return [paragraph(prose(lines), { at })]
}

const marker = /^(\s*)([-*•●▪◦‣–·]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)])\s+(?=\S)/

/** The first line and most others bear marks, or hang under one that does. */
function isList(lines: readonly string[]): boolean {
  const marked = lines.filter((one) => marker.test(one)).length
  if (marked === 0) return false
  const [, indent = '', mark = ''] = marker.exec(lines[0]!)!
  // A lone "A." or "1." may start a sentence.
  if (marked === 1 && !/^[-*•●▪◦‣]$/.test(mark) && !(lines.length === 1 && /^\(?[\da-z]/.test(mark)))
    return false
  return lines.every((one) => marker.test(one) || one.length - one.trimStart().length > indent.length)
}

type OpenItem = { lines: string[]; label: string | undefined; line: number; children: OpenList[] }
type OpenList = { readonly indent: number; readonly items: OpenItem[] }

function listOf(lines: readonly string[], line: number): Block {
  const first: OpenList = { indent: marker.exec(lines[0]!)![1]!.length, items: [] }
  const stack = [first]
  for (const [index, text] of lines.entries()) {
    const match = marker.exec(text)
    if (!match) {
      stack.at(-1)!.items.at(-1)?.lines.push(text.trim())
      continue
    }
    const indent = match[1]!.length
    while (stack.length > 1 && stack.at(-1)!.indent > indent) stack.pop()
    const parent = stack.at(-1)!.items.at(-1)
    if (parent && indent > stack.at(-1)!.indent + 1 && stack.length < DEEPEST) {
      const level: OpenList = { indent, items: [] }
      parent.children.push(level)
      stack.push(level)
    }
    const mark = match[2]!
    const label = /^[-*•●▪◦‣–·]$/.test(mark) ? undefined : mark
    stack
      .at(-1)!
      .items.push({ lines: [text.slice(match[0].length)], label, line: line + index, children: [] })
  }
  return levelList(first)
}

const DEEPEST = 8

function levelList({ items }: OpenList): Block {
  const made = items.map(
    ({ lines, label, line, children }): ListItem =>
      item([paragraph(prose(lines), { at: { path: `line ${line}` } }), ...children.map(levelList)], {
        label,
        at: { path: `line ${line}` },
      }),
  )
  const ordered = items.every(({ label }) => label !== undefined)
  const start = Number.parseInt(items[0]?.label?.replace('(', '') ?? '', 10)
  return list(made, {
    ordered,
    at: { path: `line ${items[0]?.line}` },
    start: ordered && start > 0 ? start : undefined,
  })
}

/** Lines broken by a column's width are one paragraph; lines that end where the author ended them stay lines. */
function prose(lines: readonly string[]) {
  const trimmed = lines.map((one) => one.trim())
  const widest = Math.max(...trimmed.map((one) => one.length))
  const isWrapped =
    widest >= 40 &&
    trimmed
      .slice(0, -1)
      .every((one, at) => one.length + 1 + firstWord(trimmed[at + 1]!).length > widest * 0.85)
  return linesToInline(trimmed.join(isWrapped ? ' ' : '\n'))
}

const firstWord = (line: string): string => /^\S{1,40}/.exec(line)?.[0] ?? ''

/** Several lines with gaps inside at the same places: a table or a drawing set in a fixed pitch. */
function isColumns(lines: readonly string[]): boolean {
  if (lines.some((one) => /^\s*\+[-=+]{3,}\+\s*$|[\u2500-\u257f]{3}/.test(one))) return true
  const gapped = lines.filter((one) => /\S(?: {3,}|\t+)\S/.test(one.trim()))
  return lines.length >= 2 && gapped.length >= lines.length * 0.6
}

function dedent(lines: readonly string[]): string[] {
  const indent = Math.min(...lines.map((one) => one.length - one.trimStart().length))
  return lines.map((one) => one.slice(indent))
}

const section = /^(SECTION|ARTICLE|CHAPTER|PART|APPENDIX|ATTACHMENT|EXHIBIT|ANNEX|VOLUME)\s+[\dA-Z]{1,4}\b/i
const numbered = /^\d{1,2}(\.\d{1,3}){0,4}\.?\s+\p{Lu}/u

/** A short line of its own, in capitals, or numbered or named as a part. */
function isTitle(line: string): boolean {
  const text = line.trim()
  if (text.length < 3 || text.length > 90 || /[.,;:!?]$/.test(text) || /\S {3,}\S/.test(text)) return false
  const words = text.match(/\p{L}{2,}/gu)?.length ?? 0
  if (words === 0) return false
  const isCapitals = text === text.toUpperCase() && /\p{Lu}{4}/u.test(text)
  return isCapitals || (section.test(text) && words <= 12) || (numbered.test(text) && words <= 10)
}

function titleLevel(line: string): number {
  const text = line.trim()
  if (section.test(text)) return 1
  const number = /^\d{1,2}((?:\.\d{1,3})*)/.exec(text)
  return number ? Math.min(6, 1 + (number[1]!.match(/\./g)?.length ?? 0)) : 2
}
