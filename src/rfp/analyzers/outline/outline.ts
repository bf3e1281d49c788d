/** The annotated outline: the response to write, in the order demanded, with limits and what each part must answer. */
import type { Criterion, OutlineSection, Requirement } from '../../findings.ts'
import { tidy } from '../../passages/headings.ts'
import type { Passage, Reading } from '../../passages/passages.ts'
import { pageLimits } from '../checklist/pages.ts'
import { sameName } from '../criteria/criteria.ts'
import { assigned } from './assign.ts'
import { type FileRow, fileTable } from './file-table.ts'
import { inside, unique } from './inside.ts'
import { type Limit, limitsItsSection, limitsOf, names } from './limits.ts'
import {
  bundles,
  bundleTitle,
  contentLists,
  enumerated,
  formatSections,
  itemPart,
  listScore,
  type Part,
  volumeLabel,
  volumes,
} from './parts.ts'
import { titleFrom } from './titles.ts'

export type OutlineNeeds = {
  readonly reading: Reading
  readonly requirements: readonly Requirement[]
  readonly criteria: readonly Criterion[]
  readonly passageOf: ReadonlyMap<string, Passage>
}

export function outlineOf({ reading, requirements, criteria, passageOf }: OutlineNeeds): OutlineSection[] {
  const parts = withCertifications(reading, prune(partsOf(reading))).map((part) => withName(part, criteria))
  const limits = limitsOf(reading)
  if (parts.length === 0) return byCriteria(criteria)
  const owned = ownLimits(parts, limits)
  const answered = assigned(parts, requirements, passageOf)
  return parts.map((part, index) => ({
    number: part.number,
    title: part.title,
    level: part.level,
    volume: part.volume,
    page_limit: owned.get(index) ?? null,
    format_notes: null,
    requirement_ids: answered.get(part)!,
    criterion_ids: criteria
      .filter((one) => !one.gate && sameName(one.name, part.title))
      .map((one) => one.criterion_id),
  }))
}

/** A part that is called by its number alone has the name that the evaluation gives it. */
function withName(part: Part, criteria: readonly Criterion[]): Part {
  if (!/^(?:sub)?(?:factor|criteri(?:on|a)|element)\s+[\w.]{1,4}$/i.test(part.title)) return part
  const label = `${part.title.toLowerCase()}:`
  const named = criteria.find(({ name }) => name.toLowerCase().startsWith(label))
  return named ? { ...part, title: named.name } : part
}

/** An outline longer than this is cut to three levels: the rest are details of one part. */
const readable = 24

function prune(parts: readonly Part[]): Part[] {
  if (parts.length <= readable) return [...parts]
  const least = Math.min(...parts.map(({ level }) => level))
  return parts.filter(({ level }) => level < least + 3)
}

/** FAR 15.204-5(a): Section K holds what the offeror certifies and returns, wherever Section L lists the rest. */
function withCertifications(reading: Reading, parts: Part[]): Part[] {
  const passage = reading.passages.find(
    ({ titles, node }) =>
      titles &&
      reading.letterOf(node) === 'K' &&
      /\b(?:representations|certifications)\b/i.test(node.title ?? ''),
  )
  if (
    !passage ||
    parts.length === 0 ||
    parts.some(({ title }) => /\bsection k\b|\brepresentations\b/i.test(title))
  )
    return parts
  const { node } = passage
  const title = tidy(node.title!.replace(/^section k\W*/i, ''))
  return [...parts, { number: 'Section K', title, level: 1, volume: null, passage, node, note: '' }]
}

/** A table of files first, then volumes, bundles, the best content list, the sections on format. */
function partsOf(reading: Reading): Part[] {
  const table = fileTable(reading)
  if (table.length >= 4) return fromTable(table)
  const vols = volumes(reading)
  const lists = contentLists(reading)
  if (vols.length >= 2) return fromVolumes(reading, vols, lists)
  if (table.length >= 2) return fromTable(table)
  const sections = formatSections(reading)
  const best = lists.toSorted((a, b) => listScore(b) - listScore(a))[0]
  if (best && listScore(best) >= 8 && best.items.length >= 3)
    return withSections(
      best.items.map((item) => itemPart(item, 1, null)),
      sections,
    )
  const named = bundles(reading)
  // Bundles that are equal subsections of the section on format are told better by that section.
  const ranks = new Set(named.map((one) => sections.find(({ node }) => node === one.node)?.level ?? 0))
  const covered = ranks.size === 1 && !ranks.has(0) && sections.length >= 5
  if (named.length >= 2 && !covered) return fromVolumes(reading, named, lists)
  if (sections.length >= 2) return unique(flatten(sections))
  if (best) return best.items.map((item) => itemPart(item, 1, null))
  return sections.length > 0 ? unique(flatten(sections)) : enumerated(reading)
}

