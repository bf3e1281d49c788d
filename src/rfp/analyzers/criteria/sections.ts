/** Criteria told by structure or prose: subsections of the evaluation section, gates, and price. */
import { headingsOf, type Passage, type Reading } from '../../passages/passages.ts'
import type { Node } from '../../passages/tree.ts'
import { type Candidate, candidate, capital, isEvaluation, nameFrom, wordsOf } from './candidates.ts'
import { weightIn } from './weights.ts'

const judged =
  /\b(?:will|shall|may|to) (?:also |be |then )*(?:evaluat\w+|assess\w*|consider\w*|review\w*|scor\w+|rat(?:e|ed)|receive (?:additional |maximum )?points)\b|\bevaluation (?:of|will|shall)\b|\bin evaluating\b|\bassessment\b/i
const general =
  /\b(?:evaluation (?:process|criteria|factors|procedures?|committee|method(?:ology)?|approach|and|of (?:options|offers|proposals|bids|quot\w+))|basis (?:of|for)|award|general|definitions?|ratings?|selection|notice|options?|overview|introduction|process|procedures?|responsibility|discussions?|clarifications?|protests?|debriefing\w*|exchanges|interchanges|competitive range|clauses?|provisions?|negotiat\w+|committee|preferences?|scoring|formula|converting|examples?|step|points|instructions?|submissions?|format|due date|inquiries|modifications?|interviews?|price (?:analysis|realism)|cost (?:analysis|realism))\b/i

const clausePrefix = /^(?:[A-Z]{2,6}\s+)?\d{2,4}\.\d{3}-\d{1,4}\s*[-–—.:]*\s*/
const dateSuffix = /\s*\.?\s*\((?:[A-Z]{3,9}\.?\s*)?(?:19|20)\d\d\).*$/i

/** "M.4 GSFC 52.215-323 COST EVALUATION FACTOR (JUN 2014)": a section that calls itself a factor. */
export function factorTitles(reading: Reading): Candidate[] {
  return reading.passages.flatMap((passage): Candidate[] => {
    if (!passage.titles || !isEvaluation(passage) || passage.node.title === null) return []
    const title = passage.node.title.replace(clausePrefix, '').replace(dateSuffix, '')
    const match = /^(.{3,60}?)\s+(?:evaluation\s+)?factor(?:\s*\(.*\))?$/i.exec(title)
    const name = match && nameFrom(match[1]!)
    if (
      !name ||
      /\b(?:evaluation|source selection|relative|importance|non-?price|non-?cost|general|award|following|technical evaluation)\b/i.test(
        name,
      )
    )
      return []
    return [candidate('labelled', name, passage, { weight: weightIn(passage.node.title) ?? null })]
  })
}

const gateTitle =
  /\b(?:compliance check|compliance review|responsiveness|minimum (?:qualifications?|requirements|responsiveness)|mandatory (?:\w+ )?(?:requirements|criteria)|eligibility (?:criteria|check)|pre-?qualification|pass\s?\/\s?fail|administrative (?:review|compliance)|(?:acceptability|completeness|eligibility|initial) (?:review|screening))\b/i

/** Subsections of an evaluation section whose text says how they are judged. */
export function sections(reading: Reading): Candidate[] {
  const first = new Map<Node, Passage>()
  const bodies = new Map<Node, string>()
  for (const passage of reading.passages) {
    const { node } = passage
    if (passage.titles) {
      if (!first.has(node)) first.set(node, passage)
    } else
      for (const at of headingsOf(node))
        bodies.set(at, `${bodies.get(at) ?? ''} ${passage.text}`.slice(0, 1500))
  }
  return [...first].flatMap(([node, passage]): Candidate[] => {
    const title = node.title
    if (
      title === null ||
      node.style === 'clause' ||
      /\((?:[A-Z]{3,9}\.? )?(?:19|20)\d\d\)/.test(title) ||
      !isEvaluation(passage) ||
      !node.parent ||
      node.parent.title === null
    )
      return []
    if (reading.roleOf(node.parent) !== 'evaluation') return []
    const name = nameFrom(title.replace(/\(?\d+(?:\.\d+)?\s*(?:%|points?|percent)\)?/i, ''))
    if (
      !name ||
      general.test(name) ||
      gateTitle.test(name) ||
      wordsOf(name).length > 10 ||
      /^(?:factor|sub-?factor|element|phase|step|stage)\b/i.test(node.number ?? '')
    )
      return []
    const body = bodies.get(node) ?? ''
    return judged.test(body.slice(0, 600))
      ? [candidate('section', capital(name), passage, { weight: weightIn(title) ?? null })]
      : []
  })
}

