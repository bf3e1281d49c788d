/** What the solicitation is: number, title, office, kind, and how it is set aside. First pages weigh most. */
import type { Analysis } from '../findings.ts'
import type { Passage, Reading } from '../passages/passages.ts'

type Facts = Analysis['solicitation']

const kinds: readonly (readonly [NonNullable<Facts['type']>, RegExp])[] = [
  ['RFI', /\brequest for information\b|\bRFI\b|\bsources sought\b|\bmarket research\b/gi],
  ['BAA', /\bbroad agency announcement\b|\bBAA\b/g],
  ['RFQ', /\brequest for (?:quotes?|quotations?)\b|\bRFQs?\b/gi],
  ['IFB', /\binvitation (?:for|to) bids?\b|\bIFB\b|\bsealed bid \(IFB\)/gi],
  [
    'ITT',
    /\binvitation to tender\b|\bITT\b|\brequest for tenders?\b|\bcalls? for tenders?\b|\bRFT\b|\bnotice inviting tender\b/gi,
  ],
  ['RFP', /\brequest for proposals?\b|\bRFPs?\b/gi],
  [
    'other',
    /\brequests? for (?:statements? of )?(?:qualifications|applications)\b|\bstatements? of qualifications\b|\bfunding opportunity\b|\bcall for (?:proposals|applications)\b/gi,
  ],
]

