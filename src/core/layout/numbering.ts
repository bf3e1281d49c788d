/** Printed numbers at the front of a heading, clause or list item. */

export type Label = {
  /** As printed: "L.4.2", "(a)", "3.". */
  readonly text: string
  readonly kind: 'bullet' | 'decimal' | 'letter' | 'roman' | 'section'
  /** How many parts the number has: 1 for "3.", 3 for "L.4.2". */
  readonly depth: number
  /** Characters up to the start of the words. */
  readonly length: number
}

const BULLET = /^([•●○▪■□◦‣➢➔⇨✓✗◆❖◻❍❑❒☐☑☒·∙]|[*–—-](?=\s))\s*/u
/** "3.", "3.1", "3.1.4.", "L.4.2", "C-3.1", "1.0" */
const DECIMAL = /^((?:[A-Z]{1,2}[-.])?\d{1,3}(?:\.\d{1,3})*[a-z]?)([.)]?)(?=\s|$)/
/** "(a)", "a.", "a)", "(iv)", "iv.", "A." */
const LETTER = /^(\(?)([a-z]{1,2}|[A-Z]{1,2}|[ivxlc]{1,6}|[IVXLC]{1,6}|\d{1,3})([.)])(?=\s|$)/
/** "Section 3", "ARTICLE IV", "Part 2", "Appendix A", "Attachment 3" */
const SECTION =
  /^((?:section|article|chapter|part|appendix|annex|attachment|exhibit|schedule|volume|factor|subfactor|task|phase|step)\s+(?:[A-Z]{1,2}\b|\d+(?:\.\d+)*|[IVXLC]+\b))\s*([.:–—-]|$|(?=\s))/i

export function labelOf(text: string): Label | undefined {
  const bullet = BULLET.exec(text)
  if (bullet) return { text: bullet[1]!, kind: 'bullet', depth: 1, length: bullet[0].length }
  const decimal = DECIMAL.exec(text)
  if (decimal) {
    const [all, number, stop] = decimal
    const parts = number!.split(/[.-]/).filter((part) => part !== '')
    // A lone number without a stop is a quantity or a year more often than a label.
    if (parts.length > 1 || stop !== '' || number!.length <= 2)
      return {
        text: number! + stop!,
        kind: 'decimal',
        // "1.0" stands for "1".
        depth: parts.length > 1 && parts.at(-1) === '0' ? parts.length - 1 : parts.length,
        length: all!.length,
      }
  }
  const letter = LETTER.exec(text)
  if (letter && (letter[1] === '' || letter[3] === ')')) {
    const roman = /^[ivxlc]{2,}$/i.test(letter[2]!)
    return { text: letter[0]!, kind: roman ? 'roman' : 'letter', depth: 1, length: letter[0]!.length }
  }
  const section = SECTION.exec(text)
  if (section) return { text: section[1]!, kind: 'section', depth: 1, length: section[0]!.length }
  return undefined
}

/** Begins with a bullet or a printed number: a list item or a numbered clause. */
export const isLabelled = (text: string): boolean => {
  const label = labelOf(text)
  return (
    label !== undefined && label.kind !== 'section' && !(label.kind === 'decimal' && /^\d+$/.test(label.text))
  )
}
