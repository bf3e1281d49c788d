/** OpenDocument spreadsheets: the text of each cell is kept as it was displayed (OpenDocument 1.3 part 3, 9.1.4). */
import { attribute, child, elements, type Xml, xmlText } from '../../io/xml.ts'
import type { Input, ReadContext } from '../../reader.ts'
import { openOdf } from '../odf/package.ts'
import { readStyles, type Styles } from '../odf/styles.ts'
import { safeHref } from '../ooxml/href.ts'
import { type Budget, newBudget, spend } from './cells.ts'
import type { Kind } from './header.ts'
import type { Comment, Range, Sheet, SheetCell, SheetRow, Workbook } from './workbook.ts'

export async function readOds(input: Input, context: ReadContext): Promise<Workbook> {
  const file = await openOdf(input, context)
  const styles = readStyles(file.styleRoots)
  const budget = newBudget()
  const sheets = elements(file.body, 'table').map((table) => sheetOf(table, styles, budget, context))
  // LibreOffice names the first sheet itself; alone it names nothing.
  const [only] = sheets
  const isUnnamed = sheets.length === 1 && /^(Sheet|Tabelle|Feuille|Hoja|Foglio|Planilha)1$/.test(only!.name)
  return { sheets: isUnnamed ? [{ ...only!, isUnnamed: true }] : sheets, meta: file.meta }
}

type Open = {
  readonly name: string
  readonly rows: SheetRow[]
  readonly merges: Range[]
  readonly hiddenRows: number[]
  readonly hiddenColumns: number[]
  row: number
}

function sheetOf(table: Xml, styles: Styles, budget: Budget, context: ReadContext): Sheet {
  const name = attribute(table, 'name') ?? 'Sheet'
  const sheet: Open = {
    name,
    rows: [],
    merges: [],
    hiddenRows: [],
    hiddenColumns: hiddenColumns(table),
    row: 0,
  }
  for (const line of rowsOf(table)) {
    if (budget.isSpent) break
    addRow(line, sheet, budget, context)
  }
  const { rows, merges, hiddenRows } = sheet
  return {
    name,
    isHidden: styles.isHidden('table', attribute(table, 'style-name')),
    rows,
    merges,
    hiddenRows,
    hiddenColumns: sheet.hiddenColumns,
    floats: [],
  }
}

const repeats = (element: Xml, local: string): number =>
  Math.max(1, Number(attribute(element, local) ?? '1') || 1)

function* rowsOf(parent: Xml): Generator<Xml> {
  for (const part of elements(parent)) {
    if (part.local === 'table-row') yield part
    else if (/^table-(header-rows|rows|row-group)$/.test(part.local)) yield* rowsOf(part)
  }
}

/** A sheet has at most this many columns; a repeat beyond it is a fill to the edge. */
const COLUMNS = 16_384

function hiddenColumns(table: Xml): number[] {
  const out: number[] = []
  let column = 0
  const walk = (parent: Xml): void => {
    for (const part of elements(parent)) {
      if (part.local === 'table-column') {
        const times = Math.min(repeats(part, 'number-columns-repeated'), COLUMNS - column)
        if (attribute(part, 'visibility') !== undefined && attribute(part, 'visibility') !== 'visible')
          for (let time = 0; time < times; time++) out.push(column + time)
        column += Math.max(0, times)
      } else if (/^table-(header-columns|columns|column-group)$/.test(part.local)) walk(part)
    }
  }
  walk(table)
  return out
}

function addRow(line: Xml, sheet: Open, budget: Budget, context: ReadContext): void {
  const times = repeats(line, 'number-rows-repeated')
  const cells: (readonly [number, SheetCell])[] = []
  let column = 0
  for (const part of elements(line)) {
    if (part.local !== 'table-cell' && part.local !== 'covered-table-cell') continue
    const count = repeats(part, 'number-columns-repeated')
    const made = part.local === 'table-cell' ? cellOf(part, context) : undefined
    if (made) {
      for (
        let time = 0;
        time < Math.min(count, COLUMNS - column) &&
        spend(made.text, { sheet: sheet.name, row: sheet.row, column }, budget, context);
        time++
      )
        cells.push([column + time, made])
      const wide = repeats(part, 'number-columns-spanned')
      const high = repeats(part, 'number-rows-spanned')
      if (wide > 1 || high > 1)
        sheet.merges.push({ r0: sheet.row, c0: column, r1: sheet.row + high - 1, c1: column + wide - 1 })
    }
    column += count
  }
  const isHidden = attribute(line, 'visibility') !== undefined && attribute(line, 'visibility') !== 'visible'
  if (cells.length > 0)
    for (let time = 0; time < times && !budget.isSpent; time++) {
      if (time > 0)
        for (const [at, made] of cells)
          spend(made.text, { sheet: sheet.name, row: sheet.row + time, column: at }, budget, context)
      sheet.rows.push({ row: sheet.row + time, cells })
      if (isHidden) sheet.hiddenRows.push(sheet.row + time)
    }
  sheet.row += times
}

const kinds: Readonly<Record<string, Kind>> = {
  float: 'number',
  percentage: 'number',
  currency: 'number',
  date: 'date',
  time: 'date',
  boolean: 'boolean',
  string: 'text',
}

function cellOf(part: Xml, { options }: ReadContext): SheetCell | undefined {
  const lines = elements(part, 'p').map((line) => spaced(line))
  const text =
    lines.join('\n').trim() ||
    (attribute(part, 'value') ?? attribute(part, 'date-value') ?? attribute(part, 'string-value') ?? '')
  const comments =
    options.comments === 'omit'
      ? []
      : elements(part, 'annotation')
          .map(commentOf)
          .filter((one) => one.text !== '')
  if (text === '' && comments.length === 0) return undefined
  const links = elements(part, 'p').flatMap((line) => elements(line, 'a'))
  const href = links.length === 1 ? safeHref(attribute(links[0], 'href') ?? '') : undefined
  return {
    text,
    kind: text === '' ? 'empty' : (kinds[attribute(part, 'value-type') ?? 'string'] ?? 'text'),
    ...(href ? { href } : {}),
    ...(comments.length > 0 ? { comments } : {}),
  }
}

/** Runs of spaces and line breaks are elements of their own. */
function spaced(line: Xml): string {
  return line.children
    .map((node) => {
      if (typeof node === 'string') return node.replace(/\s+/g, ' ')
      if (node.local === 's') return ' '.repeat(Math.min(100, repeats(node, 'c')))
      if (node.local === 'tab') return '\t'
      return node.local === 'line-break' ? '\n' : spaced(node)
    })
    .join('')
}

function commentOf(part: Xml): Comment {
  const value = (local: string) => {
    const found = child(part, local)
    return found ? xmlText(found).trim() || undefined : undefined
  }
  return {
    author: value('creator'),
    text: elements(part, 'p').map(spaced).join('\n').trim(),
    ...(value('date') ? { date: value('date')! } : {}),
  }
}