// Thirteen characters: activity, fiscal year, kind of instrument, serial (FAR 4.1603; DFARS 204.1603).
const procurement = /\b(?:[A-Z0-9]{6}|[0-9][A-Z0-9]{5})\d{2}[A-Z][A-Z0-9]{4}\b/g
const named =
  /\b(?:solicitation|request for (?:proposals?|quot(?:e|ation)s?|information)|RFP|RFQ|RFT|IFB|ITT|RFI|BAA|tender|bid|contract opportunity|in reply refer to|(?:contract|tender|procurement|project) reference|funding opportunity|reference)\s*(?:no\.?|number|num\.?|#|:|id)?\s*[:#.]?\s*(?:no\.?\s*)?([A-Z0-9][A-Z0-9]*(?:[-/_.][A-Z0-9]+)*\d[A-Z0-9]*(?:[-/_.][A-Z0-9]+)*)\b/gi

export function factsOf(reading: Reading): Facts {
  // A running head counts once, however many pages repeat it.
  const heads = new Set<string>()
  const shown = reading.passages.filter(
    ({ kind, text }) =>
      kind !== 'contents' && !(kind === 'furniture' && (heads.has(text) || !heads.add(text))),
  )
  const front = shown.filter(({ page, id }) => (page === null ? id < 60 : page <= 3))
  const all = shown.map(({ text }) => text).join('\n')
  const head = front.map(textOf).join('\n')
  return {
    number: numberOf(head, all),
    title: titleOf(reading, front),
    issuing_office: officeOf(front),
    type: typeOf(head, all),
    naics: /\bNAICS\b[^\d]{0,60}(\d{6})\b/i.exec(all)?.[1] ?? null,
    set_aside:
      setAsideOf(head) ??
      setAsideOf(
        shown
          .filter(({ titles }) => titles)
          .map(textOf)
          .join('\n'),
      ),
    contract_type: contractTypeOf(all),
  }
}

const textOf = ({ run, text, range }: Passage): string =>
  range.start === 0 && run.label ? `${run.label} ${text}` : text

function numberOf(head: string, all: string): string | null {
  const counts = new Map<string, number>()
  const note = (text: string, weight: number): void => {
    for (const match of text.matchAll(named)) add(counts, match[1]!, weight)
    for (const match of text.matchAll(procurement)) if (/\d{2}/.test(match[0])) add(counts, match[0], weight)
  }
  note(head, 4)
  note(all, 1)
  const plausible = [...counts].filter(
    ([text]) =>
      text.length >= 4 &&
      text.length <= 30 &&
      /\d{2}/.test(text) &&
      !/^\d{1,2}\.\d/.test(text) &&
      !/^(?:19|20)\d\d$/.test(text),
  )
  return plausible.toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? null
}

const add = (counts: Map<string, number>, key: string, weight: number): void => {
  counts.set(key, (counts.get(key) ?? 0) + weight)
}

/** The first two pages settle it; the rest only when they are silent. */
function typeOf(head: string, all: string): Facts['type'] {
  for (const text of [head, all]) {
    const scored = kinds
      .map(([kind, pattern]) => ({ kind, count: text.match(pattern)?.length ?? 0 }))
      .toSorted((a, b) => b.count - a.count)
    if (scored[0]!.count > 0) return scored[0]!.kind
  }
  return null
}

const announces =
  /^(?:subject|sub|calls? for tenders?|selection of consult\w+ (?:services|firm) for|(?:name|title) of (?:the )?(?:assignment|project|works|contract)|funding opportunity title|assignment title|project (?:name|title)|title|re)\s*:\s*(.{6,160})$/i
/** "... invites sealed bids for “Supply of Equipment”". */
const wanted = /\binvit(?:es?|ing)\b[^"“”]{0,160}\bfor\s+["“]([^"”]{10,160})["”]/i
const dull =
  /^(?:requests? for (?:proposals?|quot\w+|information|bids?|qualifications|applications|tenders?|offers).{0,14}|broad agency announcement.*|terms of reference|.*\b(?:limited|ltd|inc|corporation|llc)|the republic of .*|government of .*|ministry of .*|(?:[\w.’'&-]+ ){0,5}(?:university|college|school district|authority|commission)(?: of .*)?|(?:RF[PQTI]|IFB|ITT)\s*(?:no\b|#).{0,24}|it modifies .*|previous edition.*|deadlines and .*|objectives?|scope.*|total price.*|[\w ]+ instructions|bid preparation.*|invitations? (?:for|to) (?:bids?|tender)s?\W*|amendment\b.*|solicitation.*|this item .*|continuation of .*|standard form.*|notice of funding.*|instructions? to .*|notice to .*|\w+ instructions|table of contents|general|introduction|background|overview|summary|purpose|rfp|rfq|(?:[A-Z][a-z]+ \d{1,2}, \d{4})|.*\b(?:department|agency|administration|office|city|county|court|navy|army|council) of\b.*|(?:[\w&,]+ ){1,4}(?:department|agency|administration|office|city|county|court|council)|(?:city|county|state|town) of .*|.*\brequest for (?:proposals?|quot\w+)\W*)\.?$/i
const form = /\bpages?\b|\b(?:rating|block|offeror to complete|sealed bid|requisition|code)\b|\d{5,}/i

function titleOf(reading: Reading, front: readonly Passage[]): string | null {
  for (const [index, { text }] of front.entries()) {
    const told = (announces.exec(text) ?? wanted.exec(text))?.[1]?.trim()
    if (told && !dull.test(told)) return told
    // "TASK ORDER REQUEST FOR PROPOSAL FOR" stands over the title.
    const next = front[index + 1]?.text
    if (/\brequest for (?:proposals?|quot\w+)\b.*\bfor\s*:?$/i.test(text) && next && next.length <= 160)
      return next
  }
  const meta = reading.doc.meta.title?.trim()
  if (
    meta &&
    meta.length > 12 &&
    !/\.(?:docx?|pdf|xlsx?)$|^microsoft|^untitled/i.test(meta) &&
    !dull.test(meta)
  )
    return meta
  const first = front
    .slice(0, 14)
    .filter(
      ({ titles, run, text, kind }) =>
        kind !== 'furniture' &&
        !run.label &&
        !/\.$/.test(text) &&
        (titles || run.kind === 'heading' || (run.lead >= text.length && !run.label && !run.cell)) &&
        text.length >= 8 &&
        text.length <= 160,
    )
  const title = first.find(({ text }) => !dull.test(text) && !form.test(text) && !/^\d|:$/.test(text))?.text
  return title?.replace(/^RF[PQTI]\s*[:–—-]\s*|^for\s+/i, '') ?? null
}

const office =
  /\b(?:Department|Division|City|County|State|University|Agency|Administration|Court|Cent(?:re|er)|Office|Authority|District|Ministry|Commission|Board|Bureau|Service|Council|Directorate|Command|DEPARTMENT|CITY OF|COUNTY OF|STATE OF|UNIVERSITY|AUTHORITY|DISTRICT|NAVY|ARMY|AIR FORCE|Naval)\b/
const issued =
  /^(?:issued by|issuing office|from|contracting office|purchasing (?:office|agency)|tender inviting authority)\b\s*:?\s*(.*)$/i

function officeOf(front: readonly Passage[]): string | null {
  for (const [index, passage] of front.entries()) {
    const told = issued.exec(passage.text)
    if (!told) continue
    const value = told[1]!.trim() || front[index + 1]?.text.trim()
    if (
      value &&
      value.length <= 160 &&
      /[A-Z]/.test(value) &&
      !/^(?:code|\d|see|item)\b/i.test(value) &&
      office.test(value)
    )
      return value.replace(/\s{2,}/g, ' ')
  }
  const line = front.find(
    ({ text, run, id, titles }) =>
      text.length <= 110 &&
      text.split(' ').length >= 2 &&
      office.test(text) &&
      !(titles && (run.label || id > 12)) &&
      !run.cell &&
      !/[.;:]$|_{3}/.test(text) &&
      !/\b(?:shall|must|will|is|are|request for|announcement|invitation)\b/i.test(text),
  )
  return line?.text ?? null
}

const setAsides: readonly (readonly [string, RegExp])[] = [
  [
    'SDVOSB',
    /\b(?:100 ?% )?set[- ]aside for (?:service[- ]disabled|SDVOSB)|\bSDVOSB set[- ]aside|\bset[- ]aside\b[^.]{0,40}\bservice[- ]disabled\b/i,
  ],
  ['VOSB', /\bVOSB set[- ]aside|\bset[- ]aside for veteran[- ]owned/i],
  ['8(a)', /\b8\(a\) (?:set[- ]aside|competitive|sole source)|\blimited to eligible 8\(a\)/i],
  ['HUBZone', /\bHUBZone set[- ]aside|\bset[- ]aside for HUBZone/i],
  [
    'WOSB',
    /\bWOSB set[- ]aside|\bset[- ]aside for women[- ]owned|\bwomen[- ]owned small business (?:set[- ]aside|pool)/i,
  ],
  [
    'Small business',
    /\b(?:total )?small business set[- ]aside|\bset[- ]aside (?:100 ?% )?for small business/i,
  ],
  ['Unrestricted', /\bfull and open competition\b|\bunrestricted (?:competition|basis)\b/i],
]

const setAsideOf = (all: string): string | null =>
  setAsides.find(([, pattern]) => pattern.test(all))?.[0] ?? null

const contractTypes: readonly (readonly [string, RegExp])[] = [
  ['Cost-plus-fixed-fee', /\bcost[- ]plus[- ]fixed[- ]fee\b|\bCPFF\b/gi],
  ['Firm-fixed-price', /\bfirm[- ]?fixed[- ]?price\b|\bFFP\b/gi],
  ['Time-and-materials', /\btime[- ](?:and|&)[- ]materials?\b|\bT&M\b/gi],
  ['Labor-hour', /\blabor[- ]hours? (?:order|contract|basis)\b/gi],
  ['IDIQ', /\bindefinite[- ]delivery\b|\bIDIQ\b/gi],
  ['Blanket purchase agreement', /\bblanket purchase agreement\b/gi],
]

function contractTypeOf(all: string): string | null {
  const scored = contractTypes
    .map(([name, pattern]) => ({ name, count: all.match(pattern)?.length ?? 0 }))
    .toSorted((a, b) => b.count - a.count)
  return scored[0]!.count >= 2 ? scored[0]!.name : null
}
