/** The doer in front of a binding word. */

import type { Actor } from '../../lexicon/parties.ts'
import { contractor, instrument, offer, offering, offeror, performing } from '../../lexicon/parties.ts'
import type { Role } from '../../passages/roles.ts'

export type Doer = 'buyer' | 'offeror' | 'offer' | 'winner' | 'contractor' | 'instrument' | 'unknown'

const boundary =
  /[;:—]\s|\b(?:that|which|who|whom|whose|whether|if|when|where|because|unless|so|but|while|although|however|until|since|and|or)\s+(?:(?:therefore|thus|accordingly|then|also|hence|otherwise|in turn),?\s+)?(?=(?:the|a|an|any|all|each|every|no|it|they|you|we|its|their|this|these|those|such)\b)|\b(?:that|which|who)\b/gi
const winner = /\b(?:successful|selected|winning|awarded|apparent awardee|awardee|funded)\b/i
const afterHead =
  /\s(?:of|for|in|to|from|by|at|with|on|under|within|during|after|before|upon|prior|per|via|as|regarding|concerning|including|containing|not|that|which|who|whose|received|submitted|submitting|proposing|providing|provided|proposed|listed|described|specified|required|identified|performing|delivered|found|used|using|desiring|requesting|seeking|determined|designated|attached|contained|set|requiring)\b/i

/** Openings that are no subject: "In accordance with X, the offeror shall". */
const intro =
  /^(?:in|for|if|when|where|whenever|to|as|upon|by|with|within|without|unless|should|while|during|after|before|prior|under|once|at|on|per|pursuant|notwithstanding|therefore|however|further|furthermore|additionally|also|accordingly|besides|consequently|otherwise|thus|then|again|please note|note|based|given|due|because|since|although|though|except|subject|regardless|depending|included|utilizing|using|from|of|through|until|moreover|finally|similarly|likewise|[a-z]+ly)\b/i

/** A modal inside a condition binds nobody: "if new equipment shall be obtained". */
export function isConditional(text: string, at: number): boolean {
  const match =
    /(?:^|[\s,;(])(?:if (?!any\b|applicable\b|necessary\b|needed\b|required\b|possible\b|so\b|not\b)|(?:when|whenever|unless|whether|until|where|event that|case that)\s)([^,;:]*)$/i.exec(
      text.slice(0, at),
    )
  return match !== null && !/\b(?:then|shall|must|should|will)\b/i.test(match[1]!)
}

/** "If an analysis of policies, practices, and systems was not made, the offeror": the comma ends the side clause. */
const subordinate = /^(?:if|when|where|because|unless|while|although|until|since)$/
const startsSubject = (part: string): boolean =>
  /^(?:the|an?|each|every|all|any|no|your|its|their)\s/i.test(part) || /^[A-Z]/.test(part)

/** The clause a binding word stands in: where it starts, what opens it, and its subject. */
export type Clause = { readonly from: number; readonly opener: string; readonly subject: string }

/** Words in front of a binding word, back to where its clause starts, without introductions. */
export function clauseOf(text: string, at: number): Clause {
  let from = 0
  let opener = ''
  for (const match of text.slice(0, at).matchAll(boundary)) {
    const end = match.index + match[0].length
    // "that will" leaves the doer in front of "that".
    if (text.slice(end, at).trim() !== '') from = end
    opener = match[0].trim().split(/\s/)[0]!.toLowerCase()
  }
  let parts = text.slice(from, at).trim().split(/,\s+/)
  if (subordinate.test(opener)) parts = parts.slice(Math.max(0, parts.findLastIndex(startsSubject)))
  while (parts.length > 1 && (intro.test(parts[0]!) || parts[0] === '')) parts = parts.slice(1)
  // What is left of an introduction with commas in it ("For pages, charts and such, the offeror"): its last part.
  const start = parts.findIndex(startsSubject)
  const subject = parts.slice(Math.max(0, start)).join(', ').trim()
  return { from, opener, subject: subject.replace(/^[A-Z][\w ]{2,30}:\s+/, '') }
}

const headOf = (subject: string): string => {
  const cut = afterHead.exec(subject)
  return (cut && cut.index > 2 ? subject.slice(0, cut.index) : subject).trim()
}

export function doerOf(subject: string, isBuyer: RegExp): Doer {
  const head = headOf(subject)
  const own = classify(head, isBuyer)
  if (own) return own
  // No known noun in the head: somebody named behind it may still say whose it is, but not that the buyer acts.
  if (/\byour\b/i.test(subject) || offeror.test(subject)) return 'offeror'
  return offer.test(subject) ? 'offer' : contractor.test(subject) ? 'contractor' : 'unknown'
}

/** The last noun of the head decides: "VA vendors" are vendors, "the Government's evaluation" is no buyer. */
function classify(head: string, isBuyer: RegExp): Doer | undefined {
  const text = head
    .replace(/\([^)]*\)/g, ' ')
    .replace(
      /(?:\s|,|\b(?:also|hereby|further|then|only|each|both|always|either|still|thereafter|promptly|immediately|therefore|all|not|who|itself|themselves)\b)+$/i,
      '',
    )
  const ends = (pattern: RegExp): number => {
    let last = -1
    for (const match of text.matchAll(new RegExp(pattern.source, 'gi')))
      if (match.index + match[0].length === text.length) last = match[0].length
    return last
  }
  const people = new RegExp(
    `(?:${isBuyer.source})(?:[’']s?)?\\s+(?:[\\w-]+\\s){0,2}(?:owner|employees?|representatives?|staff|team|personnel|officials?|officers?|users?|members?|managers?|departments?|judges?|councilors?)$`,
    'i',
  )
  if (people.test(text)) return 'buyer'
  const bids = ends(offeror)
  if ((bids > 0 || /(?:vendor|firm|agency|contractor|company|supplier)$/i.test(text)) && winner.test(text))
    return 'winner'
  const found: readonly (readonly [Doer, number])[] = [
    ['offeror', bids],
    ['buyer', ends(isBuyer)],
    ['offer', ends(offer)],
    ['contractor', ends(contractor)],
    ['instrument', ends(instrument)],
  ]
  const best = found.toSorted((x, y) => y[1] - x[1])[0]!
  return best[1] > 0 ? best[0] : undefined
}

