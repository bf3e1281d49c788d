/** Does a table's first row name its columns? Decided by the kinds of its cells against those below. */

export type Kind = 'empty' | 'text' | 'number' | 'date' | 'boolean'

/** Rows looked at below the first. */
const SAMPLE = 50
/** Share of a column's filled cells that must be of the first cell's kind to make that cell a value. */
const SAME = 0.8

/** A first row is a header unless one of its cells is a value of the same kind as the column below it. */
export function hasHeader(rows: readonly (readonly Kind[])[]): boolean {
  const [first, ...rest] = rows.slice(0, SAMPLE + 1)
  if (!first || first.every((kind) => kind === 'empty')) return false
  // A lone line of words names something; a lone line of values does not.
  if (rest.length === 0) return first.every((kind) => kind === 'text' || kind === 'empty')
  return !first.some((kind, column) => {
    if (kind === 'empty' || kind === 'text') return false
    const below = rest.map((row) => row[column] ?? 'empty').filter((other) => other !== 'empty')
    return below.length > 0 && below.filter((other) => other === kind).length >= below.length * SAME
  })
}

const number = /^[-+]?[$€£¥]?\s?[-+]?(\d{1,3}([,. '’]\d{3})+|\d+)([.,]\d+)?(e[-+]?\d+)?\s?[%$€£¥]?$/i
const accounting = /^\([$€£¥]?\d[\d.,]*\)$/
const date = /^\d{4}-\d{1,2}-\d{1,2}([T ]\d|$)|^\d{1,2}([/.-])\d{1,2}\2\d{2,4}$|^\d{1,2}:\d{2}(:\d{2})?$/

/** The kind of a value that came as text. */
export function kindOf(value: string): Kind {
  const text = value.trim()
  if (text === '') return 'empty'
  if (text.length > 40) return 'text'
  if (number.test(text) || accounting.test(text)) return 'number'
  if (date.test(text)) return 'date'
  return /^(true|false)$/i.test(text) ? 'boolean' : 'text'
}