/** Rows without a number under numbered ones are parts of the volume above. */
function fromTable(rows: readonly FileRow[]): Part[] {
  const numbered = rows.filter(({ number }) => number !== '').length
  const isNested = rows[0]?.number !== '' && numbered >= 2 && numbered < rows.length
  let volume: string | null = null
  return rows.map(({ title, number, limit, passage, note }) => {
    if (isNested && number !== '') volume = number
    const level = isNested && number === '' ? 2 : 1
    return { number, title, level, volume, passage, node: passage.node, note, limit }
  })
}

function fromVolumes(
  reading: Reading,
  vols: readonly Passage[],
  lists: readonly { stem: Passage; items: Passage[] }[],
): Part[] {
  const titles = withoutCommonEnd(vols.map((vol) => bundleTitle(vol.text) ?? titleFrom(volumeText(vol))))
  return vols.flatMap((vol, index) => {
    const name = titles[index]!
    const number = volumeLabel(vol)
    const top: Part = {
      number,
      title: name,
      level: 1,
      volume: number || name,
      passage: vol,
      node: vol.node,
      note: vol.text,
    }
    return [top, ...unique(inside(reading, top, lists))]
  })
}

/** The name of a volume without its label. */
const volumeText = (vol: Passage): string => {
  const label = volumeLabel(vol)
  return label !== '' && vol.text.startsWith(label)
    ? vol.text.slice(label.length).replace(/^[\s.:–—-]+/, '')
    : vol.text
}

/** "Technical bid for the X project", "Financial bid for the X project": what all titles end in says nothing. */
function withoutCommonEnd(titles: readonly string[]): string[] {
  if (titles.length < 2) return [...titles]
  const split = titles.map((title) => title.split(' '))
  let shared = 0
  while (
    split.every(
      (words) =>
        words.length > shared + 1 &&
        words[words.length - 1 - shared] === split[0]![split[0]!.length - 1 - shared],
    )
  )
    shared++
  return shared < 2 ? [...titles] : split.map((words) => words.slice(0, words.length - shared).join(' '))
}

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

/** "One Page Program Summary", "Project Abstract (one page)": the name tells the limit. */
const titled = /^(?:one|two|three|four|five|\d+)[- ]pages?\b/i
/** "Letter of interest, one page". */
const trailing =
  /[,–—-]\s*((?:one|two|three|four|five|six|eight|ten|\d+)(?: \(\d+\))? pages?)(?:,? (?:each|max(?:imum)?|limit|or less))?[.;]?$/i
const bracketed = /\(((?:one|two|three|four|five|\d+) pages?)\)/i

/** A limit printed beside the part, else the sentence that names it best. */
function ownLimits(parts: readonly Part[], limits: readonly Limit[]): Map<number, string> {
  const owned = new Map<number, string>()
  for (const [index, { note, limit: printed }] of parts.entries()) {
    const limit =
      printed ??
      pageLimits(note)[0]?.printed ??
      bracketed.exec(note)?.[1] ??
      trailing.exec(note)?.[1] ??
      titled.exec(parts[index]!.title)?.[0]
    if (limit) owned.set(index, limit)
  }
  for (const limit of limits) {
    // Told of a part that the same sentence names.
    if (parts.some(({ passage, note }) => passage === limit.passage && note.includes(limit.text))) continue
    const scored = parts
      .map((part, index) => ({
        index,
        score: owned.has(index)
          ? 0
          : Math.max(
              named(limit, part),
              limit.passage.node === part.node &&
                part.node.title !== null &&
                !part.passage.run.cell &&
                limitsItsSection(limit)
                ? 0.6
                : 0,
            ),
      }))
      .filter(({ score }) => score >= 0.6)
    const best = scored.toSorted((a, b) => b.score - a.score || a.index - b.index)[0]
    if (best) owned.set(best.index, limit.text)
  }
  return owned
}

/** In the part's own section fewer of its words are enough: "Provide a summary of no more than three pages". */
function named(limit: Limit, part: Part): number {
  // "The page limitation for Volume I is 25 pages".
  const byNumber = / /.test(part.number) && new RegExp(`\\b${part.number}\\b`, 'i').test(limit.subject)
  if (byNumber) return 1
  const score = names(limit, part.title)
  return limit.passage.node === part.node && score >= 0.5 ? Math.max(score, 0.6) : score
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
