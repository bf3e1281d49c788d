/** RFC 4180, with a byte order mark: spreadsheets take UTF-8 for granted only after one. */
import type { Sheet, Value } from './tables.ts'

/** A cell that starts like a formula gets a quote before it (OWASP, CSV injection); numbers are numbers. */
function cellOf(value: Value): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = /^\s*[=+\-@\t\r\uFF0B\uFF0D\uFF1D\uFF20]/.test(value) ? `'${value}` : value
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export function csvOf({ columns, rows }: Sheet): string {
  const lines = [columns.map(({ key }) => key), ...rows].map((cells) => cells.map(cellOf).join(','))
  return `\uFEFF${lines.join('\r\n')}\r\n`
}
