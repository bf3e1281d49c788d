/** Provisions that the offeror completes and returns: representations and certifications with blocks to check or lists to fill. */
import { tidy } from '../../passages/headings.ts'
import { headingsOf, type Passage, type Reading } from '../../passages/passages.ts'
import type { Node } from '../../passages/tree.ts'
import { type Found, shorten } from './recipe.ts'
import type { Statement } from './statements.ts'

const completes =
  /\bby checking the (?:appropriate|applicable)\b|\b(?:offeror|quoter|bidder|respondent)s? (?:shall|must)\b[^.;]{0,30}\b(?:complete|check|list|fill|mark|insert)\b/i

/** More than these are one errand: the section as a whole. */
const most = 3

/** Provisions and clauses are titled with the month of their text (FAR 52.101(f)). */
const dated = /\((?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]*\.? \d{4}\)/i

export function provisions(reading: Reading, statements: readonly Statement[]): Found[] {
  const byProvision = new Map<Node, { provision: Node; statement: Statement }>()
  let open: Node | undefined
  for (const statement of statements) {
    if (statement.isHeading && (dated.test(statement.text) || statement.passage.node.style === 'clause'))
      open = statement.passage.node
    if (statement.role !== 'certification' || statement.isHeading || !completes.test(statement.text)) continue
    const provision = provisionOf(statement.passage) ?? open
    if (provision && !byProvision.has(provision)) byProvision.set(provision, { provision, statement })
  }
  const found = [...byProvision.values()]
  if (found.length <= most)
    return found.map(({ provision, statement }) => ({
      kind: 'certification',
      value: shorten(nameOf(provision)),
      statement,
    }))
  const heading = statements.find(
    ({ isHeading, passage }) => isHeading && reading.letterOf(passage.node) === 'K' && passage.titles,
  )
  const names = found.map(({ provision }) => provision.number ?? nameOf(provision))
  return [
    {
      kind: 'form',
      value: shorten(`Section K, representations and certifications: ${names.join(', ')}`, 240),
      statement: heading ?? found[0]!.statement,
    },
  ]
}

/** The clause the passage stands in by number or title. */
const provisionOf = ({ node }: Passage): Node | undefined =>
  headingsOf(node).find(({ style, title }) => style === 'clause' || dated.test(title ?? ''))

const nameOf = ({ number, title }: Node): string => tidy(`${number ?? ''} ${title ?? ''}`.trim())
