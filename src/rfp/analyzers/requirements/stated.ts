/** Duties told without a binding word: in the present tense, or as items and cells that name what is wanted. */
import type { Passage } from '../../passages/passages.ts'
import { byActor, type Context, type Judgement, row } from './judgement.ts'
import { doerOf } from './subject.ts'

/** Sizes and limits of the offer told without a verb of duty. */
const shaped =
  /\b(?:no (?:less|more|fewer|larger|smaller|later) than|not exceed|(?:minimum|maximum) (?:of )?(?:\d|one|two|three)|(?<!not )limited to|(?:requirements?|limitations?|limits) (?:also )?appl(?:y|ies))\b/i

/** Duties told in the present tense: "Contractor provides ...", "The offeror agrees ...", "Quotes are due ...". */
export function stated({ text, role }: Passage, { isBuyer, titles }: Context): Judgement | undefined {
  // Rules and boxes of a drawing that was recognised from its picture.
  if (text.includes('|')) return undefined
  const verb =
    /^(?:(?:by|in|for|upon|on|at)\b[^,]{3,120},\s*)?((?:the |each |all |an? )?(?:[A-Z]?[a-z]+\s){0,2}?[A-Za-z]+)\s+(provides?|supports?|performs?|maintains?|delivers?|includes?|ensures?|agrees?|represents?|certifies|certify|acknowledges?|warrants?|accepts?|submits?|is|are)\s/i.exec(
      text,
    )
  const last = /\b(?:last date|due date|deadline|closing date|due no later than|due by|due on)\b/i
  if (last.test(text) && /\d/.test(text) && (role === 'instructions' || role === 'other' || role === 'form'))
    return row('instruction', last.exec(text)![0], 'required', 'offeror', 0.7)
  const by =
    /^by (?:submi\w+|signing|responding|providing)\b/i.test(text) &&
    /\b(?:agrees?|accept\w*|certif\w+|represents?|acknowledges?|warrants?|consents?)\b/i.exec(text)
  if (by) return row('instruction', by[0], 'required', 'offeror', 0.7)
  if (role === 'instructions' && shaped.test(text))
    return row('instruction', shaped.exec(text)![0], 'required', 'offeror', 0.6)
  if (!verb) return undefined
  const doer = doerOf(verb[1]!, isBuyer)
  if (doer === 'offeror' && /^(?:agree|represent|certif|acknowledge|warrant|accept)/i.test(verb[2]!))
    return row('instruction', verb[2]!, 'required', 'offeror', 0.7)
  if (
    doer === 'unknown' &&
    !/^(?:this|these|those|it|they|that|examples?)$/i.test(verb[1]!) &&
    role === 'work' &&
    specified.test(titles) &&
    /^(?:include|support|provide)/i.test(verb[2]!)
  )
    return row('requirement', verb[2]!, 'required', 'contractor', 0.5)
  if (doer === 'contractor' && role === 'work' && !/^(?:is|are)$/i.test(verb[2]!))
    return row('requirement', verb[2]!, 'required', 'contractor', 0.6)
  return undefined
}

const specified =
  /\b(?:specifications?|requirements?|features?|deliverables?|capabilit(?:y|ies)|functions?|functionality|standards?|tasks?|qualification|criteria)\b/i
const specifying =
  /\b(?:requirements?|standards?|quality|criteri(?:a|on)|deliverables?|specifications?|qualifications?|capabilit\w+|description|performance|threshold|service levels?|features?|documents? (?:to be|required)|acceptable)\b/i

const titleOnly = /^[A-Z][\w-]*(?:,? (?!(?:is|are|shall|must|will|has|have)\b)[\w-]+){0,6}\.$/

/** List items and cells that name what is wanted without a verb, in a section or column that says so. */
export function listed(
  passage: Passage,
  { standing, column, titles, isScored }: Context,
): Judgement | undefined {
  const { text, role, leads, kind } = passage
  if (isScored) return { disposition: 'criterion' }
  if (text.split(' ').length < 2 || (/:$/.test(text) && text.length < 30)) return undefined
  // "Functional requirements. Respondents shall ...": a title in front of its text.
  const inFront = kind === 'cell' || (leads && passage.run.label !== undefined)
  if (inFront && titleOnly.test(text) && passage.run.text.length > text.length + 2) return undefined
  const wanted = role === 'work' && specified.test(titles)
  if (leads && standing?.row && wanted) {
    const { word, obligation, actor } = standing.row
    return row('requirement', word, obligation, actor, 0.6)
  }
  if (
    kind === 'cell' &&
    (role === 'work' || role === 'instructions') &&
    specifying.test(column) &&
    text.split(' ').length >= (/\bdeliverables?\b/i.test(column) ? 2 : 3)
  )
    return row(
      byActor(role === 'work' ? 'contractor' : 'offeror'),
      '',
      'required',
      role === 'work' ? 'contractor' : 'offeror',
      0.5,
    )
  if (leads && wanted) return row('requirement', '', 'required', 'contractor', 0.55)
  return undefined
}
