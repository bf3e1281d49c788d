/** Tables of the PDF sample: wrapped cells, spans, header rows repeated on the next page. */
import { type Cell, type Run, runs, type Table } from './model.ts'
import { type Line, leading, type Pen } from './pdf-text.ts'

const SIZE = 9.5
const PAD = { ruled: 3.5, borderless: 1.5 }
/** Forms leave room to write. */
const FORM_ROW = 29

type Placed = {
  readonly row: number
  readonly column: number
  readonly across: number
  readonly down: number
  readonly lines: readonly Line[]
  readonly head: boolean
}

const cellText = (cell: Cell): string => (typeof cell === 'string' ? cell : cell.text)

/** Puts cells on the grid: a row lists only the cells that start in it. */
export function place(
  rows: readonly (readonly Cell[])[],
): { cell: Cell; row: number; column: number; across: number; down: number }[] {
  const taken = new Set<string>()
  return rows.flatMap((cells, row) => {
    let column = 0
    return cells.map((cell) => {
      while (taken.has(`${row}:${column}`)) column += 1
      const { across = 1, down = 1 } = typeof cell === 'string' ? {} : cell
      for (let r = row; r < row + down; r++)
        for (let c = column; c < column + across; c++) taken.add(`${r}:${c}`)
      const start = column
      column += across
      return { cell, row, column: start, across, down }
    })
  })
}

const trimmed = ([first, ...rest]: readonly Run[]): Run[] =>
  first ? [{ ...first, text: first.text.trimStart() }, ...rest] : []

export function layTable(out: Pen, table: Table): void {
  const pad = PAD[table.look]
  const { width } = out.frame()
  const total = table.widths.reduce((sum, share) => sum + share, 0)
  const widths = table.widths.map((share) => (share / total) * width)
  const lefts = widths.map((_, index) => widths.slice(0, index).reduce((sum, one) => sum + one, 0))
  const head = table.head.length
  const rows = [...table.head, ...table.rows]
  const step = leading(SIZE)
  const placed: Placed[] = place(rows).map(({ cell, row, column, across, down }) => {
    const room = widths.slice(column, column + across).reduce((sum, one) => sum + one, 0) - 2 * pad
    const content = runs(cellText(cell)).map((run) => (row < head ? { ...run, bold: true } : run))
    // A label at the head of a cell of a form stands on its own line.
    const lines =
      content[0]?.bold && content.length > 1 && head === 0
        ? [
            ...out.lines(content.slice(0, 1), 'Helvetica', SIZE - 1, room),
            ...out.lines(trimmed(content.slice(1)), 'Times', SIZE + 0.5, room),
          ]
        : out.lines(
            content,
            table.look === 'ruled' ? 'Helvetica' : 'Times',
            table.look === 'ruled' ? SIZE - 0.5 : SIZE + 0.5,
            room,
          )
    return { row, column, across, down, lines, head: row < head }
  })
  const isForm = head === 0
  const heights = rows.map((_, row) =>
    Math.max(
      ...placed
        .filter((cell) => cell.row === row && cell.down === 1)
        .map((cell) => cell.lines.length * step + 2 * pad),
      isForm ? FORM_ROW : 0,
    ),
  )
  // A cell that spans rows may be taller than they are.
  for (const cell of placed.filter(({ down }) => down > 1)) {
    const have = heights.slice(cell.row, cell.row + cell.down).reduce((sum, one) => sum + one, 0)
    const last = cell.row + cell.down - 1
    heights[last] = heights[last]! + Math.max(0, cell.lines.length * step + 2 * pad - have)
  }

  const drawRow = (row: number) => {
    const top = out.y()
    const { x } = out.frame()
    for (const cell of placed.filter((one) => one.row === row)) {
      const left = x + lefts[cell.column]!
      const cellWidth = widths
        .slice(cell.column, cell.column + cell.across)
        .reduce((sum, one) => sum + one, 0)
      const height = heights.slice(row, row + cell.down).reduce((sum, one) => sum + one, 0)
      if (table.look === 'ruled') {
        out.file.rect(left, top, cellWidth, height).lineWidth(0.6)
        if (cell.head) out.file.fillAndStroke('#e6e6e6', 'black')
        else out.file.stroke('black')
      }
      for (const [index, line] of cell.lines.entries())
        out.draw(
          line,
          left + (table.look === 'ruled' ? pad : 0),
          top + pad + index * step,
          table.look === 'ruled' ? (isForm ? (index === 0 ? SIZE - 1 : SIZE + 0.5) : SIZE - 0.5) : SIZE + 0.5,
        )
    }
    out.move(heights[row]!)
  }

  const groupEnd = (row: number) =>
    Math.max(...placed.filter((cell) => cell.row === row).map((cell) => row + cell.down))
  for (let row = 0; row < rows.length; ) {
    // Rows tied by a cell that spans them, and the header with the first row, stay on one page.
    let end = row < head ? head + 1 : groupEnd(row)
    for (let inner = row; inner < end; inner++) end = Math.max(end, groupEnd(inner))
    const height = heights.slice(row, end).reduce((sum, one) => sum + one, 0)
    const before = out.pageNumber()
    out.need(height)
    if (out.pageNumber() !== before && row >= head && row > 0)
      for (let top = 0; top < head; top++) drawRow(top)
    for (; row < end; row++) drawRow(row)
  }
  out.gap(10)
}
