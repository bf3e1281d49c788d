/** The submission checklist: facts needed to hand in an offer, each with its sentence. */
import type { ChecklistItem } from '../../findings.ts'
import type { Reading } from '../../passages/passages.ts'
import { rowIds } from '../requirements/ids.ts'
import { contacts } from './contacts.ts'
import { yearsOf } from './dates.ts'
import { papers } from './papers.ts'
import { type Facts, type Found, type Kind, type Recipe, recipes } from './recipes.ts'
import { type Statement, statementsOf } from './statements.ts'

export function checklistOf(reading: Reading): ChecklistItem[] {
  const statements = statementsOf(reading)
  const facts: Facts = { years: yearsOf(statements.map(({ text }) => text)) }
  const found = [
    ...recipes.flatMap((recipe) => cook(recipe, statements, facts)),
    ...contacts(statements),
    ...papers(statements),
  ]
  const order = (one: Found): number => one.statement.order
  return numbered(
    found.toSorted((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || order(a) - order(b)),
  )
}

const kinds: readonly Kind[] = [
  'due_date',
  'qa_deadline',
  'conference',
  'method',
  'address',
  'contact',
  'copies',
  'page_limit',
  'font',
  'margin',
  'file_format',
  'naming',
  'validity',
  'bid_security',
  'fee',
  'form',
  'certification',
  'other',
]

/** The statements that fit a recipe, one for each distinct value: the one that says most, then the first. */
function cook({ kind, value, most, same }: Recipe, statements: readonly Statement[], facts: Facts): Found[] {
  const groups = new Map<string, Found[]>()
  for (const statement of statements) {
    const told = value(statement, facts)
    if (told === undefined) continue
    const key = same ? same(told) : told.toLowerCase().replace(/[^a-z0-9]+/g, ' ')
    groups.set(key, [...(groups.get(key) ?? []), { kind, value: told, statement }])
  }
  return [...groups.values()]
    .map(
      (group) => group.toSorted((a, b) => weight(b) - weight(a) || a.statement.order - b.statement.order)[0]!,
    )
    .slice(0, most)
}

/** A full sentence in the instructions tells more than a line of the cover page. */
function weight({ value, statement }: Found): number {
  const clock = /\d{2}:\d{2}/.test(value) ? 4 : 0
  const zone = /\d{2}:\d{2} \S/.test(value) ? 1 : 0
  return (
    clock +
    zone +
    (statement.role === 'instructions' ? 2 : 0) +
    (/[.;]$/.test(statement.text) ? 1 : 0) -
    (statement.isHeading ? 2 : 0)
  )
}

function numbered(found: readonly Found[]): ChecklistItem[] {
  const ids = rowIds(
    found.map(({ kind, statement, value, verbatim }) => `${kind} ${verbatim ?? statement.text} ${value}`),
    'S',
  )
  const clashes = conflicts(found)
  return found.map(({ kind, value, statement, verbatim, mandatory }, index) => ({
    item_id: ids[index]!.id,
    kind,
    value,
    verbatim: verbatim ?? statement.text,
    rfp_reference: statement.reference,
    page: statement.page,
    boxes: [...statement.boxes],
    block_ids: [...statement.blocks],
    mandatory: mandatory ?? !/\b(?:may|encouraged|optional|recommended|preferred)\b/i.test(statement.text),
    conflict_group: clashes.get(index) ?? null,
  }))
}

/** One offer has one due date, one deadline for questions and one validity: different values disagree. */
function conflicts(found: readonly Found[]): Map<number, string> {
  const out = new Map<number, string>()
  for (const kind of ['due_date', 'qa_deadline', 'validity'] as const) {
    const told = found
      .map((one, index) => ({ one, index }))
      .filter(({ one }) => one.kind === kind && /\d/.test(one.value))
    const values = new Set(
      told.map(({ one }) => (kind === 'validity' ? /\d+/.exec(one.value)?.[0] : one.value.slice(0, 10))),
    )
    if (values.size > 1) for (const { index } of told) out.set(index, kind)
  }
  return out
}
