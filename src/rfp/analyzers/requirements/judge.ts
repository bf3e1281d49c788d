/** What one passage is to whoever bids: a duty, a permission, a consequence, or no concern of theirs. */
import { type Bound, boundBy, type Obligation, strongest } from '../../lexicon/modals.ts'
import type { Actor } from '../../lexicon/parties.ts'
import { buyerDoes, buyerJudges, commandOf, consequence } from '../../lexicon/verbs.ts'
import type { Passage } from '../../passages/passages.ts'
import type { Role } from '../../passages/roles.ts'
import { actorOf, clauseOf, type Doer, doerOf, isConditional } from './subject.ts'

export const dispositions = [
  'requirement',
  'instruction',
  'permission',
  'consequence',
  'criterion',
  'clause',
  'buyer',
  'definition',
  'informational',
  'heading',
  'contents',
  'furniture',
  'fill-in',
] as const
export type Disposition = (typeof dispositions)[number]

export type Judgement = {
  readonly disposition: Disposition
  /** Set for every row of the matrix. */
  readonly row?: {
    readonly word: string
    readonly obligation: Obligation
    readonly actor: Actor
    readonly confidence: number
  }
}

export type Context = {
  readonly isBuyer: RegExp
  /** The judgement of the stem the passage hangs on. */
  readonly stem: Judgement | undefined
  /** A lead-in that governs the whole section ("The following specifies what the system must do"). */
  readonly standing: Judgement | undefined
  /** Header text of the passage's table column. */
  readonly column: string
  /** Titles above the passage. */
  readonly titles: string
}

export function judge(passage: Passage, context: Context): Judgement {
  const { kind, text, role } = passage
  if (kind === 'heading' || kind === 'contents' || kind === 'furniture') return { disposition: kind }
  if (/_{5,}|\.{8,}|…{4,}/.test(text) && text.replace(/[_.…\s]/g, '').length < 60)
    return { disposition: 'fill-in' }
  if (!/\p{L}{2}/u.test(text) || copied.test(text)) return { disposition: 'informational' }
  if (/^\[.*\]$|\]$/.test(text) && /\b(?:insert|contracting officer)\b/i.test(text))
    return { disposition: 'fill-in' }
  return (
    inherited(passage, context) ??
    commanded(passage) ??
    asked(passage) ??
    bound(passage, context) ??
    stated(passage, context) ??
    listed(passage, context) ?? { disposition: rest(role, text) }
  )
}

/** FAR 52.215-1(e)(1): the legend an offeror may copy onto its pages; its words bind the Government. */
const copied =
  /^(?:this (?:proposal|quotation|offer) includes data that shall not be disclosed|if, however, a (?:contract|task order) is awarded to this offeror|this restriction does not limit the government|use or disclosure of data contained on this sheet)/i

const row = (
  disposition: Disposition,
  word: string,
  obligation: Obligation,
  actor: Actor,
  confidence: number,
): Judgement => ({
  disposition,
  row: { word, obligation, actor, confidence },
})

const byActor = (actor: Actor): Disposition => (actor === 'offeror' ? 'instruction' : 'requirement')

/** An item carries the duty of its stem. */
function inherited(passage: Passage, { stem }: Context): Judgement | undefined {
  if (!passage.leads || !stem?.row || stem.disposition === 'consequence' || stem.disposition === 'permission')
    return undefined
  const { word, obligation, actor } = stem.row
  const own = strongest(
    boundBy(passage.text).filter(
      ({ obligation: kind }) => kind === 'shall' || kind === 'must' || kind === 'should',
    ),
  )
  if (own && !commandOf(passage.text)) return undefined
  return row(stem.disposition, word, obligation, actor, 0.8)
}

function commanded({ text, role, kind }: Passage): Judgement | undefined {
  if (role === 'qa' || (kind === 'cell' && text.split(' ').length < 4)) return undefined
  const command = commandOf(text)
  if (!command) return undefined
  const strong = strongest(
    boundBy(text).filter(
      ({ obligation, at }) =>
        (obligation === 'shall' || obligation === 'must') && command.verb === 'please' && at > command.at,
    ),
  )
  const actor: Actor =
    role === 'work' || role === 'admin' || role === 'clauses' || role === 'schedule'
      ? /\b(?:your|proposal|quote|offeror|bidder)\b/i.test(text)
        ? 'offeror'
        : 'contractor'
      : 'offeror'
  return row(
    byActor(actor),
    strong?.word ?? text.slice(command.at).split(/\s/)[0]!,
    strong?.obligation ?? 'required',
    actor,
    0.9,
  )
}

