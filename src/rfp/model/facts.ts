/** Criteria, checklist and outline that a model found too, or alone. Numbers must be printed in the quote. */
import { fold, hash } from '../analyzers/requirements/ids.ts'
import type { AnalysisWarning, ChecklistItem, Criterion, OutlineSection } from '../findings.ts'
import type { Passage } from '../passages/passages.ts'
import type { Answer } from './answers.ts'
import { placeOf, saysNumbers } from './quotes.ts'

type Claim<K extends keyof Answer<'analyst'>> = {
  readonly claim: Answer<'analyst'>[K][number]
  readonly passage: Passage
}
type Merged<T> = { readonly rows: T[]; readonly added: number; readonly disagreements: AnalysisWarning[] }

const disagreement = (message: string, page: number | null): AnalysisWarning => ({
  code: 'model-disagrees',
  message,
  page,
})

const nameKey = (name: string): string =>
  fold(
    name.replace(
      /^\s*(?:(?:sub-?)?factor|element|criteri(?:on|a)|step|phase)\s*[\dA-Z]{0,3}\s*[:.–-]+\s*/i,
      '',
    ),
  )

const isSame = (a: string, b: string): boolean =>
  a === b || (Math.min(a.length, b.length) >= 8 && (a.includes(b) || b.includes(a)))

export function mergeCriteria(
  byRules: readonly Criterion[],
  claims: readonly Claim<'criteria'>[],
): Merged<Criterion> {
  const rows = [...byRules]
  const disagreements: AnalysisWarning[] = []
  for (const { claim, passage } of claims) {
    const key = nameKey(claim.name)
    if (key === '' || !fold(passage.text).includes(key.slice(0, 40))) continue
    const known = rows.findIndex(({ name }) => isSame(nameKey(name), key))
    if (known < 0) rows.push(criterionOf(claim, passage, rows))
    else {
      const rule = rows[known]!
      disagreements.push(...weightDifference(rule, claim))
      if (rule.source !== 'llm') rows[known] = { ...rule, source: 'both' }
    }
  }
  return { rows, added: rows.length - byRules.length, disagreements }
}

function criterionOf(
  claim: Claim<'criteria'>['claim'],
  passage: Passage,
  rows: readonly Criterion[],
): Criterion {
  const { text } = passage
  const printed = (value: number | null): number | null =>
    value !== null && saysNumbers(text, String(value)) ? value : null
  const parent = claim.parent === null ? undefined : nameKey(claim.parent)
  const isPrinted = claim.weight !== null && fold(text).includes(fold(claim.weight))
  return {
    criterion_id: freeId('E', text + claim.name, rows, ({ criterion_id }) => criterion_id),
    name: claim.name,
    parent_id: parent ? (rows.find(({ name }) => nameKey(name) === parent)?.criterion_id ?? null) : null,
    weight: isPrinted ? claim.weight : null,
    points: printed(claim.points),
    percent: printed(claim.percent),
    relative_importance: null,
    method: claim.method !== null && fold(text).includes(fold(claim.method)) ? claim.method : null,
    gate: claim.gate,
    verbatim: text,
    ...placeOf(passage),
    source: 'llm',
  }
}

function weightDifference(rule: Criterion, claim: Claim<'criteria'>['claim']): AnalysisWarning[] {
  const pairs = [
    ['points', rule.points, claim.points],
    ['percent', rule.percent, claim.percent],
  ] as const
  return pairs.flatMap(([what, ours, theirs]) =>
    ours !== null && theirs !== null && ours !== theirs
      ? [disagreement(`"${rule.name}": ${ours} ${what} by rules, ${theirs} by the model.`, rule.page)]
      : [],
  )
}

/** Facts of which there is one, so that two values are a disagreement. */
const single: ReadonlySet<ChecklistItem['kind']> = new Set(['due_date', 'qa_deadline'])

