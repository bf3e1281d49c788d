import type { TableCell } from './table.ts'

/** How many rows from the top name the columns: set apart by weight, or by spans over what follows. */
export function headerRowsOf(cells: readonly TableCell[]): number {
  const rows = Math.max(...cells.map((cell) => cell.row + cell.rowSpan))
  const row = (at: number) => cells.filter((cell) => cell.row === at)
  let count = 0
  while (count < rows - 1 && isBold(row(count))) count++
  if (count > 0 && count < rows) return Math.min(count, 3)
  return rows > 1 ? 1 : 0
}

function isBold(cells: readonly TableCell[]): boolean {
  const full = cells.filter((cell) => cell.lines.length > 0)
  return full.length > 0 && full.every((cell) => cell.lines.every((line) => line.isBold))
}
