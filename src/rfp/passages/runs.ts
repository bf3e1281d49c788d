/** Doc → runs, in reading order: labels taken off, items glued into one paragraph taken apart. */
import type { Block, Cell, Doc, Inline, Row, Span, Table } from '../../core/index.ts'
import { headingNumber, type LabelStyle, labelOf, readings } from './labels.ts'
import { leadOf, type Plain, plainOf } from './plain.ts'
import type { CellPlace, Run, RunKind } from './run.ts'

type Place = {
  readonly depth: number
  readonly label?: string
  readonly bullet?: boolean
  readonly cell?: CellPlace
}
type Text = {
  readonly id: string
  readonly page: number | null
  readonly content: readonly Inline[]
  readonly spans?: readonly Span[]
}

// Symbol and Wingdings bullets reach the text layer as private-use characters (U+F0B7, U+F0D8, U+F0FC).
const bullet = /^(?:[•●○▪■◦·‣⁃➢►✓❖\u0095\ue000-\uf8ff]\s*|[–—-]\s+|[o§]\s+(?=[A-Z])|\*\s*(?=[A-Z]))/

export function runsOf(doc: Doc): Run[] {
  return doc.blocks.flatMap((block) => blockRuns(block, { depth: 0 }))
}

function blockRuns(block: Block, place: Place): Run[] {
  const page = block.at.page ?? null
  switch (block.type) {
    case 'heading':
      return textRuns('heading', { ...block, page }, place, block.level)
    case 'paragraph':
      return textRuns('text', { ...block, page }, place)
    case 'code':
    case 'field': {
      const text = block.type === 'code' ? block.text : [block.label, block.value].filter(Boolean).join(': ')
      return textRuns('text', { id: block.id, page, content: [{ type: 'text', text }] }, place)
    }
    case 'list':
      return block.items.flatMap((item) => {
        const own = {
          ...place,
          depth: place.depth + 1,
          bullet: !item.label,
          ...(item.label ? { label: item.label } : {}),
        }
        const { label: _, bullet: __, ...later } = own
        return item.blocks.flatMap((child, index) => blockRuns(child, index === 0 ? own : later))
      })
    case 'table':
      return [...captionRuns(block), ...tableRuns(block, place)]
    case 'contents':
      return block.entries.flatMap((entry) =>
        textRuns('contents', { id: block.id, page: entry.at?.page ?? page, content: entry.content }, place),
      )
    case 'furniture':
      return block.blocks.flatMap((child) => asKind(blockRuns(child, place), 'furniture'))
    case 'quote':
    case 'note':
      return block.blocks.flatMap((child) => blockRuns(child, place))
    default:
      return []
  }
}

const asKind = (runs: readonly Run[], kind: RunKind): Run[] => runs.map((run) => ({ ...run, kind }))

const captionRuns = (table: Table): Run[] =>
  table.caption
    ? textRuns('text', { id: table.id, page: table.at.page ?? null, content: table.caption }, { depth: 0 })
    : []

function tableRuns(table: Table, place: Place): Run[] {
  const columns = Math.max(
    0,
    ...gridOf(table.rows).flatMap((cells) => cells.map(({ column, cell }) => column + (cell.colSpan ?? 1))),
  )
  return gridOf(table.rows).flatMap((cells, row) =>
    cells.flatMap(({ cell, column }) => {
      const header = row < table.headerRows || cell.header === true
      const at: Place = { depth: place.depth, cell: { table: table.id, row, column, columns, header } }
      return cell.blocks
        .flatMap((block) => blockRuns(block, at))
        .map((run) => ({ ...run, kind: 'cell' as const }))
    }),
  )
}

/** Each row's cells with the column they start in, counting the places that spans from above take. */
function gridOf(rows: readonly Row[]): { cell: Cell; column: number }[][] {
  const taken = new Map<number, number>()
  return rows.map((row) => {
    let column = 0
    const placed = row.cells.map((cell) => {
      while ((taken.get(column) ?? 0) > 0) column++
      const at = column
      column += cell.colSpan ?? 1
      return { cell, column: at }
    })
    for (const [key, left] of taken) taken.set(key, left - 1)
    for (const { cell, column: at } of placed)
      for (let span = 0; span < (cell.colSpan ?? 1); span++) taken.set(at + span, (cell.rowSpan ?? 1) - 1)
    return placed
  })
}

function textRuns(kind: RunKind, block: Text, place: Place, level?: number): Run[] {
  const plain = plainOf(block.content, block.spans)
  if (plain.text === '') return []
  const starts = kind === 'heading' || kind === 'contents' ? [0] : [0, ...cuts(plain)]
  return starts.flatMap((start, index) => {
    const piece = slice(plain, start, starts[index + 1] ?? plain.text.length)
    return runOf(
      kind,
      piece,
      block,
      index === 0 ? place : { depth: place.depth, ...(place.cell ? { cell: place.cell } : {}) },
      level,
    )
  })
}

/** Where a new item starts inside the paragraph: a line that begins with a bullet, a fitting enumerator or a forced break. */
function cuts({ text, lineStarts, spans }: Plain): number[] {
  const printed = new Set(spans.map(({ start }) => start))
  const found: number[] = []
  for (const start of lineStarts) {
    const rest = text.slice(start)
    const from = found.at(-1) ?? 0
    const before = text.slice(from, start).trimEnd()
    const forced = !printed.has(start)
    if (bullet.test(rest) && !/^[–—-]/.test(rest)) found.push(start)
    else if (forced && !/^[a-z,;)]/.test(rest) && !/(?:,|\b(?:and|or|of|the|to|for|in|by|at))$/i.test(before))
      found.push(start)
    else if (endsInWeight.test(before) && before.length - before.lastIndexOf('\n') < 160) found.push(start)
    else if (startsItem(rest, text.slice(from, start))) found.push(start)
  }
  return found.length > 0 ? found : inSequence(text)
}

