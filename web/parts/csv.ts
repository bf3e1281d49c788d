/** Rows as CSV that a spreadsheet opens without running anything, and back. */

/** A cell that starts like a formula gets a quote before it (OWASP, CSV injection); cells are quoted as in RFC 4180. */
function csvCell(value: unknown): string {
  const text = value === null || value === undefined ? '' : String(value)
  const safe = /^[\s]*[=+\-@\t\r\uFF0B\uFF0D\uFF1D\uFF20]/.test(text) ? `'${text}` : text
  return /[",;\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Spreadsheets take UTF-8 for granted only after a byte order mark. */
export const csvText = (heads: readonly string[], rows: readonly (readonly unknown[])[]): string =>
  `\uFEFF${[heads, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`

/** Spreadsheets of some countries write semicolons; the first line tells. */
const separatorOf = (text: string): string => {
  const first = text.slice(0, text.search(/[\r\n]|$/))
  return [',', ';', '\t'].toSorted((one, other) => first.split(other).length - first.split(one).length)[0]!
}

export function csvRows(file: string): string[][] {
  const text = file.replace(/^\uFEFF/, '')
  const separator = separatorOf(text)
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let isQuoted = false
  const endCell = () => {
    // The quote that keeps a formula from running is not the user's.
    row.push(/^'[\s]*[=+\-@]/.test(cell) ? cell.slice(1) : cell)
    cell = ''
  }
  const endRow = () => {
    endCell()
    if (row.some((one) => one !== '')) rows.push(row)
    row = []
  }
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!
    if (isQuoted && char === '"' && text[at + 1] === '"') {
      cell += '"'
      at += 1
    } else if (char === '"' && (isQuoted || cell === '')) isQuoted = !isQuoted
    else if (isQuoted) cell += char
    else if (char === separator) endCell()
    else if (char === '\n') endRow()
    else if (char !== '\r') cell += char
  }
  endRow()
  return rows
}