/** Headings that gather factors: "Technical Evaluation Factors" over a list. */
export function groups(reading: Reading, found: readonly Candidate[]): Candidate[] {
  return reading.passages.flatMap((passage): Candidate[] => {
    if (!passage.titles || !isEvaluation(passage) || passage.node.title === null) return []
    const match =
      /^(?:.*\b)?((?:technical|non-?price|non-?cost|price|cost|management|quality|qualitative|financial)\b[\w /-]{0,30}\b(?:evaluation )?(?:factors?|criteria|evaluation))\b/i.exec(
        passage.node.title,
      )
    if (!match) return []
    const children = found.filter(
      (one) => one.node === passage.node || headingsOf(one.node).includes(passage.node),
    )
    const isPrice = /\b(?:price|cost|financial)\b/i.test(match[1]!) && !/non/i.test(match[1]!)
    return children.length > 0 || isPrice
      ? [
          candidate(
            isPrice && children.length === 0 ? 'price' : 'section',
            capital(passage.node.title),
            passage,
          ),
        ]
      : []
  })
}

type Gate = {
  readonly pattern: RegExp
  readonly name: (match: RegExpExecArray) => string
  readonly method: string
}

/** Prose that makes passing a condition of being evaluated or awarded. */
const gates: readonly Gate[] = [
  {
    pattern:
      /\b((?:[A-Z][\w/-]*\s){1,5})(?:requirements?|criteri(?:on|a)|factor)?\s*\(\s*[Pp]ass\s?(?:\/|or)\s?[Ff]ail\s*\)/,
    name: (match) => match[1]!,
    method: 'pass/fail',
  },
  {
    pattern: /\b(?:pass(?:es)?\s?\/\s?fail|pass or fail|go\s?\/\s?no[- ]go)\b/i,
    name: () => '',
    method: 'pass/fail',
  },
  {
    pattern: /\blowest[- ]price(?:d)?,? technically acceptable\b|\bLPTA\b/i,
    name: () => 'Technically acceptable',
    method: 'acceptable / unacceptable',
  },
  {
    pattern: /\bevaluated (?:for|on) (technical acceptability)\b/i,
    name: (match) => match[1]!,
    method: 'acceptable / not acceptable',
  },
  {
    pattern:
      /\binitial (?:compliance )?(?:assessment|review|screening)\b[^.]{0,60}\bagainst the ([a-z ]{5,50}(?:Section L|solicitation|RFP|RFQ))/i,
    name: (match) => match[1]!,
    method: 'pass/fail',
  },
  {
    pattern:
      /\baward will be made only when\b[^.]{0,80}?\b((?:fully )?compl(?:y|ies) with the [a-z ]{5,60})/i,
    name: (match) => match[1]!.replace(/\s+(?:of the solicitation)?$/i, ''),
    method: 'pass/fail',
  },
  {
    pattern:
      /^(?:the )?((?:minimum|mandatory|preliminary|pre-?)\s?(?:qualification|eligibility|requirements?)[\w ]{0,40}?)\s+(?:shall|will|must) be (?:evaluated|reviewed|assessed|checked)/i,
    name: (match) => match[1]!,
    method: 'pass/fail',
  },
]

