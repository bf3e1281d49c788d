/**
 * What Markdown would read as markup, and how it is kept as text: a backslash, and only where it is needed, since
 * every one of them is noise to whoever searches or compares the text (CommonMark 0.31, GFM 0.29).
 */

/** Where inline content stands: it decides what the start and the end of a line may look like. */
export type Place = 'block' | 'item' | 'heading' | 'cell' | 'link'

/** The finished line, and which of its characters are the document's own. */
export type Line = { readonly text: string; readonly isText: (index: number) => boolean }

type Rule = {
  /** Matches just before the character to escape. */
  readonly before: RegExp
  readonly reason: string
  readonly places?: readonly Place[]
}

const blocks: readonly Place[] = ['block', 'item']

const rules: readonly Rule[] = [
  { before: /(?=<[a-zA-Z/!?])/g, reason: 'raw HTML or an autolink' },
  {
    before: /(?=&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[a-zA-Z][a-zA-Z\d]{1,31});)/g,
    reason: 'a character reference',
  },
  { before: /(?=\[\^)/g, reason: 'a footnote' },
  { before: /(?=\]\()(?<=\[[\s\S]*)/g, reason: 'the end of the words of a link' },
  { before: /(?=#+[ \t]*$)(?<=^|[ \t])/g, reason: 'the closing marks of a heading', places: ['heading'] },
  // At the start of a line.
  { before: /^(?=#{1,6}(?:[ \t]|$))/gm, reason: 'a heading', places: blocks },
  { before: /^(?=>)/gm, reason: 'a quote', places: blocks },
  { before: /^(?=[-+*](?:[ \t]|$))/gm, reason: 'a bullet', places: blocks },
  { before: /(?=[.)](?:[ \t]|$))(?<=^\d{1,9})/gm, reason: 'a numbered item', places: blocks },
  { before: /^(?=(?:-[ \t]*){3,}$|(?:_[ \t]*){3,}$|(?:\*[ \t]*){3,}$)/gm, reason: 'a rule', places: blocks },
  { before: /(?<=\n)(?=(?:=+|-+)[ \t]*$)/gm, reason: 'the line under a heading', places: blocks },
  { before: /^(?=~{3})/gm, reason: 'a code block', places: blocks },
  { before: /(?<=\n)(?=[:|-](?=[^\n]*-)[-:| \t]*$)/gm, reason: 'the second row of a table', places: blocks },
  { before: /^(?=\[[^\]]*\]:)/g, reason: 'the definition of a link', places: blocks },
  { before: /(?=:)(?<=^\[\^[^\]]*\])/gm, reason: 'the definition of a footnote', places: blocks },
  { before: /^(?=\[[ xX]\][ \t\n])/g, reason: 'a task', places: ['item'] },
]

/** Runs whose every character is escaped. */
const runRules: readonly {
  readonly run: RegExp
  readonly reason: string
  readonly places: readonly Place[]
}[] = [
  { run: /^`{3,}/gm, reason: 'a code block', places: blocks },
  { run: /^\${2,}/gm, reason: 'a block of math', places: blocks },
]

/** Nothing that any rule looks at: most lines of most documents. */
const harmless = /^[^\\`*_~$<&[\]|#>+=:!\d-]*$/

export const isHarmless = (text: string): boolean => harmless.test(text)

/** Marks the characters to escape, but for those of emphasis, which `delimiters.ts` decides. */
export function markEscapes(line: Line, place: Place, escaped: Uint8Array): void {
  const mark = (index: number) => {
    if (line.isText(index)) escaped[index] = 1
  }
  for (const { before, places } of rules) {
    if (places && !places.includes(place)) continue
    for (const { index } of line.text.matchAll(before)) mark(index)
  }
  for (const { run, places } of runRules) {
    if (!places.includes(place)) continue
    for (const { index, 0: found } of line.text.matchAll(run))
      for (let at = index; at < index + found.length; at++) mark(at)
  }
  markImages(line, mark)
  if (place === 'link' && !isBalanced(line, escaped)) markAll(line.text, /[[\]]/g, mark)
}

/** An exclamation mark of the text before the bracket of a link would make it a picture. */
function markImages({ text, isText }: Line, mark: (index: number) => void): void {
  for (const { index } of text.matchAll(/!(?=\[)/g)) if (!isText(index + 1)) mark(index)
}

export function markAll(text: string, characters: RegExp, mark: (index: number) => void): void {
  for (const { index } of text.matchAll(characters)) mark(index)
}

function isBalanced({ text, isText }: Line, escaped: Uint8Array): boolean {
  let depth = 0
  for (const { index, 0: bracket } of text.matchAll(/[[\]]/g)) {
    if (escaped[index] === 1 || !isText(index)) continue
    if (bracket === '[') depth++
    else if (--depth < 0) return false
  }
  return depth === 0
}

/** A backslash is text unless punctuation or a line end follows it in what is printed. */
export function markBackslashes({ text, isText }: Line, next: string, escaped: Uint8Array): void {
  for (let index = text.length - 1; index >= 0; index--) {
    if (text[index] !== '\\' || !isText(index)) continue
    const following = escaped[index + 1] === 1 ? '\\' : (text[index + 1] ?? next)
    if (/^[!-/:-@[-`{-~\n]/.test(following)) escaped[index] = 1
  }
}

export function withEscapes(text: string, escaped: Uint8Array): string {
  let out = ''
  let from = 0
  for (let index = escaped.indexOf(1); index >= 0; index = escaped.indexOf(1, index + 1)) {
    out += `${text.slice(from, index)}\\`
    from = index
  }
  return out + text.slice(from)
}
