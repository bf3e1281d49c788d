/** What one volume, envelope or file of the response holds. */
import { headingsOf, type Passage, type Reading } from '../../passages/passages.ts'
import type { Node } from '../../passages/tree.ts'
import { sameName } from '../criteria/criteria.ts'
import { keywords } from './limits.ts'
import { composedOf, isPart, itemPart, type Part } from './parts.ts'
import { titleFrom } from './titles.ts'

/** What a volume holds: a cover page its text asks for, its content list, parts named in a sentence, items marked with its name. */
export function inside(
  reading: Reading,
  top: Part,
  lists: readonly { stem: Passage; items: Passage[] }[],
): Part[] {
  const words = keywords(top.title)
  const nodes = reading.nodes.filter(
    (node) =>
      node.title !== null &&
      (headingsOf(node).includes(top.node) || (node !== top.node && sameName(node.title, top.title))),
  )
  const mine = reading.passages.filter(
    ({ node, titles }) => !titles && headingsOf(node).some((one) => one === top.node || nodes.includes(one)),
  )
  const own = lists.filter(({ stem }) => mine.includes(stem))
  const named = lists.filter(
    ({ stem }) => words.length > 0 && words.every((word) => keywords(stem.text).includes(word)),
  )
  const list = (own.length > 0 ? own : named)[0]
  const cover = mine.find(
    ({ text, leads }) =>
      !leads &&
      /\bcover page\b[^.]*\b(?:shall|must|should)\b|\b(?:shall|must|should)\b[^.]*\bcover page\b/i.test(text),
  )
  const parts = list
    ? list.items.map((item) => itemPart(item, 2, top.volume))
    : mine.flatMap((passage) => composedOf(passage, 2, top.volume))
  const sub = parts.length > 0 ? [] : subsections(reading, [top.node, ...nodes], top)
  const marked = markedFor(reading, top)
  return [
    ...(cover ? [{ ...itemPart(cover, 2, top.volume), number: '', title: 'Cover page', note: '' }] : []),
    ...parts,
    ...sub,
    ...marked.filter((one) => ![top, ...parts].some((part) => related(one.title, part.title))),
  ]
}

/** Half of the words of the shorter title stand in the other: the same paper under another name. */
function related(a: string, b: string): boolean {
  const [few, many] = [keywords(a), keywords(b)].toSorted((x, y) => x.length - y.length) as [
    string[],
    string[],
  ]
  return few.filter((word) => many.includes(word)).length >= few.length / 2
}

/** Titled subsections of the section on a volume. */
const subsections = (reading: Reading, holders: readonly Node[], top: Part): Part[] =>
  reading.passages
    .filter(
      ({ titles, role, node }) =>
        titles &&
        role === 'instructions' &&
        node.parent !== null &&
        holders.includes(node.parent) &&
        isPart(node),
    )
    .map((passage) => ({
      number: passage.node.number ?? '',
      title: passage.node.title!,
      level: 2,
      volume: top.volume,
      passage,
      node: passage.node,
      note: '',
    }))

/** Items of a checklist that name their volume: "Covering letter (Envelope 2)". */
function markedFor(reading: Reading, top: Part): Part[] {
  const label = /^(?:volume|vol\.?|envelope|tab|file|binder|package|part)\s*[\w-]+/i
    .exec(top.number)?.[0]
    .replace(/\s+/g, ' ')
  if (!label) return []
  return reading.passages.flatMap((passage): Part[] => {
    const match = new RegExp(`^(.{3,110}?)\\s*\\(${label}\\)\\s*$`, 'i').exec(passage.text)
    const part = match && { ...itemPart(passage, 2, top.volume), title: titleFrom(match[1]!) }
    return part ? [part] : []
  })
}

export function unique(parts: readonly Part[]): Part[] {
  const seen = new Set<string>()
  return parts.filter(({ title, volume }) => {
    const key = `${volume} ${title.toLowerCase().replace(/\W+/g, ' ')}`
    return title !== '' && !seen.has(key) && seen.add(key)
  })
}
