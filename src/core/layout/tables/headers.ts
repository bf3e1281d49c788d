import type { TableCell } from './table.ts'

/** How many rows from the top name the columns: set apart by weight, or by spans over what follows. */
export function headerRowsOf(cells: readonly TableCell[]): number {
  const rows = Math.max(...cells.map((cell) => cell.row + cell.rowSpan))
  const row = (at: number) => cells.filter((cell) => cell.row === at)
  let count = 0
  while (count < rows - 1 && isBold(row(count)) && !(count > 0 && isRecord(row(count)))) count++
  if (count > 0 && count < rows) return Math.min(count, 3)
  return rows > 1 ? 1 : 0
}

/** Below the names of the columns, figures in half of its cells: a total or a group set in bold, not more names. */
function isRecord(cells: readonly TableCell[]): boolean {
  const texts = cells
    .map((cell) =>
      cell.lines
        .map((line) => line.text)
        .join(' ')
        .trim(),
    )
    .filter(Boolean)
  const figures = texts.filter((text) => /^[$€£]?\d[\d.,]*\s*%?$/.test(text) && !/^(?:19|20)\d\d$/.test(text))
  return figures.length > 0 && figures.length * 2 >= texts.length
}

function isBold(cells: readonly TableCell[]): boolean {
  const full = cells.filter((cell) => cell.lines.length > 0)
  return full.length > 0 && full.every((cell) => cell.lines.every((line) => line.isBold))
}
