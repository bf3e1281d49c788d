/** Values of cells as text, alike for all kinds of workbooks. */
import type { ReadContext } from '../../reader.ts'
import { cellName } from './workbook.ts'

/** How much of a workbook has been kept. */
export type Budget = { cells: number; chars: number; isSpent: boolean }

export const newBudget = (): Budget => ({ cells: 0, chars: 0, isSpent: false })

/** Counts one cell; false, with a warning the first time, when the workbook holds more than can be kept. */
export function spend(
  text: string,
  place: { readonly sheet: string; readonly row: number; readonly column: number },
  budget: Budget,
  { limits, report }: Pick<ReadContext, 'limits' | 'report'>,
): boolean {
  if (budget.isSpent) return false
  budget.cells++
  budget.chars += text.length
  if (budget.cells <= limits.sheetCells && budget.chars <= limits.outputChars) return true
  budget.isSpent = true
  report.warn(
    'sheet-truncated',
    `The workbook has more than ${limits.sheetCells} cells or ${limits.outputChars} characters; the rest was left out.`,
    { path: `${place.sheet}!${cellName(place.row, place.column)}` },
  )
  return false
}

/**
 * "General" rounds to what fits a column; a long whole number is an account, a contract, a part: its digits are kept.
 */
export const isPlainNumber = (value: unknown, format: string | undefined): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && (format === undefined || format === 'General')
