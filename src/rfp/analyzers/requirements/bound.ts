/** Sentences with a binding word: whom it binds. */
import { type Bound, boundBy, strongest } from '../../lexicon/modals.ts'
import { contractor, offeror } from '../../lexicon/parties.ts'
import { relieves } from '../../lexicon/relief.ts'
import { buyerDoes, buyerJudges, consequence } from '../../lexicon/verbs.ts'
import type { Passage } from '../../passages/passages.ts'
import type { Role } from '../../passages/roles.ts'
import { byActor, type Context, type Judgement, row } from './judgement.ts'
import { actorOf, clauseOf, type Doer, doerOf, isConditional } from './subject.ts'

const rights =
  /\b(?:reserves? (?:the |its )?(?:sole )?right|have the right|has the right|at its (?:sole |own |absolute )?discretion|under no obligation|not (?:be )?(?:obligated|liable|responsible)|is not bound|no liability)\b/i
const waived =
  /\b(?:is|are) not (?:required|necessary|applicable|intended)\b|\bnot applicable\b|\bneed not\b|\bdo(?:es)? not (?:apply|need|have to)\b|^no\b[^.;]{1,60}\b(?:is|are|will be) (?:required|necessary)\b/i
export const defines =
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
      doer: first?.doer ?? agentOf(text.slice(one.at)) ?? doerOf(clause.subject, isBuyer),
      opener: first?.opener ?? clause.opener,
    })
  }
  return read
}

/** "Shall be completed by the Contractor": who is to do it stands behind. */
const agent =
  /^(?:shall|must|will|should) (?:\w+ly )?be \w+(?: \w+){0,2}? by (?:the |an? |each |any )?(contractor|offeror|bidder|quoter|vendor|supplier|consultant|proposer)\b(?![’'])/i

const agentOf = (rest: string): Doer | undefined => {
  const named = agent.exec(rest)?.[1]
  return named === undefined ? undefined : offeror.test(named) ? 'offeror' : 'contractor'
}

export function bound({ text, role }: Passage, { isBuyer, namesBidders }: Context): Judgement | undefined {
  const found = boundBy(text)
  if (found.length === 0) return undefined
  const setting = { text, role, namesBidders }
  const read = readBounds(text, found, isBuyer)
  const binding = read.filter((one) => binds(one, text, role, isBuyer))
  const duty = strongestOf(binding.filter(({ bound: { obligation } }) => obligation !== 'may'))
  if (duty && !(defines.test(text) && (role === 'definitions' || duty.doer === 'unknown'))) {
    const actor = actorOf(duty.doer, setting)
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
    return row('consequence', word.word, word.obligation, actorOf('offer', setting), 0.6)
  }
  const permission = strongestOf(binding)
  if (permission)
    return row('permission', permission.bound.word, 'may', actorOf(permission.doer, setting), 0.6)
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

/** Told in a work statement of something without a known doer: a state it has to reach, or something done to it. */
const promises =
  /^will (?:not )?(?:also |then |\w+ly )*(?:have to|need to|be|allow|provide|support|enable|generate|include|prompt|display|create|maintain|manage|use|comply|meet|contain|consist|require|adhere|conform|remain|perform|ensure|submit|deliver|report)\b/i

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
    relieves(text, at) ||
    /\bdo(?:es)? not (?:\w+ )?$/.test(text.slice(0, at)) ||
    (obligation === 'required' && /\bnot $|\bas $/.test(text.slice(0, at))) ||
    waived.test(rest.slice(0, 40)) ||
    (role === 'evaluation' && judges.test(rest)) ||
    (waived.test(text) && obligation === 'required')
  )
    return false
  if (
    /^(?:that|which|who|whose|whom)$/.test(opener) &&
    (obligation === 'will' || obligation === 'may' || /^(?:can|may)/i.test(word)) &&
    isRelative(text, at)
  )
    return false
  if (doer === 'buyer')
    return /^(?:expects?|requir\w+|prefers?)$/i.test(word)
      ? !/^\w+ to\b/i.test(rest) && !expectsOthers(rest, isBuyer)
      : reached.test(rest)
  if (
    /^requir\w+$/i.test(word) ||
    elsewhere(word, text, isBuyer) ||
    (doer === 'instrument' &&
      obligation !== 'must' &&
      role !== 'work' &&
      !(role === 'instructions' && looks.test(text)))
  )
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
      ((role === 'work' || role === 'schedule') && promises.test(rest)) ||
      (role !== 'background' &&
        role !== 'evaluation' &&
        role !== 'clauses' &&
        role !== 'qa' &&
        serves.test(rest))
    )
  if (obligation === 'required')
    return (
      role !== 'background' &&
      role !== 'evaluation' &&
      !/^(?:is|are) to (?!be\b)/i.test(word) &&
      (!/^\S+ \S+ to\b/i.test(rest) || /\bthe following $/i.test(text.slice(0, at)))
    )
  return role !== 'background' || obligation === 'shall' || obligation === 'must'
}

