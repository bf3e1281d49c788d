/** Verbs that open an instruction, and verbs only a buyer does. */

/** Base forms that are hardly ever nouns: at the start of a sentence they command. */
const plain =
  'provide submit include describe identify explain discuss attach complete indicate propose ensure specify demonstrate give prepare define cite note check select make send upload download deliver follow add detail outline confirm certify acknowledge furnish enclose insert enter sign initial return tell summarize summarise illustrate justify clarify elaborate notify inform maintain perform conduct develop implement install configure create establish coordinate assist participate integrate manage monitor operate administer analyze analyse assess evaluate verify validate inspect repair replace remove obtain acquire collect store retain protect secure comply adhere cooperate resolve respond reply refer go keep use utilize utilise apply append affix allow avoid begin build bring carry choose compile compute consider consult contain convert customize customise demonstrate deploy determine disclose discontinue display distribute draft email mail mark meet number obtain omit organize organise package post present print proceed produce propose protect provide quote read receive recommend redact register reject remain replace request require review scan separate serve show specify start state supply support tab take train transfer transmit transport update visit warrant wear write enroll enrol generate download access participate adhere allocate assign attend capture categorize communicate'.split(
    ' ',
  )
/** Also common nouns or adjectives: they command only when an object follows. */
const ambiguous = new Set(
  'list label address state name support design plan test report schedule record document process review request contact access use note detail mark number package post present print quote read reply separate serve show start supply store tab take train transfer transport update visit wear sign initial return check select email mail draft display estimate share structure format group host measure model perfect program project provision question rate reference respond secure market deposit price budget cover'.split(
    ' ',
  ),
)
const verbs = new Set([...plain, ...ambiguous])

