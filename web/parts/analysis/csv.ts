/** The four results as CSV that a spreadsheet opens without running anything. */
import type { Analysis, AnalysisType } from '../../../src/contract/analyses.ts'
import { analysisTypes } from '../../../src/contract/analyses.ts'

/** A cell that starts like a formula gets a quote before it (OWASP, CSV injection); cells are quoted as in RFC 4180. */
export function csvCell(value: unknown): string {
  const text =
    value === null || value === undefined ? '' : Array.isArray(value) ? value.join('; ') : String(value)
  const safe = /^[\s]*[=+\-@\t\r\uFF0B\uFF0D\uFF1D\uFF20]/.test(text) ? `'${text}` : text
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Places are for programs; JSON has them. */
const left = new Set(['boxes', 'block_ids'])

export function toCsv(analysis: Analysis, type: AnalysisType): string {
  const rows: readonly object[] = analysis[analysisTypes[type]]
  const keys = Object.keys(rows[0] ?? {}).filter((key) => !left.has(key))
  const lines = rows.map((row) => keys.map((key) => csvCell((row as Record<string, unknown>)[key])).join(',')) // a row of the contract
  // Spreadsheets take UTF-8 for granted only after a byte order mark.
  return `\uFEFF${[keys.join(','), ...lines].join('\r\n')}\r\n`
}
