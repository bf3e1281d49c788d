/** What one passage is to whoever bids: a duty, a permission, a consequence, or no concern of theirs. */
import { boundBy, strongest } from '../../lexicon/modals.ts'
import type { Actor } from '../../lexicon/parties.ts'
import { commandOf } from '../../lexicon/verbs.ts'
import type { Passage } from '../../passages/passages.ts'
import type { Role } from '../../passages/roles.ts'
import { bound, defines } from './bound.ts'
import { byActor, type Context, type Disposition, type Judgement, row } from './judgement.ts'
import { listed, stated } from './stated.ts'

export function judge(passage: Passage, context: Context): Judgement {
  const { kind, text, role } = passage
  if (kind === 'heading' || kind === 'contents' || kind === 'furniture') return { disposition: kind }
  if (context.onForm && !isSentence.test(text)) return { disposition: 'informational' }
  if (passage.voice === 'question') return { disposition: 'informational' }
  if (/_{5,}|\.{8,}|…{4,}/.test(text) && text.replace(/[_.…\s]/g, '').length < 60)
    return { disposition: 'fill-in' }
  if (!/\p{L}{2}/u.test(text) || copied.test(text) || provisionTitle.test(text))
    return { disposition: 'informational' }
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

/** "UPDATES OF INFORMATION REGARDING RESPONSIBILITY MATTERS. (OCT 2018)": a clause incorporated by its title. */
const provisionTitle =
  /^[^a-z]{10,}\((?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]*\.? (?:19|20)\d\d\)/

/** Told in full: words enough and a stop. */
const isSentence = /^(?:\S+\s+){6,}\S+[.;]$/

/** FAR 52.215-1(e)(1): the legend an offeror may copy onto its pages; its words bind the Government. */
const copied =
  /^(?:this (?:proposal|quotation|offer) includes data that shall not be disclosed|if, however, a (?:contract|task order) is awarded to this offeror|this restriction does not limit the government|use or disclosure of data contained on this sheet)/i

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
      ? /\b(?:your?|proposal|quote|offeror|bidder)\b/i.test(text)
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

function rest(role: Role, text: string): Disposition {
  if (role === 'evaluation') return 'criterion'
  if (role === 'definitions' || defines.test(text)) return 'definition'
  if (role === 'clauses') return 'clause'
  return 'informational'
}