export function gated(reading: Reading): Candidate[] {
  const out: Candidate[] = []
  for (const passage of reading.passages) {
    if (passage.kind === 'furniture' || passage.kind === 'contents') continue
    if (passage.titles) {
      const title = passage.node.title ?? ''
      const isInner = out.some((one) => one.passage.titles && headingsOf(passage.node).includes(one.node))
      if (isEvaluation(passage) && gateTitle.test(title) && !isInner) {
        const label = /^(?:Phase|Step|Stage)/i.test(passage.node.number ?? '')
          ? `${passage.node.number}: `
          : ''
        out.push(candidate('gate', `${label}${title}`, passage, { gate: true, method: 'pass/fail' }))
      }
      continue
    }
    const isDenied =
      /\b(?:neither|nor|will not (?:use|utilize))\b/i.test(passage.text) ||
      (/\bwill not be\b/i.test(passage.text) && !/\bpass\s?\/\s?fail\b/i.test(passage.text))
    if (!isEvaluation(passage) || isDenied) continue
    for (const { pattern, name, method } of gates) {
      const match = pattern.exec(passage.text)
      const told = match && nameFrom(name(match))
      if (told) out.push(candidate('gate', capital(told), passage, { gate: true, method }))
    }
  }
  return out
}

const priceTitle =
  /^(?:(?:phase|step|factor|volume)\s+\w+\s*[-–—:]\s*)?(?:total |evaluated |proposed )?(?:price|pricing|cost)(?:\s*[/&]\s*(?:price|cost))?(?: (?:evaluation|proposal|factor|submission|criteria)s?)*$/i
const phase = /^(?:phase|step|factor|volume)\s+\w+\s*[-–—:]\s*/i

/** Price, when it counts and no list names it: a section of its own, else the sentence that says so. */
export function price(reading: Reading): Candidate[] {
  const shown = reading.passages.filter(
    (passage) => isEvaluation(passage) && passage.kind !== 'furniture' && passage.kind !== 'contents',
  )
  const titled = shown.find(
    ({ titles, node }) => titles && node.title !== null && priceTitle.test(node.title),
  )
  if (titled) return [candidate('price', titled.node.title!.replace(phase, ''), titled)]
  for (const passage of shown) {
    if (passage.titles || /\b(?:not|without|neither|nor)\b/i.test(passage.text)) continue
    if (lowest.test(passage.text))
      return [candidate('price', 'Price (lowest responsive and responsible bid)', passage)]
    const match = said.map((pattern) => pattern.exec(passage.text)).find(Boolean)
    if (match) return [candidate('price', capital(match[1]!.toLowerCase().replace(/s$/, '')), passage)]
  }
  return []
}

/** Sealed bids: ABA Model Procurement Code 3-202(7), FAR 14.103-2(d). */
const lowest =
  /\blowest,?(?: and best)? (?:responsive|responsible|qualified)\b[^.]{0,40}\b(?:bid|bidder|offeror)\b/i

const said: readonly RegExp[] = [
  /\b((?:financial|price|cost) (?:bid|proposal|quotation|quote|offer|submission)s?)\b[^.]{0,80}\b(?:evaluated|opened|open|compared|considered|ranked|lowest)\b/i,
  /\b(?:open|evaluat\w+|compar\w+|consider\w*|review)\b[^.]{0,40}\b((?:financial|price|cost) (?:bid|proposal|quotation|quote|offer|submission)s?)\b/i,
  /\b(?:total |overall |proposed |offered |evaluated )?\b(price|cost)\b[^.]{0,60}\b(?:will|shall) be (?:evaluated|considered|analyzed|assessed|based)\b/i,
  /\bevaluate[^.]{0,40}\b(price|cost)s?\b/i,
  /\blowest[- ](price)\b/i,
]

/** Sections beside the factors, of the same rank: "9.6.4 Oral Interview" next to "9.6.1 Factor 1". */
export function beside(reading: Reading, factors: readonly Candidate[]): Candidate[] {
  const titled = factors.filter((one) => one.passage.titles && isEvaluation(one.passage))
  const parents = new Set(titled.map((one) => one.passage.node.parent))
  return reading.passages.flatMap((passage): Candidate[] => {
    const { node } = passage
    if (!passage.titles || node.title === null || !isEvaluation(passage) || !parents.has(node.parent))
      return []
    if (factorTitle.test(`${node.number ?? ''} ${node.title}`)) return []
    const name = nameFrom(node.title.replace(phase, ''))
    return name && !general.test(name) && !/\b(?:rating|table|factors?)\b/i.test(name)
      ? [candidate('section', name, passage)]
      : []
  })
}

const factorTitle = /\b(?:sub-?)?(?:factor|element|criterion)\s+[A-Z]?\d{0,2}/i