export function mergeChecklist(
  byRules: readonly ChecklistItem[],
  claims: readonly Claim<'checklist'>[],
): Merged<ChecklistItem> {
  const rows = [...byRules]
  const disagreements: AnalysisWarning[] = []
  for (const { claim, passage } of claims) {
    const value =
      saysNumbers(passage.text, claim.value) || isDateOf(passage.text, claim.value)
        ? claim.value
        : passage.text
    const sameKind = rows.filter(({ kind }) => kind === claim.kind)
    const known = sameKind.find(
      (row) => isSame(fold(row.value), fold(value)) || isSame(fold(row.verbatim), fold(passage.text)),
    )
    if (known) {
      if (known.source !== 'llm') rows[rows.indexOf(known)] = { ...known, source: 'both' }
      continue
    }
    if (single.has(claim.kind) && sameKind.length > 0)
      disagreements.push(
        disagreement(
          `${claim.kind}: "${sameKind[0]!.value}" by rules, "${value}" by the model.`,
          passage.page,
        ),
      )
    rows.push({
      item_id: freeId('S', claim.kind + passage.text, rows, ({ item_id }) => item_id),
      kind: claim.kind,
      value,
      verbatim: passage.text,
      ...placeOf(passage),
      mandatory: true,
      conflict_group: null,
      source: 'llm',
    })
  }
  return { rows, added: rows.length - byRules.length, disagreements }
}

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')

/** "2026-03-04 14:00 ET" when the text prints day, month and year, whatever their order, and the hour in either clock. */
function isDateOf(text: string, value: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?: (\d{2}):(\d{2}))?/.exec(value)
  if (!match) return false
  const [, year, month, day, hour, minute] = match
  const isMonth =
    new RegExp(`\\b${months[Number(month) - 1] ?? '-'}`, 'i').test(text) || saysNumbers(text, month!)
  const isDay = saysNumbers(text, year!) && saysNumbers(text, day!)
  const hours = hour === undefined ? [] : [Number(hour), ((Number(hour) + 11) % 12) + 1]
  const isHour =
    hours.length === 0 ||
    hours.some((one) => saysNumbers(text, String(one))) ||
    /\b(?:noon|midnight)\b/i.test(text)
  const isMinute = minute === undefined || minute === '00' || saysNumbers(text, minute)
  return isMonth && isDay && isHour && isMinute
}

export function mergeOutline(
  byRules: readonly OutlineSection[],
  claims: readonly Claim<'sections'>[],
): Merged<OutlineSection> {
  const rows = [...byRules]
  const disagreements: AnalysisWarning[] = []
  for (const { claim, passage } of claims) {
    const key = fold(claim.title)
    if (key === '' || !fold(passage.text).includes(key)) continue
    const limit =
      claim.page_limit !== null && saysNumbers(passage.text, claim.page_limit) ? claim.page_limit : null
    const known = rows.findIndex(({ title }) => isSame(fold(title), key))
    const rule = rows[known]
    if (!rule) rows.splice(placeIn(rows, claim.volume), 0, sectionOf(claim, limit, rows))
    else if (rule.page_limit === null && limit !== null) rows[known] = { ...rule, page_limit: limit }
    else if (rule.page_limit !== null && limit !== null && !saysNumbers(rule.page_limit, limit))
      disagreements.push(
        disagreement(
          `Page limit of "${rule.title}": "${rule.page_limit}" by rules, "${limit}" by the model.`,
          passage.page,
        ),
      )
  }
  return { rows, added: rows.length - byRules.length, disagreements }
}

const inVolume = (rows: readonly OutlineSection[], volume: string | null): OutlineSection | undefined =>
  volume === null
    ? undefined
    : rows.findLast(
        (row) => isSame(fold(row.volume ?? ''), fold(volume)) || isSame(fold(row.title), fold(volume)),
      )

const placeIn = (rows: readonly OutlineSection[], volume: string | null): number => {
  const last = inVolume(rows, volume)
  return last ? rows.indexOf(last) + 1 : rows.length
}

function sectionOf(
  { title, volume }: Claim<'sections'>['claim'],
  page_limit: string | null,
  rows: readonly OutlineSection[],
): OutlineSection {
  const holder = inVolume(rows, volume)
  return {
    number: '',
    title,
    level: holder ? Math.max(2, holder.level) : 1,
    volume: holder?.volume ?? null,
    page_limit,
    format_notes: null,
    requirement_ids: [],
    criterion_ids: [],
  }
}

function freeId<T>(prefix: string, text: string, rows: readonly T[], idOf: (row: T) => string): string {
  const taken = new Set(rows.map(idOf))
  const first = `${prefix}-${hash(fold(text))}`
  let id = first
  for (let turn = 2; taken.has(id); turn++) id = `${first}-${turn}`
  return id
}
