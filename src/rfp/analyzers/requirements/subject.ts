/** The doer in front of a binding word. */

import type { Actor } from '../../lexicon/parties.ts'
import { contractor, offer, offering, offeror, performing } from '../../lexicon/parties.ts'
import type { Role } from '../../passages/roles.ts'

export type Doer = 'buyer' | 'offeror' | 'offer' | 'winner' | 'contractor' | 'unknown'

const boundary =
  /[;:—]\s|\b(?:that|which|who|whom|whose|whether|if|when|where|because|unless|so|but|while|although|however|until|since|and|or)\s+(?=(?:the|a|an|any|all|each|every|no|it|they|you|we|its|their|this|these|those|such)\b)|\b(?:that|which|who)\b/gi
const winner = /\b(?:successful|selected|winning|awarded|apparent awardee|awardee|funded)\b/i
const afterHead =
  /\s(?:of|for|in|to|from|by|at|with|on|under|within|during|after|before|upon|prior|per|via|as|regarding|concerning|including|containing|not|that|which|who|whose|received|submitted|submitting|proposing|providing|provided|proposed|listed|described|specified|required|identified|performing|delivered|found|used|using|desiring|requesting|seeking|determined|designated|attached|contained|set|requiring)\b/i

/** Words right before a binding word, back to where its clause starts. */
export function subjectOf(text: string, at: number): string {
  let from = 0
  for (const match of text.slice(0, at).matchAll(boundary)) {
    const end = match.index + match[0].length
    // "..., and the offeror shall": the clause starts behind the conjunction; "that will" leaves the doer in front of "that".
    if (text.slice(end, at).trim() !== '') from = end
  }
  const clause = text.slice(from, at).trim()
  const commas = clause.split(/,\s+/)
  const last = commas.at(-1)!.trim()
  // "Any proposal, modification, or revision received ... will": a list of doers, not an introduction.
  return commas.length > 1 && /^(?:and|or)\b/i.test(last)
    ? commas.slice(-3).join(', ')
    : last === '' && commas.length > 1
      ? commas.at(-2)!
      : last
}

const headOf = (subject: string): string => {
  const cut = afterHead.exec(subject)
  const head = cut && cut.index > 2 ? subject.slice(0, cut.index) : subject
  return head.trim()
}

export function doerOf(subject: string, isBuyer: RegExp): Doer {
  const head = headOf(subject)
  return classify(head, isBuyer) ?? classify(subject, isBuyer) ?? 'unknown'
}

/** The last word of the head decides: "the Government's evaluation", "the Offeror's project manager", "contractor proposals". */
function classify(text: string, isBuyer: RegExp): Doer | undefined {
  if (
    /\b(?:offeror|bidder|applicant|respondent|vendor|tenderer|proposer|firm|agency|contractor)s?\b/i.test(
      text,
    ) &&
    winner.test(text)
  )
    return 'winner'
  const tail = text.replace(/^.*[’']s?\s+(?=\S)/, '')
  for (const part of tail === text ? [text] : [tail, text]) {
    if (offeror.test(part)) return 'offeror'
    if (part === text && isBuyer.test(part)) return 'buyer'
    if (offer.test(part)) return 'offer'
    if (contractor.test(part)) return 'contractor'
    if (isBuyer.test(part)) return 'buyer'
  }
  return undefined
}

/** Whose duty a row is. Bidder and vendor nouns are used for both sides of the award: the sentence and its section decide. */
export function actorOf(doer: Doer, text: string, role: Role): Actor {
  const early =
    role === 'instructions' ||
    role === 'evaluation' ||
    role === 'certification' ||
    role === 'form' ||
    role === 'qa'
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
    if (!early) return 'contractor'
    return offering.test(text) || !performing.test(text) ? 'offeror' : 'contractor'
  }
  return early ? 'offeror' : 'contractor'
}
