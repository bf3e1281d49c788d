/** The table of strings that cells share (ECMA-376 part 1, 18.4). */

import { MdraftError } from '../../../errors.ts'
import { descendants, elements, type Xml, xmlPieces, xmlText } from '../../../io/xml.ts'
import type { ReadContext } from '../../../reader.ts'
import type { Package } from '../../ooxml/package.ts'

export async function readStrings(
  file: Package,
  part: string | undefined,
  context: ReadContext,
): Promise<readonly string[]> {
  const bytes = part && file.has(part) ? await file.bytes(part) : undefined
  const strings: string[] = []
  if (!bytes) return strings
  let chars = 0
  try {
    for (const piece of xmlPieces(bytes, context.limits, (local) => local === 'si')) {
      const value = richText(piece)
      chars += value.length
      if (chars > context.limits.outputChars) {
        context.report.warn(
          'sheet-truncated',
          `The texts of the workbook have more than ${context.limits.outputChars} characters; the rest was left out.`,
        )
        break
      }
      strings.push(value)
    }
  } catch (error) {
    if (!(error instanceof MdraftError) || error.code === 'bomb') throw error
    context.report.warn('part-damaged', `Part of the texts could not be read: ${error.message}`, {
      path: part!,
    })
  }
  return strings
}

/** The text of `si` or `is`: one `t`, or a `t` in each run; phonetic hints are no text of the cell (18.4.6). */
export function richText(piece: Xml): string {
  const own = elements(piece).flatMap((part) =>
    part.local === 't' ? [part] : part.local === 'r' ? [...descendants(part, 't')] : [],
  )
  return own.map((part) => unescaped(xmlText(part))).join('')
}

/** `_x000D_` stands for a character that XML cannot hold (22.9.2.19). */
const unescaped = (value: string): string =>
  value.includes('_x')
    ? value.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : value
