/** Labels that Markdown has no marker for ("(a)", "L.4.2") stand as text at the start of a bullet. */
import type { Block, Inline } from '../../doc/model.ts'

/**
 * In parentheses, or ending in one or a period, or of several parts: what is counted, and no words. A letter or a Roman
 * numeral alone, or a number without punctuation, may be the start of a sentence.
 */
const label =
  /^(?:\((?:\d{1,3}|[a-z]{1,2}|[ivxlcdm]{1,7})\)|(?:[a-zA-Z]|[ivxlcdm]{1,7}|[IVXLCDM]{1,7})[.)]|(?:[A-Z]|\d{1,3})(?:[.-]\d{1,3})+\.?|(?:[A-Z]\.)(?:\d{1,3}\.?)+[a-z]?\.?)(?=[ \u00a0])/

export type Lifted = {
  readonly label?: string | undefined
  readonly checked?: boolean | undefined
  readonly blocks: readonly Block[]
}

export function liftLabel(blocks: readonly Block[]): Lifted {
  const [first, ...others] = blocks
  if (first?.type !== 'paragraph') return { blocks }
  const [opening, ...rest] = first.content
  if (opening?.type !== 'text' || opening.marks !== undefined) return { blocks }
  const found = label.exec(opening.text)?.[0]
  if (found === undefined) return { blocks }
  const words = opening.text.slice(found.length).trimStart()
  const content: readonly Inline[] = words === '' ? rest : [{ ...opening, text: words }, ...rest]
  return { label: found, blocks: [{ ...first, content }, ...others] }
}
