/** Two versions of a solicitation: what was added, removed and changed, and which rows stay the same piece of work. */
import { fold, hash } from '../analyzers/requirements/ids.ts'
import type { Analysis } from '../findings.ts'
import { type Answered, answersOf } from './answers.ts'
import { added, altered, quoting, removed, type Unnumbered } from './changes.ts'
import type { Change, Comparison, Word } from './comparison.ts'
import { directivesOf } from './directives.ts'
import { orderedIn } from './orders.ts'
import { type Pairing, pairUp } from './pairs.ts'
import { isDirective, newWordsOf } from './says.ts'
import { type Given, type Statement, type Version, versionOf } from './version.ts'

/** A version that repeats less than this share of the old one says only what changes. */
const REPEATS = 0.4

export function compareVersions(old: Given, now: Given): Comparison {
  const [before, after] = [versionOf(old), versionOf(now)]
  const answers = answersOf(after.passages)
  const form = formOf(before, after, answers)
  const isSummary = form === 'full' ? summaryOf(after, before) : () => false
  const pairing =
    form === 'full'
      ? pairUp(without(before, summaryOf(before, after)), without(after, isSummary))
      : pairUp(before, after)
  const told =
    form === 'answers'
      ? answered(pairing, before, after, answers)
      : spoken(
          pairing,
          after.statements.filter((one) => isSummary(one) && !before.has(one.plain)),
        )
  const ordered = form === 'changes' ? orderedIn(before, after, pairing) : []
  const gone = form === 'full' ? byPages(pairing.old, before) : { removed: [], notRepeated: [] }
  const changes = numbered([...withoutTold(told, ordered), ...ordered, ...gone.removed.map(removed)])
  return {
    schema: 'mdraft.comparison/1',
    old: aboutOf(before.analysis),
    new: aboutOf(after.analysis),
    form,
    changes,
    directives: directivesOf(after, before, now.doc, form === 'answers' ? answers : []),
    dates: datesOf(before.analysis, after.analysis),
    not_repeated: gone.notRepeated,
    unchanged: pairing.same.filter(([{ requirement_id }]) => requirement_id !== null).length,
    kept_ids: keptIds(pairing),
  }
}

type IsSummary = (one: Statement) => boolean
/** What an order says in full is not told again as new words. */
function withoutTold(told: readonly Unnumbered[], ordered: readonly Unnumbered[]): Unnumbered[] {
  const words = ordered.flatMap((one) => (one.new ? [fold(one.new.text)] : []))
  const olds = new Set(ordered.flatMap((one) => one.old?.text ?? []))
  return told.filter(
    (one) =>
      !(one.old && olds.has(one.old.text)) &&
      !(one.new && words.some((other) => other.includes(fold(one.new!.text)))),
  )
}

/** A summary goes on over pages that only print what it introduces. */
const GAP = 10

