/** What was lost, guessed or left out on the way. Nothing is lost in silence: each loss is a warning with a place. */
import type { At } from './doc/model.ts'

/**
 * Rows: code → does it make the result partial (content that a reader of the source sees is missing)?
 * `level` says how loud: a `loss` misses content, a `doubt` may be wrong, a `note` is worth knowing.
 */
export const warningCodes = {
  // pages
  'page-without-text': { level: 'loss' },
  'page-needs-ocr': { level: 'loss' },
  'pages-skipped': { level: 'loss' },
  'ocr-low-confidence': { level: 'doubt' },
  'ocr-failed': { level: 'loss' },
  'garbled-text': { level: 'doubt' },
  'hidden-text': { level: 'note' },
  'page-failed': { level: 'loss' },
  'deadline-reached': { level: 'loss' },
  // structure
  'table-doubtful': { level: 'doubt' },
  'heading-doubtful': { level: 'doubt' },
  'table-truncated': { level: 'loss' },
  'sheet-truncated': { level: 'loss' },
  'output-truncated': { level: 'loss' },
  'nesting-flattened': { level: 'note' },
  // parts of a file
  'image-skipped': { level: 'note' },
  'image-not-readable': { level: 'note' },
  'external-reference': { level: 'note' },
  'macros-ignored': { level: 'note' },
  'part-missing': { level: 'loss' },
  'part-damaged': { level: 'loss' },
  'file-salvaged': { level: 'doubt' },
  'member-skipped': { level: 'loss' },
  'member-failed': { level: 'loss' },
  'unsupported-content': { level: 'loss' },
  'hidden-content': { level: 'note' },
  'tracked-changes': { level: 'note' },
  'encoding-guessed': { level: 'doubt' },
  'format-mismatch': { level: 'note' },
  'password-ignored': { level: 'note' },
  'empty-document': { level: 'loss' },
  'second-engine': { level: 'note' },
  'approximate-pages': { level: 'note' },
  'written-differently': { level: 'note' },
} as const satisfies Record<string, { level: 'loss' | 'doubt' | 'note' }>

export type WarningCode = keyof typeof warningCodes
type WarningLevel = (typeof warningCodes)[WarningCode]['level']

export type Warning = {
  readonly code: WarningCode
  readonly level: WarningLevel
  readonly message: string
  readonly at?: At
  /** How many more of the same kind were folded into this one. */
  readonly more?: number
}

export type Report = {
  warn(code: WarningCode, message: string, at?: At): void
  readonly warnings: readonly Warning[]
}

/** Warnings of one kind kept with their own place; further ones only raise `more` on the last. */
const KEPT_PER_CODE = 50

/** @param earlier warnings to go on from */
export function createReport(earlier: readonly Warning[] = []): Report {
  const warnings: Warning[] = [...earlier]
  const counts = new Map<WarningCode, number>()
  return {
    warnings,
    warn(code, message, at) {
      const count = (counts.get(code) ?? 0) + 1
      counts.set(code, count)
      if (count <= KEPT_PER_CODE) {
        warnings.push({ code, level: warningCodes[code].level, message, ...(at ? { at } : {}) })
        return
      }
      const last = warnings.findLastIndex((warning) => warning.code === code)
      warnings[last] = { ...warnings[last]!, more: count - KEPT_PER_CODE }
    },
  }
}

/** True when a reader of the source sees something that the result lacks. */
export const isPartial = (warnings: readonly Warning[]): boolean =>
  warnings.some((warning) => warning.level === 'loss')
