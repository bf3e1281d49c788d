/** What a proposal manager must not miss in the solicitation itself: contradictions, gaps, places that point nowhere. */
import type { AnalysisWarning, ChecklistItem, Criterion } from '../findings.ts'
import type { Passage, Reading } from '../passages/passages.ts'
import { whensIn } from './checklist/dates.ts'
import { pageLimits } from './checklist/pages.ts'
import { crossReferences } from './requirements/references.ts'

export type WarningNeeds = {
  readonly reading: Reading
  readonly checklist: readonly ChecklistItem[]
  readonly criteria: readonly Criterion[]
  readonly requirements: number
  readonly dropped: number
}

export function warningsOf(needs: WarningNeeds): AnalysisWarning[] {
  return [
    ...unreadable(needs.reading),
    ...conflicting(needs.checklist),
    ...undated(needs.checklist),
    ...implausible(needs),
    ...strayLimits(needs.reading),
    ...unbalanced(needs),
    ...missing(needs.reading),
    ...empty(needs),
    ...(needs.dropped > 0
      ? [
          warn(
            'ungrounded',
            `${needs.dropped} findings were dropped: their quote was not found in the document.`,
          ),
        ]
      : []),
  ]
}

const warn = (code: string, message: string, page: number | null = null): AnalysisWarning => ({
  code,
  message,
  page,
})

const unreadable = ({ doc }: Reading): AnalysisWarning[] =>
  doc.pages
    .filter(({ text }) => text === 'none')
    .map(({ number }) =>
      warn(
        'unreadable-page',
        `Page ${number} has no text: nothing on it was analysed. It needs OCR.`,
        number,
      ),
    )

const called: Record<string, string> = {
  due_date: 'due dates',
  qa_deadline: 'deadlines for questions',
  validity: 'validity periods',
}

function conflicting(checklist: readonly ChecklistItem[]): AnalysisWarning[] {
  const groups = Map.groupBy(
    checklist.filter(({ conflict_group }) => conflict_group !== null),
    ({ conflict_group }) => conflict_group!,
  )
  return [...groups].map(([group, items]) => {
    const places = items.map(
      ({ value, rfp_reference, page }) =>
        `${value.split(':').length > 2 ? value : value.slice(0, 40)} (${[rfp_reference, page === null ? '' : `page ${page}`].filter(Boolean).join(', ')})`,
    )
    return warn(
      `conflicting-${group.replace('_', '-')}`,
      `The solicitation states different ${called[group] ?? group}: ${places.join('; ')}.`,
      items[0]!.page,
    )
  })
}

function undated(checklist: readonly ChecklistItem[]): AnalysisWarning[] {
  const due = checklist.filter(({ kind }) => kind === 'due_date')
  const dated = due.filter(({ value }) => /^\d{4}-\d{2}-\d{2}/.test(value))
  const zoned = dated.some(({ value }) => /\d{2}:\d{2} \S/.test(value))
  return dated.length > 0 && !zoned
    ? [
        warn(
          'no-time-zone',
          `The deadline ${dated[0]!.value} is stated without a time zone${dated.some(({ value }) => /\d{2}:\d{2}/.test(value)) ? '' : ' and without a time of day'}. Ask the buyer.`,
          dated[0]!.page,
        ),
      ]
    : []
}

/** A deadline that lies before the questions' deadline or the issue date is a misprint until the buyer says otherwise. */
function implausible({ reading, checklist }: WarningNeeds): AnalysisWarning[] {
  const issue = issueDate(reading)
  const asked = checklist
    .find(({ kind, value }) => kind === 'qa_deadline' && /^\d{4}/.test(value))
    ?.value.slice(0, 10)
  return checklist
    .filter(({ kind, value }) => kind === 'due_date' && /^\d{4}/.test(value))
    .flatMap(({ value, page }) => {
      const date = value.slice(0, 10)
      const before = [
        issue && date < issue ? `the issue date ${issue}` : '',
        asked && date < asked ? `the deadline for questions ${asked}` : '',
      ].filter(Boolean)
      return before.length > 0
        ? [
            warn(
              'implausible-date',
              `The due date ${date} lies before ${before.join(' and ')}: probably a misprint.`,
              page,
            ),
          ]
        : []
    })
}

const issuedOn = /\b(?:issue date|date issued|issued|release date|solicitation issue date)\b/i

function issueDate({ passages }: Reading): string | undefined {
  for (const { text, page, id, kind } of passages) {
    if (kind === 'contents' || (page === null ? id > 60 : page > 3) || !issuedOn.test(text)) continue
    const at = text.search(issuedOn)
    const date = whensIn(text).find((when) => when.at >= at)?.date
    if (date) return date
  }
  return undefined
}