/** What tells whose duty a sentence is, besides its doer. */
export type Setting = {
  readonly text: string
  readonly role: Role
  /** The document has a noun of its own for whoever bids: its contractor is the winner. */
  readonly namesBidders: boolean
}

const wouldBid = /^(?:the |all |any |each |interested )?(?:vendors?|firms?|suppliers?|companies)\b/i
const aboutOffer = /\b(?:this|the) (?:RF[PQTI]|ITT|IFB|solicitation|request for \w+|tender|bid)\b/i

/** Whose duty a row is. Bidder and vendor nouns are used for both sides of the award: the sentence and its section decide. */
export function actorOf(doer: Doer, { text, role, namesBidders }: Setting): Actor {
  const early =
    role === 'instructions' ||
    role === 'evaluation' ||
    role === 'certification' ||
    role === 'form' ||
    // Answers speak of the offer and of the work alike.
    (role === 'qa' && (offering.test(text) || offer.test(text)))
  if (doer === 'winner') return 'contractor'
  if (doer === 'offer')
    return early || !performing.test(text) || offering.test(text) ? 'offeror' : 'contractor'
  if (doer === 'offeror') {
    const strict = /\b(?:offerors?|applicants?|quoters?|respondents?|proposers?)\b/i.test(text)
    return !strict &&
      performing.test(text) &&
      !/\b(?:bids?|proposals?|quot\w+|submission|submit|tender|envelopes?|presentation)\b/i.test(text)
      ? 'contractor'
      : 'offeror'
  }
  if (doer === 'contractor') {
    if (!early) return wouldBid.test(text) && aboutOffer.test(text) ? 'offeror' : 'contractor'
    if (namesBidders && /\b(?:the|each|every) contractor\b/i.test(text) && !offering.test(text))
      return 'contractor'
    return offering.test(text) || !performing.test(text) ? 'offeror' : 'contractor'
  }
  return early || (role === 'other' && aboutOffer.test(text)) ? 'offeror' : 'contractor'
}
