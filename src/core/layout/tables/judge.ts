/** Is what looks like a table one? Text in two columns, lists and contents pages look like tables too. */
import type { StreamTable } from './stream.ts'
import { isFigure } from './text-rows.ts'

/** `rules`: how many ruling lines the area has. */
export function isPlausible(table: StreamTable, rules: number): boolean {
  if (table.cols < 2 || table.rows < 2) return false
  const body = table.cells.filter((cell) => cell.row >= table.headerRows)
  const full = body.filter((cell) => cell.lines.length > 0)
  if (full.length < 0.3 * body.length || rowsWithSeveral(table) < 0.34 * table.rows) return false
  // Columns of a page have no lines between their paragraphs.
  const isParted = rules >= 4 && rules >= table.rows - 1
  if (!isParted && isRunningText(table)) return false
  const figures = full.filter((cell) => isFigure(cell.lines.map((line) => line.text).join(' '))).length
  return rules >= 2 || figures > 0.25 * full.length || table.rows >= 4
}

/** Columns of text that fill their width line after line: a page in columns, not a table. */
function isRunningText(table: Lines): boolean {
  const columns = Array.from({ length: table.cols }, (_, col) =>
    table.lines.flatMap((line) => line.cells.get(col) ?? []),
  )
  const isFlowing = columns.filter((chunks) => {
    if (chunks.length < 4) return false
    const limit = Math.max(...chunks.map((one) => one.x1))
    const start = Math.min(...chunks.map((one) => one.x0))
    const filled = chunks.filter((one) => one.x1 - one.x0 > 0.85 * (limit - start)).length
    return limit - start > 15 * (chunks[0]!.words[0]?.size ?? 10) * 0.8 && filled > 0.6 * chunks.length
  })
  return isFlowing.length >= 2 && isFlowing.length >= table.cols - 1
}

/** Points a table without lines needs: what speaks for one, weighed. */
const ENOUGH = 3
/** How sure that makes it, and how much surer each point more. */
const JUST = 0.5
const MORE = 0.12

/** The lines of what may be a table, by columns; most are none, which their looks tell before cells are made. */
type Lines = Pick<StreamTable, 'cols' | 'lines'>

export function mayBeBare(table: Lines): boolean {
  if (isSetInSizes(table) || startsWithLabels(table) || hasLeaders(table) || isRunningText(table))
    return false
  for (let col = 0; col < table.cols; col++) if (!isAligned(table, col)) return false
  return true
}

/**
 * Without lines the text itself must show it: aligned columns, short cells, a head, figures.
 * @returns how sure that is; 0: it is no table
 */
export function sureOfBare(table: StreamTable): number {
  if (table.rows < 2 || table.cols < 2) return 0
  const full = table.cells.filter((cell) => cell.lines.length > 0)
  const share = full.length / (table.rows * table.cols)
  if (share < 0.5 || rowsWithSeveral(table) < 0.5 * table.rows) return 0
  const body = full.filter((cell) => cell.row >= table.headerRows)
  const figures = body.filter((cell) => isFigure(cell.lines.map((line) => line.text).join(' '))).length
  const points =
    (table.isHeadRuled ? 2 : 0) +
    (table.headerRows > 0 ? 1 : 0) +
    (table.cols >= 3 ? 1 : 0) +
    (table.cols >= 4 ? 1 : 0) +
    (table.rows >= 3 ? 1 : -1) +
    (table.rows >= 5 ? 0.5 : 0) +
    (figures > 0.25 * body.length ? 1.5 : 0) +
    (share > 0.8 ? 0.5 : 0)
  return points >= ENOUGH ? Math.min(0.9, JUST + MORE * (points - ENOUGH)) : 0
}

function rowsWithSeveral(table: StreamTable): number {
  const counts = new Map<number, number>()
  for (const cell of table.cells)
    if (cell.lines.length > 0) counts.set(cell.row, (counts.get(cell.row) ?? 0) + 1)
  return [...counts.values()].filter((count) => count >= 2).length
}

/** Lines of clearly different sizes: a poster or a slide, not the rows of a table. */
function isSetInSizes(table: Lines): boolean {
  const sizes = table.lines.map((line) => line.size)
  return Math.max(...sizes) > 1.35 * Math.min(...sizes)
}

/** The first column holds bullets or numbers of a list. */
function startsWithLabels(table: Lines): boolean {
  const first = table.lines.flatMap((line) => line.cells.get(0) ?? [])
  const labels = first.filter((one) =>
    /^([•●○▪■□◦‣➢✓◆*–-]|\(?[a-z0-9]{1,3}[.)]|\([ivxlc]+\)|\d+(\.\d+)+\.?)$/i.test(one.text),
  )
  return labels.length > 0.5 * first.length || (table.cols === 2 && countsUp(first.map((one) => one.text)))
}

/** 85, 86, 87: notes and numbered items, not quantities. */
function countsUp(texts: readonly string[]): boolean {
  const numbers = texts.map((text) => (/^\d{1,4}$/.test(text) ? Number(text) : Number.NaN))
  const steps = numbers.slice(1).filter((number, at) => number === numbers[at]! + 1).length
  return numbers.length >= 2 && steps >= 0.8 * (numbers.length - 1)
}

const hasLeaders = (table: Lines): boolean =>
  table.lines.filter((line) => line.chunks.some((one) => /(\.\s?){4,}/.test(one.text))).length >
  0.4 * table.lines.length

/** Do the column's pieces share an edge, or their middle? */
function isAligned(table: Lines, col: number): boolean {
  const chunks = table.lines.flatMap((line) => line.cells.get(col) ?? [])
  if (chunks.length < 2) return false
  const shares = [
    (one: (typeof chunks)[number]) => one.x0,
    (one: (typeof chunks)[number]) => one.x1,
    (one: (typeof chunks)[number]) => (one.x0 + one.x1) / 2,
  ].map((edge) => {
    const at = chunks.map(edge).toSorted((one, other) => one - other)
    const usual = at[Math.floor(at.length / 2)]!
    return at.filter((x) => Math.abs(x - usual) < 3).length / at.length
  })
  return Math.max(...shares) >= 0.6
}