const announces = /\bamendment of solicitation\b|\bthis amendment\b|^amendment (?:no\.?|number|#)?\s*\d/i

/** Whether a statement stands in the summary at the front by which an amended copy says what it changes. */
function summaryOf(version: Version, other: Version): IsSummary {
  const isAmendment = version.passages.some(
    ({ text, page }) => page !== null && page <= 2 && announces.test(text),
  )
  if (!isAmendment) return () => false
  const pages = version.statements
    .filter(({ page, plain }) => page !== null && isDirective(plain) && !other.has(plain))
    .map(({ page }) => page!)
    .toSorted((a, b) => a - b)
  let end = 0
  for (const page of pages) if (page <= (end === 0 ? 3 : end + GAP)) end = page
  return ({ page }) => page !== null && end > 0 && page <= end + 1
}

/** What a summary prints stands in its place too: there it is compared. */
const without = (version: Version, isSummary: IsSummary): Version => ({
  ...version,
  statements: version.statements.filter((one) => !isSummary(one)),
})

function formOf(before: Version, after: Version, answers: readonly Answered[]): Comparison['form'] {
  const repeated = new Set(after.statements.map(({ folded }) => folded))
  const count = before.statements.filter(({ folded }) => repeated.has(folded)).length
  if (count / Math.max(1, before.statements.length) >= REPEATS) return 'full'
  return answers.length > 0 ? 'answers' : 'changes'
}

/** What a directive says is told as a directive, not as a new requirement. */
function spoken({ changed: pairs, new: fresh }: Pairing, summary: readonly Statement[]): Unnumbered[] {
  const isCellOf = (row: Statement, { requirement_id, folded }: Statement): boolean =>
    row.requirement_id === null &&
    requirement_id !== null &&
    folded.length >= 20 &&
    row.folded.includes(folded)
  // The new cell of a changed row is told by the row, which is known as the requirement from now on.
  const changed = pairs.map((pair) => {
    const cell = fresh.find((one) => isCellOf(pair.new, one))
    return cell ? { ...pair, new: { ...pair.new, requirement_id: cell.requirement_id } } : pair
  })
  const own = once(fresh.filter(({ plain }) => !isDirective(plain))).filter(
    (one) => !pairs.some((pair) => isCellOf(pair.new, one)),
  )
  const placed = [...own, ...changed.map((pair) => pair.new)].map(({ folded }) => folded)
  const isTold = ({ folded }: Statement) =>
    placed.some((other) => other.includes(folded) || folded.includes(other))
  const rest = once(summary).filter(
    (one) => one.requirement_id !== null && !isDirective(one.plain) && !isTold(one),
  )
  return [...changed.map((pair) => altered(pair, null)), ...[...own, ...rest].map((one) => added(one))]
}

const once = (found: readonly Statement[]): Statement[] =>
  [...new Map(found.toReversed().map((one) => [one.folded, one])).values()].toReversed()

/** Answers that say what a sentence reads from now on, and duties that only an answer states. */
function answered(
  pairing: Pairing,
  before: Version,
  after: Version,
  answers: readonly Answered[],
): Unnumbered[] {
  const quote = quoting(before)
  const quoted = answers.flatMap(({ text, answer, passage }) => {
    const words = newWordsOf(text)
    return words ? quote(words, { reference: answer, page: passage.page, answer }) : []
  })
  const answerOf = (one: Statement): string | undefined =>
    answers.find(({ text }) => text !== '' && (one.text.includes(text) || text.includes(one.text)))?.answer
  const renumbered = pairing.changed.flatMap((pair): Unnumbered[] => {
    const answer = hasOtherNumbers(pair.words) && !newWordsOf(pair.new.text) ? answerOf(pair.new) : undefined
    return answer ? [altered(pair, answer)] : []
  })
  const binding = bindingIn(after)
  const duties = once(pairing.new).flatMap((one): Unnumbered[] => {
    const answer = binding.has(one.requirement_id) && !isDirective(one.plain) ? answerOf(one) : undefined
    return answer ? [added(one, answer)] : []
  })
  return [...quoted, ...renumbered, ...duties]
}

/** An answer repeats the solicitation in words of its own; with other numbers it says something else. */
const hasOtherNumbers = (words: readonly Word[]): boolean =>
  words.some(({ kind, text }) => kind === 'removed' && /\d/.test(text)) &&
  words.some(({ kind, text }) => kind === 'added' && /\d/.test(text))

/** Duties of whoever bids or wins; what an answer explains, permits or expects is no new one. */
const bindingIn = ({ analysis }: Version): ReadonlySet<string | null> =>
  new Set(
    analysis.compliance_matrix
      .filter(
        ({ actor, obligation, requirement_text }) =>
          (actor === 'offeror' || actor === 'contractor') &&
          (obligation === 'shall' || obligation === 'must') &&
          !requirement_text.trim().endsWith('?'),
      )
      .map(({ requirement_id }) => requirement_id),
  )

/** Pages of which nothing is left were left out as a whole: a cover letter, a form. They are no removed requirements. */
function byPages(
  gone: readonly Statement[],
  { statements }: Version,
): { removed: readonly Statement[]; notRepeated: Comparison['not_repeated'] } {
  const countOf = (some: readonly Statement[]) =>
    new Map([...Map.groupBy(some, ({ page }) => page)].map(([page, list]) => [page, list.length]))
  const [all, lost] = [countOf(statements), countOf(gone)]
  const share = (page: number) => (lost.get(page) ?? 0) / (all.get(page) ?? 1)
  const pages = [...lost.keys()].filter((page) => page !== null).toSorted((a, b) => a - b)
  const isLeftOut = (page: number): boolean => share(page) === 1 && lost.get(page)! >= 2
  // Beside a page that is left out, some sentences of another may stand elsewhere too.
  const isPartly = (page: number): boolean =>
    share(page) >= 0.6 && (isLeftOut(page - 1) || isLeftOut(page + 1))
  const runs: { from: number; to: number }[] = []
  for (const page of pages.filter((one) => isLeftOut(one) || isPartly(one))) {
    const last = runs.at(-1)
    if (last && page <= last.to + 1) last.to = page
    else runs.push({ from: page, to: page })
  }
  const within = (one: Statement, { from, to }: { from: number; to: number }) =>
    one.page !== null && one.page >= from && one.page <= to
  return {
    removed: gone.filter((one) => !runs.some((run) => within(one, run)) && !isDirective(one.plain)),
    notRepeated: runs.map((run) => ({
      ...run,
      requirement_ids: gone
        .filter((one) => within(one, run))
        .flatMap(({ requirement_id }) => requirement_id ?? []),
    })),
  }
}

const aboutOf = ({ document, compliance_matrix }: Analysis): Comparison['old'] => ({
  filename: document.filename,
  sha256: document.sha256,
  pages: document.pages,
  requirements: compliance_matrix.length,
})

const dated = ['due_date', 'qa_deadline', 'conference'] as const

function datesOf(old: Analysis, now: Analysis): Comparison['dates'] {
  return dated.flatMap((kind) => {
    const values = ({ submission_checklist }: Analysis) => [
      ...new Set(
        submission_checklist
          .filter((item) => item.kind === kind && /^\d{4}/.test(item.value))
          .map(({ value }) => value),
      ),
    ]
    const [before, after] = [values(old), values(now)]
    const moment = (value: string) => value.slice(0, 16)
    const isNew = after.some((value) => !before.some((other) => moment(other) === moment(value)))
    return isNew ? [{ kind, old: before, new: after }] : []
  })
}

/** Ids are of the words, so that only statements with other words have another id. */
const keptIds = ({ same, changed }: Pairing): Comparison['kept_ids'] =>
  [...same, ...changed.map(({ old, new: now }) => [old, now] as const)].flatMap(
    ([{ requirement_id: old_id }, { requirement_id: new_id }]) =>
      old_id !== null && new_id !== null && old_id !== new_id ? [{ new_id, old_id }] : [],
  )

function numbered(changes: readonly Unnumbered[]): Change[] {
  const used = new Map<string, number>()
  return changes.map((change) => {
    const base = `C-${hash(`${change.kind} ${change.old?.text ?? ''} ${change.new?.text ?? ''}`)}`
    const count = (used.get(base) ?? 0) + 1
    used.set(base, count)
    return { change_id: count === 1 ? base : `${base}-${count}`, ...change }
  })
}
