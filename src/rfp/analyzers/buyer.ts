/** The names this document uses for its buyer and for whoever bids, learned from what they do in it. */
import { buyer, offeror } from '../lexicon/parties.ts'
import type { Reading } from '../passages/passages.ts'

// Acts only a buyer does: a capitalized subject of one of them is a name of the buyer.
const acts =
  /(?:^|[.;,]\s|\b(?:that|and|but|by)\s)(?:the )?((?:[A-Z][\w’'&-]*)(?:\s(?:of|for|and|the)?\s?[A-Z][\w’'&-]*){0,4})(?:[’']s [a-z]+)?\s+(?:(?:also |further |hereby |therefore )?(?:reserves? (?:the |its )?right|intends? to (?:award|make|enter|select|evaluate|issue|utilize|use)|anticipates? (?:award|making)|contemplates? award)|(?:will|shall|may)(?: not)? (?:evaluate|award|reject|select|notify|conduct|consider|review|issue|make (?:an? )?award|be (?:liable|responsible|held responsible)|waive|cancel|amend|extend|have the right|form a committee|reimburse|pay)\b|(?:is|are) (?:seeking|soliciting|requesting|not (?:liable|obligated|responsible))|(?:requires|seeks|desires|wishes|invites|proposes|requests|is requesting|hereby issues|hereby requests|has a requirement))\b/g

const common = new Set([
  'It',
  'This',
  'The',
  'Any',
  'All',
  'They',
  'No',
  'Each',
  'If',
  'These',
  'That',
  'Which',
  'There',
  'In',
  'We',
  'You',
  'Such',
  'Payment',
  'Payments',
  'Award',
  'Contract',
  'Contracts',
])

export function buyerNames(reading: Reading): ReadonlySet<string> {
  const names = new Set<string>()
  const all = reading.passages.map(({ text }) => text).join('\n')
  for (const { kind, text } of reading.passages) {
    if (kind === 'heading' || kind === 'furniture' || kind === 'contents') continue
    for (const match of text.matchAll(acts)) {
      const name = match[1]!.replace(/^(?:The|If the|However,?) /, '').trim()
      if (
        common.has(name) ||
        offeror.test(name) ||
        /(?:contractor|bidder|vendor|system)s?\b/i.test(name) ||
        /^(?:This|That|When|Only|For|After|Before|Other|Both|TBD|Contracting|A|An)\b(?! Officer)/.test(
          name,
        ) ||
        isBound(name, all)
      )
        continue
      names.add(name)
      const acronym = new RegExp(`${quoted(name)}\\s*\\(([A-Z]{2,8})\\)`).exec(text)?.[1]
      if (acronym && !isBound(acronym, all)) names.add(acronym)
    }
  }
  return names
}

/** Told what it "shall" do more often than what it will or may: a party with duties ("BA shall notify"), no buyer. */
function isBound(name: string, text: string): boolean {
  const count = (modals: string): number =>
    text.match(new RegExp(`\\b${quoted(name)} (?:${modals})\\b`, 'g'))?.length ?? 0
  const duties = count('shall|must')
  return duties >= 3 && duties > count('will|may|reserves|intends|requires|anticipates|is')
}

const quoted = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** A test for the buyer: the general words and this document's own names. */
export function buyerPattern(names: ReadonlySet<string>): RegExp {
  const own = [...names].filter((name) => name.length >= 2).map(quoted)
  return own.length === 0
    ? buyer
    : new RegExp(`${buyer.source}|\\b(?:${own.sort((a, b) => b.length - a.length).join('|')})\\b`, 'i')
}
