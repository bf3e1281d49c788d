/** Evaluation criteria: what is scored, how much it counts, what excludes. Never a number the document does not print. */
import type { Criterion } from '../../findings.ts'
import { headingsOf, type Passage, type Reading, referenceOf } from '../../passages/passages.ts'
import type { Node } from '../../passages/tree.ts'
import { rowIds } from '../requirements/ids.ts'
import {
  boxes,
  type Candidate,
  candidate,
  inline,
  isEvaluation,
  labelled,
  listed,
  nameFrom,
  weighted,
  wordsOf,
} from './candidates.ts'
import { ratios } from './ratios.ts'
import { beside, factorTitles, gated, groups, price, sections } from './sections.ts'
import { weightIn } from './weights.ts'

export function criteriaOf(reading: Reading, headers: ReadonlyMap<Passage, string>): Criterion[] {
  const found = gather(reading, headers)
  const parents = parentsOf(found)
  const ids = rowIds(
    found.map((one) => `${one.name} ${one.under ?? ''}`),
    'E',
  )
  const scale = ratingScale(reading)
  const ranks = rankings(reading)
  return found.map((one, index) => {
    const parent = parents[index]
    return {
      criterion_id: ids[index]!.id,
      name: one.name,
      parent_id: parent === undefined ? null : ids[parent]!.id,
      weight: one.weight?.printed ?? null,
      points: one.weight?.points ?? null,
      percent: one.weight?.percent ?? null,
      relative_importance: one.weight || one.gate ? null : rankFor(one, ranks, parent === undefined),
      method:
        one.method ?? (one.gate || one.weight || parent !== undefined || isPrice(one.name) ? null : scale),
      gate: one.gate,
      verbatim: one.quote ?? one.passage.text,
      rfp_reference: referenceOf(one.passage.node),
      page: one.passage.page,
      boxes: boxes(one.passage),
      block_ids: [...one.passage.run.blocks],
    }
  })
}

const isPrice = (name: string): boolean =>
  /\b(?:price|pricing|cost|financial bid|financial proposal|fee|budget)\b/i.test(name)

/** The strongest way that names at least two criteria carries; weaker ways add only gates, groups and price. */
function gather(reading: Reading, headers: ReadonlyMap<Passage, string>): Candidate[] {
  const heavy = dedupe(weighted(reading, headers))
  const found = factorTitles(reading)
  const titled = found.length >= 2 ? found : []
  const named = dedupe(
    [...titled, ...labelled(reading)].toSorted(
      (a, b) => Number(isEvaluation(b.passage)) - Number(isEvaluation(a.passage)),
    ),
  )
  const lists = dedupe(listed(reading))
  const prose = dedupe(inline(reading))
  const parts = dedupe(sections(reading))
  const main =
    heavy.length >= 2
      ? heavy
      : named.length >= 1
        ? named
        : lists.length >= 2
          ? lists
          : prose.length >= 2
            ? prose
            : parts.length >= 2
              ? parts
              : [...lists, ...prose, ...parts]
  const over =
    heavy.length >= 2
      ? [...tops(reading, main), ...titled]
      : main === named
        ? beside(reading, main)
        : groups(reading, main)
  const merged = dedupe([...main.map((one) => refine(one, parts)), ...over])
  const withPrice =
    merged.some((one) => isPrice(one.name)) || (heavy.length >= 2 && !hasMoney(reading))
      ? merged
      : dedupe([...merged, ...price(reading)])
  const gates = gated(reading)
  return inOrder(dedupe([...withPrice, ...shares(reading, withPrice), ...gates]))
}

/** Shares of quality and price over a scored list of one of them; not where the list weighs both itself. */
const shares = (reading: Reading, found: readonly Candidate[]): Candidate[] =>
  found.some((one) => one.weight?.percent && isPrice(one.name)) ? [] : ratios(reading)

const inOrder = (found: readonly Candidate[]): Candidate[] =>
  found.toSorted((a, b) => a.passage.id - b.passage.id)

/** The document opens price or financial offers apart from the scored part. */
const hasMoney = (reading: Reading): boolean =>
  reading.passages.some(
    (passage) =>
      isEvaluation(passage) &&
      /\b(?:financial bids?|price bids?|lowest (?:quote|price|bid)|L1)\b/i.test(passage.text),
  )

/** A section of the same name tells more than the list that names it. */
const refine = (one: Candidate, parts: readonly Candidate[]): Candidate => {
  const section = parts.find((part) => sameName(part.name, one.name))
  return section && one.way !== 'weighted' && one.way !== 'heading-weight'
    ? { ...section, weight: one.weight ?? section.weight }
    : one
}