/** "This page does not count toward the 10-page limit" where no limit of ten pages is set. */
function strayLimits({ passages }: Reading): AnalysisWarning[] {
  const spoken = passages.filter(
    ({ role, kind }) => kind !== 'contents' && kind !== 'furniture' && role !== 'clauses' && role !== 'work',
  )
  const set = new Set(
    spoken.flatMap(({ text }) =>
      pageLimits(text)
        .filter(({ weak }) => !weak)
        .map(({ pages }) => pages),
    ),
  )
  if (set.size === 0) return []
  return spoken.flatMap(({ text, page }) => {
    const named = /\b(\d{1,3})[- ]page (?:limit|limitation|maximum)\b/i.exec(text)?.[1]
    return named && !set.has(Number(named))
      ? [
          warn(
            'conflicting-page-limit',
            `A ${named}-page limit is mentioned, but the limits set are ${[...set].sort((a, b) => a - b).join(', ')} pages.`,
            page,
          ),
        ]
      : []
  })
}

/** Points of the top level against a stated total. */
function unbalanced({ reading, criteria }: WarningNeeds): AnalysisWarning[] {
  const tops = criteria.filter(({ parent_id, gate }) => parent_id === null && !gate)
  const percents = tops.flatMap(({ percent }) => percent ?? [])
  const sum = (values: readonly number[]): number =>
    Math.round(values.reduce((total, value) => total + value, 0) * 100) / 100
  if (percents.length >= 2 && percents.length === tops.length && sum(percents) !== 100)
    return [
      warn(
        'weights-do-not-add-up',
        `The weights of the criteria add up to ${sum(percents)} %, not 100 %.`,
        tops[0]!.page,
      ),
    ]
  const points = criteria.filter(({ points: own, gate }) => own !== null && !gate)
  const leaves = points.filter(
    ({ criterion_id }) => !points.some((other) => other.parent_id === criterion_id),
  )
  const total = statedTotal(reading.passages)
  const added = sum(leaves.map(({ points: own }) => own!))
  return total !== undefined && leaves.length >= 2 && added !== total
    ? [
        warn(
          'points-do-not-add-up',
          `The points of the criteria add up to ${added}; the solicitation states a total of ${total}.`,
          leaves[0]!.page,
        ),
      ]
    : []
}

function statedTotal(passages: readonly Passage[]): number | undefined {
  for (const { text, role } of passages) {
    if (role !== 'evaluation') continue
    const match =
      /\btotal (?:number of )?(?:possible |available |maximum )?(?:points|marks|score)\b[^\d]{0,50}?(\d[\d,]{1,6})\b/i.exec(
        text,
      ) ?? /\btotal\s*(?:of)?\s*:?\s*(\d[\d,]{1,6})\s*(?:points|marks)\b/i.exec(text)
    if (match) return Number(match[1]!.replaceAll(',', ''))
  }
  return undefined
}

const outside =
  /^(?:Attachment|Appendix|Annex(?:ure)?|Exhibit|Enclosure)\s*[–-]?\s*(\d+[A-Z]?|[IVX]{1,5}|[A-Z])$/

/** Attachments the text sends the reader to that are not in this file. */
function missing({ passages, nodes }: Reading): AnalysisWarning[] {
  const key = (name: string): string =>
    name
      .toLowerCase()
      .replace(/[\s–—-]+/g, ' ')
      .trim()
  const present = new Set(
    nodes
      .filter(({ title, number }) => title !== null || number !== null)
      .flatMap(({ number }) => (number ? [key(number)] : [])),
  )
  const asked = new Map<string, { name: string; page: number | null; count: number }>()
  for (const { text, page, kind, role } of passages) {
    if (kind === 'contents' || kind === 'furniture' || role === 'clauses') continue
    for (const reference of crossReferences(text)) {
      if (!outside.test(reference)) continue
      const name = reference.replace(/\s*[–-]\s*/, ' ')
      const old = asked.get(key(name))
      asked.set(key(name), { name, page: old?.page ?? page, count: (old?.count ?? 0) + 1 })
    }
  }
  return [...asked]
    .filter(([name]) => !present.has(name))
    .map(([, { name, page, count }]) =>
      warn(
        'missing-attachment',
        `${name} is referred to ${count === 1 ? 'once' : `${count} times`} but is not in this file.`,
        page,
      ),
    )
}

function empty({ criteria, checklist, requirements, reading }: WarningNeeds): AnalysisWarning[] {
  const found: AnalysisWarning[] = []
  if (requirements === 0)
    found.push(
      warn(
        'no-requirements',
        reading.passages.length === 0
          ? 'No text was found to analyse.'
          : 'No requirement was found in the text.',
      ),
    )
  else {
    if (criteria.length === 0)
      found.push(warn('no-criteria', 'No evaluation criteria were found in the text.'))
    if (!checklist.some(({ kind }) => kind === 'due_date'))
      found.push(warn('no-due-date', 'No due date for offers was found in the text.'))
  }
  return found
}
