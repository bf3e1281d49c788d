/** What every spreadsheet format becomes before its cells are laid out as tables. Cells are sparse. */
import type { Block } from '../../doc/model.ts'
import type { Kind } from './header.ts'

export type SheetCell = {
  /** As the program displays it. */
  readonly text: string
  readonly kind: Kind
  readonly href?: string
  readonly comments?: readonly Comment[]
}

export type Comment = { readonly author: string | undefined; readonly text: string; readonly date?: string }

/** Rows and columns from 0, ends included. */
export type Range = { readonly r0: number; readonly c0: number; readonly r1: number; readonly c1: number }

export type Sheet = {
  readonly name: string
  readonly isHidden: boolean
  /** The name is the program's own and says nothing. */
  readonly isUnnamed?: true
  /** Filled rows in order, each with its filled cells in order. */
  readonly rows: readonly SheetRow[]
  readonly merges: readonly Range[]
  readonly hiddenRows: readonly number[]
  readonly hiddenColumns: readonly number[]
  /** What floats over the cells: texts of shapes, charts, pictures, in the order of their places. */
  readonly floats: readonly Float[]
}

export type Float = { readonly row: number; readonly column: number; readonly blocks: readonly Block[] }

export type SheetRow = {
  readonly row: number
  readonly cells: readonly (readonly [column: number, cell: SheetCell])[]
}

export type Workbook = {
  readonly sheets: readonly Sheet[]
  readonly meta: {
    readonly title?: string | undefined
    readonly author?: string | undefined
    readonly created?: string | undefined
    readonly modified?: string | undefined
  }
}

/** 0 → A, 25 → Z, 26 → AA. */
export function columnName(column: number): string {
  let out = ''
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    out = String.fromCharCode(65 + ((rest - 1) % 26)) + out
  return out
}

export const cellName = (row: number, column: number): string => `${columnName(column)}${row + 1}`

export const rangeName = ({ r0, c0, r1, c1 }: Range): string => {
  const first = cellName(r0, c0)
  const last = cellName(r1, c1)
  return first === last ? first : `${first}:${last}`
}