/** Where offers are judged, whoever judges is the buyer, also by the name of "the agency". */
const judges = /^(?:will|shall) (?:\w+ly )?(?:evaluate|score|rate|rank|assess|review|select|award)\b/i

/** How the pages of an offer look. */
const looks = /\b(?:line spacing|spacing between|margins?|font|typeface|lines? of text|paper size)\b/i

/** "Expects that it will move", "expects that the office will advise": of somebody who does not bid. */
function expectsOthers(rest: string, isBuyer: RegExp): boolean {
  const subject = /^expects?(?: that)? (.{2,80}?) (?:will|would|may|can|to)\b/i.exec(rest)?.[1]
  if (subject === undefined) return false
  return doerOf(subject, isBuyer) === 'buyer' || /^(?:it|there|this)\b|\b(?:usage|use)$/.test(subject)
}

/** The buyer is to be told something: the duty is on whoever tells. */
const reached =
  /^(?:shall|must|should|will) (?:\w+ly )?be (?:\w+ly )?(?:contacted|notified|informed|consulted|advised|copied)\b/i

/** "The responsibility of each director", "is required for the Government to decide": told of others. */
function elsewhere(word: string, text: string, isBuyer: RegExp): boolean {
  if (/^responsibility$/i.test(word)) {
    const owner = /\bresponsibility\b[^.;]{0,60}?\bof (?:the |each |its |their )?([\w ’'-]{3,40})/i.exec(
      text,
    )?.[1]
    return owner !== undefined && !offeror.test(owner) && !contractor.test(owner)
  }
  const needed = /\b(?:required|needed|necessary) (?:for|in order for) (.{3,40}?) to\b/i.exec(text)?.[1]
  return needed !== undefined && isBuyer.test(needed)
}

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
  // "Posted by March 27": until a day, not by somebody.
  const agent =
    /^\S+ (?:not )?(?:\w+ly )?be (?:\w+ly )?(\w+)(?: \w+){0,3}? by (?!\d|(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)\w*\.? \d|noon|close of)(.{2,60})/i.exec(
      rest,
    )
  if (agent) {
    // "Submitted by e-mail to the Contracting Officer": by a means, not by the buyer.
    const who = agent[2]!.split(/\s(?:to|at|via|on|in|before|between|no later|not later)\b/)[0]!
    const byBuyer = isBuyer.test(who) && !/^(?:the |an? )?(?:offeror|contractor|bidder)/i.test(who)
    // "Will be evaluated by a committee": what a buyer does, whatever its committee is called.
    if (!byBuyer && !firm && !offeror.test(who) && !contractor.test(who) && buyerJudges.test(rest))
      return true
    // "must be received by the Court", "must be approved by the Court": the other side has to bring it about.
    return (
      byBuyer &&
      !(
        firm &&
        /\b(?:received|approved|accepted|verified|authorized|inspected|signed|agreed|cleared|acknowledged)\b/i.test(
          rest.slice(0, rest.indexOf(agent[2]!)),
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