const object =
  /^(?:the|a|an|any|all|each|every|your|its|their|his|our|whether|how|why|what|where|who|when|if|in|by|no|not|one|two|three|four|five|six|this|these|those|that|it|them|both|either|such|specific|sufficient|clearly|briefly|only|separately|annually|\d+|\()\b/i

const lead =
  /^(?:(?:please|kindly|also|additionally|then|next|further|finally|first|second|always|only|briefly|clearly|succinctly|concisely|fully|specifically|simply|completely|accurately|never|immediately|promptly|annually|periodically|electronically|again|therefore|however|note that|be sure to|make sure to|be prepared to|do not|don[’']t|must|shall|should|to|NOTE|Note)[,:]?\s+)+/i

/** Introductory phrase before a command: "If you have other resources, describe them"; "In your own format, give ...". */
const intro =
  /^(?:if|when|where|whenever|for|in|at|on|to|upon|prior|unless|should|as|after|before|by|using|utilizing|during|within|based|with|once|while|per|under|since|because|given|depending|otherwise|regardless|of)\b[^.;:?]*?,\s*/i

export type Command = { readonly verb: string; readonly at: number }

/** The verb that commands, when the sentence is an imperative. */
export function commandOf(raw: string): Command | undefined {
  // Stops inside abbreviations end no introduction.
  const text = raw.replace(/\b(e\.g|i\.e|etc|No)\./g, (word) => word.replace(/\./g, '_'))
  const label = /^[A-Z][^:.]{2,40}:\s+(?=[A-Z])/.exec(text)?.[0].length ?? 0
  if (label > 0) return commandOf(text.slice(label))
  const direct = commandAt(text, 0, false)
  if (direct) return direct
  if (/^please\b/i.test(text)) return { verb: 'please', at: 0 }
  for (let from = 0; ; ) {
    const rest = text.slice(from)
    const match = from === 0 ? intro.exec(rest) : /^[^.;:?]*?,\s*/.exec(rest)
    if (!match) break
    from += match[0].length
    const found = commandAt(text, from, true)
    if (found) return found
    if (from > 320) break
  }
  const after = /;\s+(?:please\s+)?(?=[a-z])/i.exec(text)
  if (after) {
    const found = commandAt(text, after.index + after[0].length, true)
    if (found) return found
  }
  // The comma behind a condition is often missing.
  const bare =
    /^(?:if|for|when)\b[^.]{10,160}?[\s)](identify|provide|submit|describe|include|indicate|attach|explain|specify)\s(?:the|a|an|any|your|each|all)\b/i.exec(
      text,
    )
  if (bare) return { verb: bare[1]!.toLowerCase(), at: bare.index }
  const please =
    /[,;:–—]\s*please\s+(?=[a-z])|\bplease (?:provide|submit|include|describe|identify|note|refer|contact|ensure|see|indicate|complete|send|go|limit)\b/i.exec(
      text,
    )
  return please ? { verb: 'please', at: please.index } : undefined
}

const finite = /^(?:is|are|was|were|will|shall|must|should|may|can|has|have|includes?|means?)$/i

function commandAt(text: string, from: number, inside: boolean): Command | undefined {
  const skipped = lead.exec(text.slice(from))
  const at = from + (skipped?.[0].length ?? 0)
  const word = /^[A-Za-z]+/.exec(text.slice(at))?.[0] ?? ''
  const verb = word.toLowerCase()
  if (!verbs.has(verb))
    return skipped && /^(?:please|do not|don)/i.test(skipped[0]) ? { verb: 'please', at: from } : undefined
  const behind = text.slice(at + word.length).trimStart()
  const next = behind.split(/\s+/)
  if (finite.test(next[0] ?? '') || /^of\b/i.test(behind)) return undefined
  const noun = ambiguous.has(verb)
  // "Inspect By DoDAAC": words of a form, not a sentence.
  if (/^[A-Z]/.test(next[0] ?? '') && next.length < 6 && !/[.;:]$/.test(text)) return undefined
  if ((behind.startsWith(':') && !noun) || /^,\s(?:if|as|where|when|at|in|by|for|to the)\b/i.test(behind))
    return { verb, at }
  // "State, local and federal": a list of nouns; "Design, develop and test": commands.
  if (/^(?:,|[–—-]|$)/.test(behind)) return inside || noun ? undefined : { verb, at }
  // "Budget (10 points)": a noun with what it counts.
  if (noun && behind.startsWith('(')) return undefined
  if (object.test(behind)) return { verb, at }
  if (!noun) return inside && !/^[a-z]/.test(behind) ? undefined : { verb, at }
  // "Show evidence that ...": a noun follows, and no other verb makes the first word its subject.
  const prose = !inside && /^[a-z]/.test(behind) && /[.;]$/.test(text) && next.length >= 4
  const relative = next.findIndex((one) => /^(?:that|which|who|how|where|to)$/i.test(one))
  const main = next.slice(0, Math.min(8, relative < 0 ? 8 : relative))
  return prose && !main.some((one) => finite.test(one)) ? { verb, at } : undefined
}

const passive = (verbs: string): RegExp =>
  new RegExp(
    `^(?:will|shall|may|might|can|must|would|should|is|are|may not|must not|cannot)\\b (?:not |also |then |only |each |\\w+ly )*(?:be )?(?:not |also |then |only |each |\\w+ly )*(?:${verbs})\\b`,
    'i',
  )

/** Done by the buyer to offers and bidders: no duty, whoever the subject is. */
export const buyerDoes = passive(
  'compensated|reimbursed|paid|notified|invited|asked|allotted|selected|awarded|debriefed|given|contacted|informed that|announced|posted|published|released|issued|answered|negotiated|recommended|refunded|forfeited|chosen|introduced|scored|rated|ranked|advised of|called|granted|assigned|disallowed|opened',
)
/** Done by the buyer to offers; to work, the same words are duties ("each unit must be evaluated annually"). */
export const buyerJudges = passive(
  'evaluated|considered|reviewed|assessed|checked|screened|examined|tabulated|returned|rejected|eliminated|disqualified|excluded|determined|made(?! (?:on|in|out|using|with|up)\\b)|held(?! (?:firm|open|valid))|conducted|calculated|converted|credited|accepted|distributed|recorded|scheduled|used to|based on|requested|deemed|retained|destroyed|compared|incorporated|excused',
)

/** Losing consequences for whoever bids: kept as optional rows. */
export const consequence =
  /\b(?:not be (?:accepted|considered|evaluated|eligible|opened|read|reviewed|answered|honored|allowed)|be (?:rejected|eliminated|disqualified|excluded|returned unopened|deemed (?:non-?responsive|unresponsive|unacceptable|ineligible)|considered (?:non-?responsive|["“]?late)|determined (?:to be )?(?:non-?conforming|non-?responsive|unacceptable|["“]unacceptable)|found non-?responsive|forfeited|ineligible)|liable for rejection|summarily rejected|result in (?:the |your |an? )?(?:\w+ ){0,4}(?:reject|disqualif|exclu|remov|eliminat|not being considered|being considered|non-?responsive|delay|citation|termination)|non-?responsive|ineligible for award|cause (?:for |the )?reject\w*)/i