const generic = new Set(
  'a an and or of the for in to on by with as at is be evaluation factor factors subfactor element criterion criteria area section'.split(
    ' ',
  ),
)

const ownLabel = (name: string): string | undefined =>
  /^((?:factor|sub-?factor|element|criteri(?:on|a)|phase)\s+[\w.]+)(?=:|$)/i.exec(name)?.[1]?.toLowerCase()

export function sameName(a: string, b: string): boolean {
  const labels = [ownLabel(a), ownLabel(b)]
  if (labels[0] && labels[1]) return labels[0] === labels[1]
  const [x, y] = [a, b].map((text) => [
    ...new Set(
      wordsOf(
        text.replace(/^[\w-]+\s+[\w.]+:\s*/, (start) => (ownLabel(start.replace(/:\s*$/, '')) ? '' : start)),
      ).filter((word) => !generic.has(word)),
    ),
  ])
  if (x!.length === 0 || y!.length === 0) return wordsOf(a).join(' ') === wordsOf(b).join(' ')
  const shared = x!.filter((word) => y!.some((other) => isSpeltAs(word, other))).length
  return shared / Math.max(x!.length, y!.length) >= 0.75
}

/** Equal but for one letter left out, added or changed in a long word ("Aproach"). */
function isSpeltAs(a: string, b: string): boolean {
  if (a === b) return true
  if (a.length < 6 || b.length < 6 || Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  return Math.max(a.length, b.length) - start - end <= 1
}

/** One candidate a name; weights, gates and methods are gathered from the repeats. */
function dedupe(found: readonly Candidate[]): Candidate[] {
  const kept: Candidate[] = []
  for (const one of found) {
    const at = kept.findIndex((other) => sameName(other.name, one.name) && other.gate === one.gate)
    if (at < 0) kept.push(one)
    else
      kept[at] = {
        ...kept[at]!,
        weight: kept[at]!.weight ?? one.weight,
        method: kept[at]!.method ?? one.method,
      }
  }
  return kept
}

/** A scored table that is one part of the evaluation ("The technical evaluation ..."), with its printed total. */
function tops(reading: Reading, main: readonly Candidate[]): Candidate[] {
  const tables = new Map<string, Candidate[]>()
  for (const one of main) {
    const table = one.passage.run.cell?.table
    if (table) tables.set(table, [...(tables.get(table) ?? []), one])
  }
  return [...tables].flatMap(([table, rows]): Candidate[] => {
    const before = reading.passages.filter(
      (passage) =>
        passage.id < rows[0]!.passage.id && passage.id > rows[0]!.passage.id - 12 && isEvaluation(passage),
    )
    const said = before.toReversed().flatMap((passage) => {
      const match =
        /\b((?:technical|quality|qualitative|non-?price|management) (?:evaluation|proposal|bid|score|criteria))\b/i.exec(
          passage.text,
        )
      return match ? [{ passage, name: match[1]! }] : []
    })[0]
    if (!said || !hasMoney(reading)) return []
    const total = reading.passages.filter((passage) => passage.run.cell?.table === table)
    const row = total.find((passage) => /^(?:grand )?total\b/i.test(passage.text))?.run.cell?.row
    const sum =
      row === undefined
        ? undefined
        : total
            .filter((passage) => passage.run.cell?.row === row)
            .map((passage) => weightIn(passage.text, 'points'))
            .find(Boolean)
    const name = nameFrom(said.name)
    return name
      ? [
          candidate('section', name[0]!.toUpperCase() + name.slice(1), said.passage, {
            weight: sum ?? null,
            node: rows[0]!.node,
          }),
        ]
      : []
  })
}

/** Element under Factor, list under its heading, table rows under the evaluation they belong to. */
function parentsOf(found: readonly Candidate[]): (number | undefined)[] {
  const summed = sumsOf(found)
  const quality = found.findIndex((one) => one.way === 'ratio' && !isPrice(one.name))
  return found.map((one, index) => {
    if (one.gate || one.way === 'ratio') return undefined
    const numbered = aboveByNumber(one, found)
    if (numbered >= 0) return numbered
    const sum = summed.get(one.passage.run.cell?.table ?? '')
    if (sum !== undefined && sum !== index) return sum
    // What is scored under "60% for the technical merit and 40% for the price" is technical.
    if (quality >= 0 && one.way === 'weighted' && !isPrice(one.name)) return quality
    const deep = /^(?:element|sub-?factor)\s+([\w.]+)/i.exec(one.name)
    if (deep) {
      const above = found.findLastIndex(
        (other, at) =>
          at < index && other.way === 'labelled' && !/^(?:element|sub-?factor|criterion)\b/i.test(other.name),
      )
      return above < 0 ? undefined : above
    }
    if (one.way === 'section') {
      const above = found.findLastIndex(
        (other) => other.way === 'section' && !other.gate && isUnder(one.node, other.node),
      )
      if (above >= 0) return above
      if (found.some((other) => other !== one && childOf(other, one))) return undefined
    }
    const holder = found.findIndex((other, at) => at !== index && !other.gate && childOf(one, other))
    return holder < 0 ? undefined : holder
  })
}

/** "1.1" stands under "1" in the same table. */
function aboveByNumber({ number, passage }: Candidate, found: readonly Candidate[]): number {
  const above = number?.replace(/\.?\d+$/, '')
  if (!above) return -1
  return found.findIndex(
    (other) => other.number === above && other.passage.run.cell?.table === passage.run.cell?.table,
  )
}

/** A table whose weights add up to that of one criterion of another table breaks that one down. */
function sumsOf(found: readonly Candidate[]): Map<string, number> {
  const tables = Map.groupBy(
    found.filter((one) => one.weight && one.passage.run.cell),
    (one) => one.passage.run.cell!.table,
  )
  const sums = new Map<string, number>()
  for (const [table, rows] of tables) {
    const sum = rows.reduce((all, { weight }) => all + (weight!.percent ?? weight!.points ?? 0), 0)
    const above = found.findIndex(
      ({ weight, passage, name }) =>
        passage.run.cell !== undefined &&
        passage.run.cell.table !== table &&
        rows.length >= 2 &&
        (weight?.percent ?? weight?.points) === sum &&
        !rows.some((row) => sameName(row.name, name)),
    )
    if (above >= 0 && found[above]!.passage.id < rows[0]!.passage.id) sums.set(table, above)
  }
  return sums
}

function childOf(one: Candidate, other: Candidate): boolean {
  if (
    other.gate ||
    one.way === other.way ||
    other.way !== 'section' ||
    (isPrice(one.name) && !isPrice(other.name) && one.way === 'price')
  )
    return false
  if (other.weight && one.weight && one.passage.run.cell) return other.node === one.node
  return (
    other.passage.titles &&
    !one.gate &&
    (one.node === other.passage.node || isUnder(one.node, other.passage.node)) &&
    /\b(?:factors|criteria|evaluation)\b/i.test(other.name)
  )
}

const isUnder = (node: Node, above: Node): boolean => headingsOf(node).includes(above) && node !== above

/** Adjectives of a rating table, as the method of the factors they rate. */
function ratingScale(reading: Reading): string | null {
  const words = [
    'Outstanding',
    'Excellent',
    'Very Good',
    'Good',
    'Acceptable',
    'Satisfactory',
    'Marginal',
    'Fair',
    'Poor',
    'Unacceptable',
    'High Confidence',
    'Some Confidence',
    'Low Confidence',
    'Substantial Confidence',
    'Satisfactory Confidence',
    'Limited Confidence',
    'No Confidence',
    'Exceptional',
    'Unsatisfactory',
  ]
  const seen = words.filter((word) =>
    reading.passages.some(
      (passage) =>
        isEvaluation(passage) &&
        new RegExp(`^${word}\\b`).test(passage.text) &&
        (passage.run.cell !== undefined || passage.text.length < 60),
    ),
  )
  return seen.length >= 3 ? `Adjectival: ${seen.join(' / ')}` : null
}

const ranking =
  /\b(?:more|less|most|least) important\b|\bequal(?:ly)? (?:important|importance|weight)|\bof equal\b|\border of importance\b|\bapproximately equal\b|\bequally weighted\b|\blowest (?:price|quote|evaluated)\b/i

const rankings = (reading: Reading): Passage[] =>
  reading.passages.filter(
    (passage) =>
      isEvaluation(passage) &&
      !passage.titles &&
      ranking.test(passage.text) &&
      !/\b(?:neither|will not (?:be|use|utilize))\b/i.test(passage.text),
  )

function rankFor(one: Candidate, ranks: readonly Passage[], isTop: boolean): string | null {
  const words = wordsOf(one.name).filter((word) => !generic.has(word))
  const named = ranks.find(
    ({ text }) => words.length > 0 && words.every((word) => text.toLowerCase().includes(word)),
  )
  const local = ranks.find((passage) => passage.node === one.node)
  return (named ?? local ?? (isTop ? ranks[0] : undefined))?.text ?? null
}
