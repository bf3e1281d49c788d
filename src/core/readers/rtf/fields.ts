/** Fields: an instruction and the text it last gave (RTF 1.9.1, "Fields"). */
import { safeHref } from '../ooxml/href.ts'
import { symbol } from '../ooxml/symbols.ts'
import type { LinkTarget } from '../paragraphs/lines.ts'

export type Field = {
  instruction: string
  hasResult: boolean
  /** State of a form's box to tick. */
  checked: boolean | undefined
}

export const newField = (): Field => ({ instruction: '', hasResult: false, checked: undefined })

/** `HYPERLINK "address" \l "bookmark"` */
export function linkOf({ instruction }: Field): LinkTarget | undefined {
  const match = /^\s*HYPERLINK\s+([\s\S]*)$/i.exec(instruction)
  if (!match) return undefined
  const words = [...match[1]!.matchAll(/\\(\w)|"((?:[^"\\]|\\.)*)"?|(\S+)/g)]
  let address = ''
  let mark = ''
  let isMark = false
  for (const [, flag, quoted, bare] of words) {
    if (flag !== undefined) {
      isMark = flag === 'l'
      continue
    }
    const value = (quoted ?? bare ?? '').replace(/\\(.)/g, '$1')
    if (isMark) mark = value
    else if (address === '') address = value
    isMark = false
  }
  const href = safeHref(mark === '' ? address : `${address}#${mark}`)
  return href === undefined || href === '' ? undefined : { href }
}

/** What a field shows that has no result text. */
export function shownBy({ instruction, checked }: Field): string {
  if (/^\s*FORMCHECKBOX/i.test(instruction)) return checked ? '☒' : '☐'
  // Words over words: Word writes the reading of characters as a formula.
  const ruby = /^\s*EQ\b.*\\s\s*\\up\s*\d+\s*\(([^()]*)\)\s*[,;]\s*([^()]*)\)/i.exec(instruction)
  if (ruby) return `${ruby[2]!.trim()}(${ruby[1]!.trim()})`
  const sign = /^\s*SYMBOL\s+(0x[0-9a-f]+|\d+)(?:.*\\f\s+"?([^"\\]+)"?)?/i.exec(instruction)
  return sign ? (symbol((sign[2] ?? 'Symbol').trim(), Number(sign[1])) ?? '') : ''
}
