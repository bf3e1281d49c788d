/** The submission checklist: facts needed to hand in an offer, each with its sentence. */
import type { ChecklistItem } from '../../findings.ts'
import type { Reading } from '../../passages/passages.ts'
import { rowIds } from '../requirements/ids.ts'
import { conditions } from './conditions.ts'
import { contacts } from './contacts.ts'
import { yearsOf } from './dates.ts'
import { howRecipes } from './how.ts'
import { papers } from './papers.ts'
import { provisions } from './provisions.ts'
import type { Facts, Found, Kind, Recipe } from './recipe.ts'
import { type Statement, statementsOf } from './statements.ts'
import { tableLimits } from './table-limits.ts'
import { openingRecipe, whenRecipes } from './when.ts'

export function checklistOf(reading: Reading): ChecklistItem[] {
  const statements = statementsOf(reading)
  const facts: Facts = { years: yearsOf(statements.map(({ text }) => text)) }
  const timed = whenRecipes.flatMap((recipe) => cook(recipe, statements, facts))
  const found = [
    ...(timed.some(({ kind }) => kind === 'due_date') ? [] : cook(openingRecipe, statements, facts)),
    ...timed,
    ...howRecipes.flatMap((recipe) => cook(recipe, statements, facts)),
    ...tableLimits(reading, statements),
    ...contacts(statements),
    ...papers(statements),
    ...provisions(reading, statements),
    ...conditions(statements),
  ]
  return numbered(
    found.toSorted(
      (a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || a.statement.order - b.statement.order,
    ),
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

type Scored = Found & { readonly score: number; readonly key: string }

/** The facts a recipe reads, one for each key: the best told; the best told facts stay when there are too many. */
function cook(
  { kind, read, most, same, idle }: Recipe,
  statements: readonly Statement[],
  facts: Facts,
): Found[] {
  const best = new Map<string, Scored>()
  for (const statement of statements)
    for (const told of [read(statement, facts) ?? []].flat()) {
      const key = same ? same(told) : told.value.toLowerCase().replace(/[^a-z0-9]+/g, ' ')
      const score = told.score ?? 0
      const old = best.get(key)
      if (!old || score > old.score)
        best.set(key, {
          kind,
          value: told.value,
          statement,
          ...(told.verbatim ? { verbatim: told.verbatim } : {}),
          score,
          key,
        })
    }
  const values = [...best.values()].map(({ value }) => value)
  return [...best.values()]
    .filter(
      ({ value }) =>
        !idle?.(
          value,
          values.filter((other) => other !== value),
        ),
    )
    .toSorted((a, b) => b.score - a.score || a.statement.order - b.statement.order)
    .slice(0, most)
    .map(({ score: _, key: __, ...found }) => found)
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

/** Handed in before the offer itself, on a day of its own. */
const early =
  /\b(?:abstracts?|white ?papers?|concept papers?|pre-?applications?|letters? of (?:intent|interest))\b/i

/** One offer has one due date, one deadline for questions and one validity: different values disagree. */
function conflicts(found: readonly Found[]): Map<number, string> {
  const out = new Map<number, string>()
  for (const kind of ['due_date', 'qa_deadline', 'validity'] as const) {
    const told = found
      .map((one, index) => ({ one, index }))
      .filter(({ one }) => one.kind === kind && (kind === 'validity' ? /^\d/ : /^\d{4}-/).test(one.value))
      .filter(({ one }) => !early.test(one.statement.text))
    const values = new Set(
      told.map(({ one }) => (kind === 'validity' ? /\d+/.exec(one.value)?.[0] : one.value.slice(0, 10))),
    )
    if (values.size > 1) for (const { index } of told) out.set(index, kind)
  }
  const pages = pageConflict(found)
  for (const index of pages) out.set(index, 'page_limit')
  return out
}

/** A limit the document takes as known ("toward the 10-page limit") that no sentence sets stands against those that are set. */
function pageConflict(found: readonly Found[]): number[] {
  const limits = found.flatMap(({ kind, value }, index) =>
    kind === 'page_limit'
      ? [{ index, assumed: value.startsWith('proposal: '), pages: Number(/(\d+)\D*$/.exec(value)?.[1]) }]
      : [],
  )
  const assumed = limits.filter((one) => one.assumed)
  const set = limits.filter((one) => !one.assumed && one.pages > 2)
  return assumed.length > 0 && set.length > 0 ? [...assumed, ...set].map(({ index }) => index) : []
}
