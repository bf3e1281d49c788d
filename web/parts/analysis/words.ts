/** How the values of findings are said to people. */
import type { ChecklistItem, Requirement } from '../../../src/contract/analyses.ts'

const spaced = (value: string) => value.replaceAll('_', ' ')
export const sentence = (value: string): string => {
  const text = spaced(value)
  return text.charAt(0).toUpperCase() + text.slice(1)
}

export const obligationLook: Record<Requirement['obligation'], string> = {
  shall: 'bg-danger-soft text-danger',
  must: 'bg-danger-soft text-danger',
  required: 'bg-danger-soft text-danger',
  will: 'bg-caution-soft text-caution',
  should: 'bg-caution-soft text-caution',
  may: 'bg-info-soft text-info',
}

const kindNames: Partial<Record<ChecklistItem['kind'], string>> = {
  due_date: 'Proposals due',
  qa_deadline: 'Questions due',
  file_format: 'File format',
  page_limit: 'Page limit',
  bid_security: 'Bid security',
  validity: 'Offer validity',
  naming: 'File names',
  form: 'Form to return',
}
export const kindName = (kind: ChecklistItem['kind']): string => kindNames[kind] ?? sentence(kind)

/** Kinds whose value is a moment. */
export const dateKinds: readonly ChecklistItem['kind'][] = ['due_date', 'qa_deadline', 'conference']

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

export type Moment = { readonly day: string; readonly time: string | null; readonly sort: string }

/** "2027-03-12 14:00 Eastern" as a day and a time; undefined when the value is no date. */
export function momentOf(value: string): Moment | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{1,2}):(\d{2}))?\s*(.*)$/.exec(value.trim())
  if (!match) return undefined
  const [, year, month, day, hour, minute, zone] = match
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  const weekday = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'][date.getUTCDay()]
  const clock =
    hour === undefined ? null : `${Number(hour) % 12 || 12}:${minute} ${Number(hour) < 12 ? 'a.m.' : 'p.m.'}`
  const time = clock === null ? null : `${clock}${zone ? ` ${zone.replace('_', ' ')}` : ', zone not stated'}`
  return { day: `${weekday} ${months[Number(month) - 1]} ${Number(day)}, ${year}`, time, sort: value }
}

/** Whole days from today to a date; negative when it has passed. */
export function daysUntil(value: string, now: Date = new Date()): number | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(value)
  if (!match) return undefined
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number]
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())
  return Math.round((Date.UTC(year, month - 1, day) - today) / 86_400_000)
}
