/** Which part of the response answers which requirement: each row stands under one part, or under none. */
import type { Requirement } from '../../findings.ts'
import { headingsOf, type Passage } from '../../passages/passages.ts'
import type { Node } from '../../passages/tree.ts'
import { sameName } from '../criteria/criteria.ts'
import { keywords, singular } from './limits.ts'
import type { Part } from './parts.ts'

/** Ids of rows by the part that answers them, in the order of the rows. */
export function assigned(
  parts: readonly Part[],
  rows: readonly Requirement[],
  passageOf: ReadonlyMap<string, Passage>,
): Map<Part, string[]> {
  const owners = parts.map((part) => ({ part, names: namesOf(part.title) }))
  const found = new Map<Part, string[]>(parts.map((part) => [part, []]))
  for (const { requirement_id, actor } of rows) {
    const passage = passageOf.get(requirement_id)
    const part = passage && actor === 'offeror' ? partFor(passage, owners) : undefined
    if (part) found.get(part)!.push(requirement_id)
  }
  return found
}

type Owner = { readonly part: Part; readonly names: readonly string[] }

/** The item that is the part, the part whose heading it stands under; else what it begins with, what is around it, what it names. */
const partFor = (passage: Passage, owners: readonly Owner[]): Part | undefined =>
  itemOf(passage, owners) ??
  titledBy(headingsOf(passage.node).at(-1), owners) ??
  named(passage, owners, 60) ??
  sectionOf(passage, owners) ??
  named(passage, owners, 160) ??
  (passage.stem ? partFor(passage.stem, owners) : undefined)

/** The row is the item that demands the part, or hangs on it. */
const itemOf = (passage: Passage, owners: readonly Owner[]): Part | undefined =>
  owners.find(({ part }) => !part.passage.titles && isUnder(passage, part.passage))?.part

const isUnder = (passage: Passage | null, top: Passage): boolean =>
  passage !== null && (passage === top || isUnder(passage.stem, top))

const titledBy = (heading: Node | undefined, owners: readonly Owner[]): Part | undefined =>
  owners.find(({ part }) => part.passage.titles && !part.passage.run.cell && part.node === heading)?.part

/** The nearest section above that is a part, or has the name of one. */
function sectionOf({ node }: Passage, owners: readonly Owner[]): Part | undefined {
  for (const heading of headingsOf(node).reverse()) {
    const part = titledBy(heading, owners) ?? calledLike(heading.title!, owners)
    if (part) return part
  }
  return undefined
}

/** "MISSION SUITABILITY VOLUME INSTRUCTIONS" is about the part "Mission Suitability Volume". */
function calledLike(title: string, owners: readonly Owner[]): Part | undefined {
  const same = owners.find(({ part }) => sameName(part.title, title))
  if (same) return same.part
  const words = phrase(title)
  return longest(owners, (name) => words.includes(name) && name.trim().includes(' '))
}

const longest = (owners: readonly Owner[], fits: (name: string) => boolean): Part | undefined =>
  owners
    .flatMap(({ part, names }) => names.map((name) => ({ part, name })))
    .filter(({ name }) => fits(name))
    .toSorted((a, b) => b.name.length - a.name.length)[0]?.part

const instructs = new Set<Passage['role']>(['instructions', 'evaluation', 'form'])

/** The longest name that stands in the first `reach` characters; a word alone ("price") only where the bidder is instructed. */
function named({ text, role }: Passage, owners: readonly Owner[], reach: number): Part | undefined {
  if (!instructs.has(role) && role !== 'other') return undefined
  const words = phrase(text.slice(0, reach))
  return longest(owners, (name) => words.includes(name) && (instructs.has(role) || name.trim().includes(' ')))
}

/** "Attachment 2", "Exhibit B-1", "SF 1449". */
const label =
  /\b(?:SF[ -]?\d+|(?:[Aa]ttachment|[Ee]xhibit|[Aa]ppendix|[Aa]nnex|[Ff]orm|[Ss]chedule) (?:\d[\w.-]*|[A-Z](?:-?\d+)?))\b/g

/** What a part is called: its title without brackets, what stands in them when it is a label, and what follows a colon. */
function namesOf(title: string): string[] {
  const labels = [...title.matchAll(label)]
  const plain = title.replace(/\([^)]*\)/g, ' ').trim()
  const names = [
    plain,
    plain.split(':').at(-1)!,
    plain.replace(/(?<=\w \w+) (?:volume|proposal|section|submission|narrative)$/i, ''),
    ...labels.map(([printed]) => printed),
  ].map(phrase)
  return [...new Set(names)].filter((name) => keywords(name).length > 0 && name.trim().length > 3)
}

/** Words in a row, each between spaces, without articles and endings of the plural. */
const phrase = (text: string): string =>
  ` ${(text.toLowerCase().match(/[a-z0-9]+/g) ?? [])
    .filter((word) => !/^(?:the|an?|of|completed|signed)$/.test(word))
    .map(singular)
    .join(' ')} `
