/** Instruction ↔ criterion ↔ work requirement, the gaps between them, and what to ask the buyer about. */

import { fold, hash } from './analyzers/requirements/ids.ts'
import type { AnalysisWarning, Criterion, Crosswalk, OutlineSection, Requirement } from './findings.ts'

export type CrosswalkNeeds = {
  readonly requirements: readonly Requirement[]
  readonly criteria: readonly Criterion[]
  readonly outline: readonly OutlineSection[]
  readonly warnings: readonly AnalysisWarning[]
}

export function crosswalkOf(needs: CrosswalkNeeds): Crosswalk {
  const { requirements, criteria, outline, warnings } = needs
  const instructions = requirements.filter(
    ({ actor, is_clause, category }) => actor === 'offeror' && !is_clause && category !== 'evaluation',
  )
  const work = requirements.filter(({ actor, is_clause }) => actor === 'contractor' && !is_clause)
  const links = criteria.map((criterion) => ({
    criterion_id: criterion.criterion_id,
    instruction_ids: related(criterion, instructions, 40),
    work_ids: related(criterion, work, 60),
  }))
  const gaps = [...unasked(criteria, links, outline), ...unscored(outline, criteria, links)]
  return { links, gaps, questions: questionsOf(gaps, warnings) }
}

const stop = new Set(
  'a an and or of the for in to on by with as at is be are evaluation factor factors subfactor element criterion criteria approach plan proposal offeror section volume technical'.split(
    ' ',
  ),
)

const wordsOf = (text: string): string[] => [
  ...new Set(
    (text.toLowerCase().match(/[a-z0-9]{3,}/g) ?? [])
      .filter((word) => !stop.has(word))
      .map((word) => word.replace(/ies$/, 'y').replace(/(?:ing|s)$/, '')),
  ),
]

/** Rows whose section or sentence carries the words of the criterion's name; rarer words count more. */
function related({ name, rfp_reference }: Criterion, rows: readonly Requirement[], most: number): string[] {
  const wanted = wordsOf(name.replace(/^(?:factor|sub-?factor|element|phase)\s+[\w.]+:?\s*/i, ''))
  const label = /^(?:factor|sub-?factor|element)\s+[\w.]+/i.exec(name)?.[0].toLowerCase()
  if (wanted.length === 0 && !label) return []
  const need = wanted.length <= 2 ? wanted.length : Math.ceil(wanted.length * 0.6)
  const scored = rows.flatMap((row, index) => {
    const place = `${row.section_title ?? ''} ${row.rfp_reference}`.toLowerCase()
    if (label && place.includes(label)) return [{ id: row.requirement_id, score: 2, index }]
    const titled = new Set(wordsOf(place))
    const inTitle = wanted.filter((word) => titled.has(word)).length
    if (wanted.length > 0 && inTitle >= need) return [{ id: row.requirement_id, score: 1.5, index }]
    const said = new Set(wordsOf(row.requirement_text))
    const inText = wanted.filter((word) => said.has(word)).length
    return wanted.length > 0 && inText >= need && rfp_reference !== row.rfp_reference
      ? [{ id: row.requirement_id, score: 1, index }]
      : []
  })
  return scored
    .toSorted((a, b) => b.score - a.score || a.index - b.index)
    .slice(0, most)
    .map(({ id }) => id)
}

type Gap = Crosswalk['gaps'][number]

/** Scored, but no instruction asks for it. */
function unasked(
  criteria: readonly Criterion[],
  links: Crosswalk['links'],
  outline: readonly OutlineSection[],
): Gap[] {
  return criteria.flatMap((criterion, index): Gap[] => {
    const isParent = criteria.some(({ parent_id }) => parent_id === criterion.criterion_id)
    const answered =
      links[index]!.instruction_ids.length > 0 ||
      outline.some(({ criterion_ids }) => criterion_ids.includes(criterion.criterion_id))
    return answered || isParent || criterion.gate
      ? []
      : [
          {
            code: 'criterion-without-instruction',
            message: `"${criterion.name}" is evaluated, but no instruction asks for it.`,
            ids: [criterion.criterion_id],
          },
        ]
  })
}

/** Asked for, but no criterion scores it. */
function unscored(
  outline: readonly OutlineSection[],
  criteria: readonly Criterion[],
  links: Crosswalk['links'],
): Gap[] {
  if (criteria.length === 0) return []
  const scored = new Set(links.flatMap(({ instruction_ids }) => instruction_ids))
  return outline.flatMap((section, index): Gap[] => {
    const inner = outline.slice(index + 1)
    const end = inner.findIndex(({ level }) => level <= section.level)
    const within = [section, ...inner.slice(0, end < 0 ? inner.length : end)]
    const linked = within.some(
      ({ criterion_ids, requirement_ids }) =>
        criterion_ids.length > 0 || requirement_ids.some((id) => scored.has(id)),
    )
    return linked || administrative.test(section.title)
      ? []
      : [
          {
            code: 'section-without-criterion',
            message: `"${section.title}" is required in the response, but no criterion scores it.`,
            ids: section.requirement_ids.slice(0, 5),
          },
        ]
  })
}

const administrative =
  /\b(?:cover|letter|form|sheet|certific\w+|representations?|acknowledge?ment|amendments?|table of contents|page|attachments?|r[eé]sum[eé]s?|SF|standard form|agreement|information)\b/i

/** What only the buyer can settle, as questions ready to send. */
function questionsOf(gaps: readonly Gap[], warnings: readonly AnalysisWarning[]): Crosswalk['questions'] {
  const asked = [
    ...warnings.flatMap((warning) => ask(warning) ?? []),
    ...gaps
      .filter(({ code }) => code === 'criterion-without-instruction')
      .map(({ message, code }) => ({
        text: `${message} Where should the proposal address it?`,
        about: code,
      })),
  ]
  return asked.map((question) => ({ question_id: `Q-${hash(fold(question.text))}`, ...question }))
}

const templates: Record<string, (message: string) => string> = {
  'conflicting-due-date': (message) => `${message} Which one applies?`,
  'conflicting-qa-deadline': (message) => `${message} Which one applies?`,
  'conflicting-validity': (message) => `${message} Which one applies?`,
  'conflicting-page-limit': (message) => `${message} Please confirm the page limit.`,
  'no-time-zone': (message) =>
    `${message.replace(/ Ask the buyer\.$/, '')} Please confirm the time and time zone.`,
  'implausible-date': (message) => `${message} Please confirm the due date.`,
  'points-do-not-add-up': (message) => `${message} Please confirm the points.`,
  'weights-do-not-add-up': (message) => `${message} Please confirm the weights.`,
  'missing-attachment': (message) => `${message} Please provide it.`,
  'dangling-reference': (message) => `${message} Which provision is meant?`,
}

const ask = ({ code, message }: AnalysisWarning): { text: string; about: string } | undefined => {
  const template = templates[code]
  return template && { text: template(message), about: code }
}
