/** What Markdown would read as markup, and how it is kept as text (CommonMark 0.31, GFM 0.29). */

type Unsafe = { readonly pattern: RegExp; readonly replacement: string }

/** Anywhere in a line. A backslash goes first, or it would escape the escapes. */
const anywhere: readonly Unsafe[] = [
  { pattern: /\\(?=[!-/:-@[-`{-~]|$)/gm, replacement: '\\\\' },
  // Emphasis and code; an underscore inside a word is harmless.
  { pattern: /[*`]/g, replacement: '\\$&' },
  { pattern: /(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, replacement: '\\_' },
  { pattern: /~(?=~)|(?<=~)~|(?<![\w~])~(?=\S)|(?<=\S)~(?![\w~])/g, replacement: '\\~' },
  // A link or an image needs "](", "][" or a definition; brackets alone are harmless but for tasks and footnotes.
  { pattern: /\[(?=[^\]]*\][([:])|\[(?=\^)|\[(?=[ xX]\])/g, replacement: '\\[' },
  { pattern: /\](?=[([:])/g, replacement: '\\]' },
  // Raw HTML, autolinks, character references.
  { pattern: /<(?=[a-zA-Z/!?])/g, replacement: '\\<' },
  { pattern: /&(?=#?\w+;)/g, replacement: '\\&' },
]

/** At the start of a line. */
const atStart: readonly Unsafe[] = [
  { pattern: /^(\s*)(#{1,6})(?=\s|$)/gm, replacement: '$1\\$2' },
  { pattern: /^(\s*)([-+])(?=\s|$)/gm, replacement: '$1\\$2' },
  { pattern: /^(\s*)(=+|-{2,})(?=[ \t]*$)/gm, replacement: '$1\\$2' },
  { pattern: /^(\s*)>/gm, replacement: '$1\\>' },
  { pattern: /^(\s*\d{1,9})([.)])(?=\s|$)/gm, replacement: '$1\\$2' },
  { pattern: /^(\s*)(~{3,})/gm, replacement: '$1\\$2' },
  { pattern: /^(\s*)\|/gm, replacement: '$1\\|' },
]

const apply = (text: string, rows: readonly Unsafe[]): string =>
  rows.reduce((out, { pattern, replacement }) => out.replace(pattern, replacement), text)

/** Text that stands inside a line. */
export const escapeInline = (text: string): string => apply(text, anywhere)

/** A finished paragraph whose lines may start with something that looks like a block. */
export const escapeLineStarts = (line: string): string => apply(line, atStart)

export const escapeHtml = (text: string): string =>
  text
    .replace(/&(?=#?\w+;)/g, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')

/** A destination as `](…)` takes it; spaces and brackets are percent-encoded. */
export const destination = (href: string): string =>
  href.replace(/[\s<>()\\]/g, (character) =>
    encodeURIComponent(character).replace('(', '%28').replace(')', '%29'),
  )