const dottedItem = /(?<=\s)(?=(?:[a-z]|\d{1,2})\.\s+["“]?[A-Z])/g
const bracketedItem = /(?<=[^,;:]\s)(?<!\b(?:and|or)\s)(?=\((?:[a-z]|\d{1,2})\)\s+["“]?[A-Z])/g

/** "a. Cover page b. Abstract c. Narrative" on one line: letters or numbers that count on from the first, three and more. */
function inSequence(text: string): number[] {
  const first = labelOf(text)
  if (!first || (first.frame !== '.' && first.frame !== '()') || first.length >= text.length) return []
  const found: number[] = []
  for (const { style, value } of readings(first)) {
    if (value !== 1) continue
    // Between brackets a comma or semicolon makes a sentence of the list.
    const starts = first.frame === '.' ? dottedItem : bracketedItem
    for (const match of text.matchAll(starts)) {
      const label = labelOf(text.slice(match.index))
      const next =
        label && readings(label).some((one) => one.style === style && one.value === found.length + 2)
      if (next) found.push(match.index)
    }
    if (found.length >= 2) return found
    found.length = 0
  }
  return []
}

// "Organizational Capacity: 20 points" printed line under line: each line is a row of its own.
const endsInWeight = /\b\d{1,4}(?:\.\d+)?\s*(?:points?|pts\.?|marks?|%|percent)\)?$/i

/** Whether an enumerator at a line start opens an item, rather than being a reference that wrapped: "(d) and (e) above". */
function startsItem(rest: string, before: string): boolean {
  const label = labelOf(rest)
  if (!label || label.style === 'word') return false
  const body = rest.slice(label.length)
  if (
    !/^["“‘'(]?[A-Z0-9]/.test(body) &&
    !(
      label.frame === '()' &&
      /^[a-z]/.test(body) &&
      !/^(?:and|or|above|below|of|through|to|thru)\b/.test(body)
    )
  )
    return false
  if (/[.;:,?!)”"]$|[–—-]$|\b(?:and|or)$/.test(before.trimEnd())) return true
  const previous = labelOf(before)
  if (!previous) return false
  return readings(label).some(({ style, value }) =>
    readings(previous).some((other) => other.style === style && other.value === value - 1),
  )
}

function slice(plain: Plain, start: number, end: number): Plain {
  const text = plain.text.slice(start, end)
  const trimmed = text.trimEnd()
  return {
    text: trimmed,
    spans: plain.spans
      .filter((span) => span.start < end && span.end > start)
      .map(({ start: from, end: to, box }) => ({
        start: Math.max(0, from - start),
        end: Math.min(trimmed.length, to - start),
        box,
      })),
    marked: plain.marked
      .filter((one) => one.start < end && one.end > start)
      .map((one) => ({ start: Math.max(0, one.start - start), end: one.end - start })),
    lineStarts: [],
  }
}

const cited: ReadonlySet<LabelStyle> = new Set(['word', 'clause', 'dashed', 'dotted'])

/** Asked once a run: a block of thousands of lines is looked at only as far as its second piece. */
function isInternalLink(content: readonly Inline[]): boolean {
  let only: Inline | undefined
  for (const node of content) {
    if (node.type === 'text' && node.text.trim() === '') continue
    if (only) return false
    only = node
  }
  return only?.type === 'link' && only.href.startsWith('#')
}

function runOf(kind: RunKind, plain: Plain, block: Text, place: Place, level?: number): Run[] {
  const mark = bullet.exec(plain.text)
  const afterBullet = mark ? mark[0].length : 0
  const body = plain.text.slice(afterBullet)
  const read = labelOf(body) ?? (kind === 'heading' ? headingNumber(body) : undefined)
  // Behind a bullet a section's number cites that section ("● L.5.2 Relevant Experience - the joint venture must ...").
  const cites = (mark !== null || place.bullet === true) && read !== undefined && cited.has(read.style)
  // A cell behind the first that holds a number only ("L.10" under "Reference") refers to it.
  const refers = (place.cell?.column ?? 0) > 0 && read !== undefined && read.length === body.trimEnd().length
  const own = place.label || refers || (cites && kind !== 'heading') ? undefined : read
  // A label alone on its line ("(ii)") is kept: what follows hangs under it.
  const taken = afterBullet + (own?.length ?? 0)
  const piece = slice(plain, taken, plain.text.length)
  const printed = place.label ?? own?.printed
  if (piece.text === '' && !printed) return []
  const page = piece.spans[0]?.box.page ?? plain.spans[0]?.box.page ?? block.page
  const left = plain.spans[0]?.box.x0
  return [
    {
      kind: place.cell ? 'cell' : kind,
      text: piece.text,
      ...(printed ? { label: printed } : {}),
      bullet: !printed && (mark !== null || place.bullet === true),
      ...(level === undefined ? {} : { level }),
      depth: place.depth,
      lead: leadOf(plain, taken),
      page,
      spans: piece.spans,
      ...(isInternalLink(block.content) ? { isLink: true as const } : {}),
      ...(left === undefined ? {} : { left }),
      blocks: [block.id],
      ...(place.cell ? { cell: place.cell } : {}),
    },
  ]
}
