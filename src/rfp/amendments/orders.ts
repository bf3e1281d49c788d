/** Orders of a list of changes that name what they change: "Section L.4 is deleted", "change “two” to “four”". */
import { fold } from '../analyzers/requirements/ids.ts'
import { referenceOf } from '../passages/passages.ts'
import { altered, quoting, removed, type Unnumbered } from './changes.ts'
import type { Pairing } from './pairs.ts'
import { isDirective, newWordsOf, swapIn, withPart } from './says.ts'
import { isForm, type Statement, type Version } from './version.ts'
import { wordsOf } from './words.ts'

export function orderedIn(before: Version, after: Version, pairing: Pairing): Unnumbered[] {
  const quote = quoting(before)
  const rowIn = new Map(after.analysis.compliance_matrix.map((row) => [fold(row.requirement_text), row]))
  return after.passages.flatMap((passage): Unnumbered[] => {
    const { kind, page, node } = passage
    const text = withPart(passage)
    if (kind === 'furniture' || kind === 'cell' || !isDirective(text) || isForm(text)) return []
    const reference = namedIn(text)
    const swap = swapIn(text)
    if (swap) return swapped(before, swap, reference)
    const words = newWordsOf(text)
    if (words)
      return quote(words, { reference: reference ?? referenceOf(node), page, answer: null }).map((one) => ({
        ...one,
        new: one.new && { ...one.new, requirement_id: rowIn.get(fold(words))?.requirement_id ?? null },
      }))
    return reference === undefined || !deletes.test(text) ? [] : goneFrom(reference, text, before, pairing)
  })
}

const number = String.raw`((?:[A-Z][.-])?\d[\w.-]*(?:\s?\([a-z0-9]{1,4}\))*|[A-Z](?:\.\d[\w.]*)?(?:\s?\([a-z0-9]{1,4}\))+)`
const named = new RegExp(
  String.raw`\b(?:sections?|paragraphs?|provisions?|clauses?|subsections?|subparagraphs?|items?)\s+${number}`,
  'i',
)
const deletes = /\b(?:delete|remove)d?\b/i
const replaces = /\b(?:replac|substitut|insert|revis)/i

/** The number of the part that an order names: "L.4(b)". */
const namedIn = (text: string): string | undefined => named.exec(text)?.[1]?.replace(/\s|[.-]$/g, '')

/** Whether a reference ("Section L, L.4 (b)(1)") is this part or stands in it. */
function isIn(reference: string, part: string): boolean {
  return reference
    .replace(/\s+(?=\()/g, '')
    .split(', ')
    .some((one) => one.startsWith(part) && !/^[\w-]/.test(one.slice(part.length)))
}

/** Few sentences hold the words that are swapped: in more of them the order does not say which it means. */
const FEW = 3

function swapped(
  before: Version,
  { from, to }: { readonly from: string; readonly to: string },
  part: string | undefined,
): Unnumbered[] {
  const holding = before.statements.filter(({ plain }) => plain.includes(from))
  const there = part === undefined ? [] : holding.filter(({ rfp_reference }) => isIn(rfp_reference, part))
  const meant = there.length > 0 ? there : holding
  if (meant.length === 0 || meant.length > FEW) return []
  return meant.map((old) => {
    const plain = old.plain.replace(from, to)
    const now: Statement = { ...old, requirement_id: null, text: plain, plain, folded: fold(plain) }
    return altered({ old, new: now, words: wordsOf(old.plain, plain) }, null)
  })
}

/** The requirements of a part that is deleted; where other words stand in for it, those that these do not repeat. */
function goneFrom(part: string, text: string, before: Version, { old: left }: Pairing): Unnumbered[] {
  const list = replaces.test(text) ? left : before.statements
  return list
    .filter(({ requirement_id, rfp_reference }) => requirement_id !== null && isIn(rfp_reference, part))
    .map(removed)
}