/** A question the proposal answers; in questions and answers it is somebody else's. */
function asked({ text, role }: Passage): Judgement | undefined {
  if (!/\?["”)]?$/.test(text) || text.split(' ').length < 2) return undefined
  if (role === 'qa' || role === 'background' || role === 'amendment') return { disposition: 'informational' }
  return row('instruction', '?', 'required', 'offeror', 0.75)
}

const rights =
  /\b(?:reserves? (?:the |its )?(?:sole )?right|have the right|has the right|at its (?:sole |own |absolute )?discretion|under no obligation|not (?:be )?(?:obligated|liable|responsible)|is not bound|no liability)\b/i
const waived =
  /\b(?:is|are) not (?:required|necessary|applicable|intended)\b|\bnot applicable\b|\bneed not\b|\bdo(?:es)? not (?:apply|need|have to)\b|^no\b[^.;]{1,60}\b(?:is|are|will be) (?:required|necessary)\b/i
const defines =
  /^["“][^"”]{2,60}["”][^.]{0,40}\b(?:means|is|are|includes?|refers)\b|\bas used in this\b|\bmeans\b|\bshall be (?:construed|interpreted|deemed to mean)\b/i

type Candidate = { readonly bound: Bound; readonly doer: Doer; readonly opener: string }

/** Each binding word with its doer; a second verb of the same clause has the doer of the first. */
function readBounds(text: string, found: readonly Bound[], isBuyer: RegExp): Candidate[] {
  const read: Candidate[] = []
  for (const one of found.toSorted((a, b) => a.at - b.at)) {
    const clause = clauseOf(text, one.at)
    const first = read.findLast(({ bound }) => bound.at >= clause.from)
    read.push({
      bound: one,
      doer: first?.doer ?? doerOf(clause.subject, isBuyer),
      opener: first?.opener ?? clause.opener,
    })
  }
  return read
}

function bound({ text, role }: Passage, { isBuyer }: Context): Judgement | undefined {
  const found = boundBy(text)
  if (found.length === 0) return undefined
  const read = readBounds(text, found, isBuyer)
  const binding = read.filter((one) => binds(one, text, role, isBuyer))
  const duty = strongestOf(binding.filter(({ bound: { obligation } }) => obligation !== 'may'))
  if (duty && !(defines.test(text) && (role === 'definitions' || duty.doer === 'unknown'))) {
    const actor = actorOf(duty.doer, text, role)
    return row(
      role === 'clauses' ? 'clause' : byActor(actor),
      duty.bound.word,
      duty.bound.obligation,
      actor,
      duty.doer === 'unknown' ? 0.7 : 0.92,
    )
  }
  if (consequence.test(text) && !read.some(({ doer }) => doer === 'buyer' && rights.test(text))) {
    const word = strongest(found)!
    return row('consequence', word.word, word.obligation, actorOf('offer', text, role), 0.6)
  }
  const permission = strongestOf(binding)
  if (permission)
    return row('permission', permission.bound.word, 'may', actorOf(permission.doer, text, role), 0.6)
  if (read.some(({ doer }) => doer === 'buyer')) return { disposition: 'buyer' }
  return undefined
}

const strongestOf = (found: readonly Candidate[]): Candidate | undefined => {
  const word = strongest(found.map((one) => one.bound))
  return found.find((one) => one.bound === word)
}

/** What a product does for its buyer: told of anything but a person, a requirement on the product. */
const serves =
  /^(?:will|should) (?:not )?(?:also |automatically |\w+ly )*(?:allow|provide|support|enable|generate|include|be able|prompt|display|create|maintain|be capable|manage|use|have|need to|comply|meet|be (?:compliant|compatible|hosted|available|accessible|integrated|designed|delivered|provided))\b/i

/** Whether a binding word binds whoever bids or wins. */
function binds(one: Candidate, text: string, role: Role, isBuyer: RegExp): boolean {
  const {
    bound: { obligation, word, at },
    doer,
    opener,
  } = one
  const rest = text.slice(at)
  if (
    isConditional(text, at) ||
    waived.test(rest.slice(0, 40)) ||
    (waived.test(text) && obligation === 'required')
  )
    return false
  if (
    /^(?:that|which|who|whose|whom)$/.test(opener) &&
    (obligation === 'will' || obligation === 'may' || /^can/i.test(word)) &&
    isRelative(text, at)
  )
    return false
  if (doer === 'buyer')
    return /^(?:expects?|requir\w+|prefers?)$/i.test(word) ? !/^\w+ to\b/i.test(rest) : reached.test(rest)
  if (/^requir\w+$/i.test(word) || (doer === 'instrument' && obligation !== 'must' && role !== 'work'))
    return false
  if (isPassive(one, rest, role, isBuyer)) return false
  if (role === 'definitions')
    return (
      (obligation === 'shall' || obligation === 'must') &&
      (doer === 'offeror' || doer === 'contractor' || doer === 'winner') &&
      !defines.test(text)
    )
  if (obligation === 'may')
    return doer === 'offeror' || doer === 'offer' || doer === 'contractor' || doer === 'winner'
  if (doer !== 'unknown') return true
  if (obligation === 'will')
    return (
      role === 'work' ||
      role === 'schedule' ||
      (role !== 'background' && role !== 'evaluation' && role !== 'clauses' && serves.test(rest))
    )
  if (obligation === 'required')
    return (
      role !== 'background' &&
      role !== 'evaluation' &&
      !/^(?:is|are) to (?!be\b)/i.test(word) &&
      !/^\S+ \S+ to\b/i.test(rest)
    )
  return role !== 'background' || obligation === 'shall' || obligation === 'must'
}

/** The buyer is to be told something: the duty is on whoever tells. */
const reached =
  /^(?:shall|must|should|will) (?:\w+ly )?be (?:\w+ly )?(?:contacted|notified|informed|consulted|advised|copied)\b/i

/** In a clause that describes a noun ("offers that cannot be opened", "the offeror whose offer will be best"). */
const isRelative = (text: string, at: number): boolean =>
  /\b(?:that|which|who|whom|whose)\b[^,;:]*$/i.test(text.slice(0, at)) &&
  !/\b(?:expects?|requires?|ensure|agrees?|understood|advised|prefers?|provided|means)\s+that\b[^,;:]*$/i.test(
    text.slice(0, at),
  )

/** The passive of something the buyer does. */
function isPassive(
  { bound: { obligation }, doer }: Candidate,
  rest: string,
  role: Role,
  isBuyer: RegExp,
): boolean {
  if (obligation === 'required') return false
  const firm = obligation === 'shall' || obligation === 'must' || obligation === 'should'
  const agent = /^\S+ (?:not )?(?:\w+ly )?be (?:\w+ly )?(\w+)(?: \w+){0,3}? by (.{2,60})/i.exec(rest)
  if (agent) {
    const byBuyer =
      isBuyer.test(agent[2]!.slice(0, 40)) && !/^(?:the |an? )?(?:offeror|contractor|bidder)/i.test(agent[2]!)
    // "must be received by the Court", "must be approved by the Court": the other side has to bring it about.
    return (
      byBuyer &&
      !(
        firm &&
        /^(?:received|approved|accepted|verified|authorized|inspected|signed|agreed|cleared|acknowledged)$/i.test(
          agent[1]!,
        )
      )
    )
  }
  if (buyerDoes.test(rest))
    return !(firm && /^\S+ (?:\w+ly )?be (?:\w+ly )?(?:assigned|given|called)\b/i.test(rest))
  const judges =
    /^\S+ (?:not )?(?:\w+ly )?be (?:\w+ly )?(?:evaluated|considered|assessed|rejected|eliminated|disqualified|excluded|deemed|determined|returned|compared)\b/i.test(
      rest,
    )
  const onWork = role === 'work' || role === 'admin' || role === 'schedule'
  if (firm && doer !== 'offer' && doer !== 'offeror') return buyerJudges.test(rest) && judges && !onWork
  return buyerJudges.test(rest) && doer !== 'contractor' && doer !== 'winner'
}

/** Sizes and limits of the offer told without a verb of duty. */
const shaped =
  /\b(?:no (?:less|more|fewer|larger|smaller|later) than|not exceed|(?:minimum|maximum) (?:of )?(?:\d|one|two|three)|limited to|(?:requirements?|limitations?|limits) (?:also )?appl(?:y|ies))\b/i

/** Duties told in the present tense: "Contractor provides ...", "The offeror agrees ...", "Quotes are due ...". */
function stated({ text, role }: Passage, { isBuyer, titles }: Context): Judgement | undefined {
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

/** List items and cells that name what is wanted without a verb, in a section or column that says so. */
function listed(passage: Passage, { standing, column, titles }: Context): Judgement | undefined {
  const { text, role, leads, kind } = passage
  if (text.split(' ').length < 2 || (/:$/.test(text) && text.length < 30)) return undefined
  const wanted = role === 'work' && specified.test(titles)
  if (leads && standing?.row && wanted) {
    const { word, obligation, actor } = standing.row
    return row('requirement', word, obligation, actor, 0.6)
  }
  if (
    kind === 'cell' &&
    (role === 'work' || role === 'instructions') &&
    specifying.test(column) &&
    text.split(' ').length >= 3
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

function rest(role: Role, text: string): Disposition {
  if (role === 'evaluation') return 'criterion'
  if (role === 'definitions' || defines.test(text)) return 'definition'
  if (role === 'clauses') return 'clause'
  return 'informational'
}
