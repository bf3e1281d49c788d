/** The annotated outline: the response to write, in the order demanded, with limits and what each part must answer. */
import type { Criterion, OutlineSection, Requirement } from '../../findings.ts'
import { headingsOf, type Passage, type Reading } from '../../passages/passages.ts'
import type { Node } from '../../passages/tree.ts'
import { pagesIn } from '../checklist/recipes.ts'
import { sameName } from '../criteria/criteria.ts'
import { keywords, type Limit, limitsOf, names } from './limits.ts'
import { contentLists, fileTable, formatSections, itemPart, listScore, type Part, volumes } from './parts.ts'
import { titleFrom } from './titles.ts'

export type OutlineNeeds = {
  readonly reading: Reading
  readonly requirements: readonly Requirement[]
  readonly criteria: readonly Criterion[]
  readonly passageOf: ReadonlyMap<string, Passage>
}

export function outlineOf({ reading, requirements, criteria, passageOf }: OutlineNeeds): OutlineSection[] {
  const parts = partsOf(reading)
  const limits = limitsOf(reading)
  if (parts.length === 0) return byCriteria(criteria)
  const owned = ownLimits(parts, limits)
  return parts.map((part, index) => ({
    number: part.number,
    title: part.title,
    level: part.level,
    volume: part.volume,
    page_limit: owned.get(index) ?? null,
    format_notes: null,
    requirement_ids: requirements
      .filter((row) => belongs(row, part, passageOf))
      .map((row) => row.requirement_id),
    criterion_ids: criteria
      .filter((one) => !one.gate && sameName(one.name, part.title))
      .map((one) => one.criterion_id),
  }))
}

/** Volumes first, then a table of files, then a content list, then the sections on format. */
function partsOf(reading: Reading): Part[] {
  const vols = volumes(reading)
  const lists = contentLists(reading)
  const sections = formatSections(reading)
  const table = fileTable(reading)
  if (table.length >= 4) return fromTable(table)
  if (vols.length >= 2) return fromVolumes(vols, lists)
  if (table.length >= 2) return fromTable(table)
  const best = lists.toSorted((a, b) => listScore(b) - listScore(a))[0]
  if (best && listScore(best) >= 6 && best.items.length >= 3)
    return withSections(
      best.items.map((item) => itemPart(item, 1, null)),
      sections,
    )
  if (sections.length >= 2) return unique(flatten(sections))
  return best ? best.items.map((item) => itemPart(item, 1, null)) : unique(flatten(sections))
}

const fromTable = (rows: ReturnType<typeof fileTable>): Part[] =>
  unique(
    rows.map(({ title, cells }) => ({
      ...itemPart(title, 1, null),
      note: cells.map((cell) => cell.text).join(' '),
    })),
  )

function fromVolumes(
  vols: readonly Passage[],
  lists: readonly { stem: Passage; items: Passage[] }[],
): Part[] {
  return vols.flatMap((vol) => {
    const name = titleFrom(vol.text)
    const top: Part = {
      number: vol.run.label ?? '',
      title: name,
      level: 1,
      volume: vol.run.label ?? null,
      passage: vol,
      node: vol.node,
      note: vol.text,
    }
    const mine = lists.filter(
      ({ stem }) => headingsOf(stem.node).includes(vol.node) || sameTitle(headingsOf(stem.node).at(-1), name),
    )
    const words = keywords(name)
    const named =
      mine.length > 0
        ? mine
        : lists.filter(
            ({ stem }) =>
              words.length > 0 &&
              words.every((word) =>
                keywords(`${stem.text} ${headingsOf(stem.node).at(-1)?.title ?? ''}`).includes(word),
              ),
          )
    const first = named[0]
    return [top, ...(first ? first.items.map((item) => itemPart(item, 2, vol.run.label ?? null)) : [])]
  })
}

const sameTitle = (node: Node | undefined, name: string): boolean =>
  node?.title !== undefined && node?.title !== null && sameName(node.title, name)

/** Sections that say more about a listed part stand under it; those of the same name are the part itself. */
function withSections(items: readonly Part[], sections: readonly Part[]): Part[] {
  const fresh = flatten(sections).filter(
    (section) => !items.some((item) => sameName(item.title, section.title)),
  )
  const narrative = items.findIndex(({ title }) => /\bnarrative\b/i.test(title) && !/\bbudget\b/i.test(title))
  const at =
    narrative < 0
      ? items.findIndex(({ title }) =>
          /\btechnical (?:proposal|approach|bid|quote|submission)\b/i.test(title),
        )
      : narrative
  if (at < 0 || fresh.length === 0) return unique(items)
  return unique([
    ...items.slice(0, at + 1),
    ...fresh.map((section) => ({ ...section, level: section.level + 1 })),
    ...items.slice(at + 1),
  ])
}

/** Levels without gaps, from 1. */
function flatten(sections: readonly Part[]): Part[] {
  const least = Math.min(...sections.map(({ level }) => level), 9)
  return sections.map((section) => ({ ...section, level: Math.min(section.level - least + 1, 4) }))
}

function unique(parts: readonly Part[]): Part[] {
  const seen = new Set<string>()
  return parts.filter(({ title, volume }) => {
    const key = `${volume} ${title.toLowerCase().replace(/\W+/g, ' ')}`
    return title !== '' && !seen.has(key) && seen.add(key)
  })
}

/** A limit printed beside the part, else the sentence that names it best. */
function ownLimits(parts: readonly Part[], limits: readonly Limit[]): Map<number, string> {
  const owned = new Map<number, string>()
  for (const [index, { note }] of parts.entries()) {
    const beside = /\b(?:limit|max\.?|maximum|no more than|not (?:to )?exceed|one page|page)\b/i.test(note)
      ? pagesIn(note)
      : undefined
    if (beside) owned.set(index, beside.printed)
  }
  for (const limit of limits) {
    const scored = parts
      .map((part, index) => ({
        index,
        score: owned.has(index)
          ? 0
          : Math.max(
              names(limit, part.title),
              limit.passage.node === part.node && part.node.title !== null ? 0.6 : 0,
            ),
      }))
      .filter(({ score }) => score >= 0.6)
    const best = scored.toSorted((a, b) => b.score - a.score || a.index - b.index)[0]
    if (best) owned.set(best.index, limit.text)
  }
  return owned
}

/** A row belongs to the part whose section it stands in, or whose name its sentence starts with. */
function belongs(row: Requirement, part: Part, passageOf: ReadonlyMap<string, Passage>): boolean {
  const passage = passageOf.get(row.requirement_id)
  if (!passage || row.actor !== 'offeror') return false
  if (part.node.title !== null && headingsOf(passage.node).at(-1) === part.node) return true
  const wanted = keywords(part.title)
  const words = new Set(keywords(`${row.requirement_text.slice(0, 120)} ${row.section_title ?? ''}`))
  return wanted.length > 0 && wanted.every((word) => words.has(word))
}

/** No instruction says how to build the response: its parts follow what is scored, and say so. */
const byCriteria = (criteria: readonly Criterion[]): OutlineSection[] =>
  criteria
    .filter(({ gate }) => !gate)
    .map((one) => ({
      number: '',
      title: one.name,
      level: one.parent_id === null ? 1 : 2,
      volume: null,
      page_limit: null,
      format_notes: 'Built from the evaluation factors: the solicitation prescribes no outline.',
      requirement_ids: [],
      criterion_ids: [one.criterion_id],
    }))
