/** What a table on one page is, however it was found. */
import type { Rect } from '../../doc/page.ts'
import type { Line } from '../text.ts'

export type TableCell = Rect & {
  readonly row: number
  readonly col: number
  readonly rowSpan: number
  readonly colSpan: number
  /** Its lines from top to bottom. */
  readonly lines: readonly Line[]
}
export type TableBlock = Rect & {
  readonly kind: 'table'
  readonly page: number
  readonly rows: number
  readonly cols: number
  /** Where the columns part, `cols + 1` places. */
  readonly xs: readonly number[]
  /** In reading order; places without a cell are covered by a span. */
  readonly cells: readonly TableCell[]
  readonly headerRows: number
  readonly confidence: number
  readonly evidence: readonly string[]
  /** Where its parts stand when it runs over several pages. */
  readonly parts?: readonly (Rect & { readonly page: number })[]
  /** Identity of the table and of each row in the file's structure tree. */
  readonly element?: number
  readonly rowElements?: readonly number[]
}
