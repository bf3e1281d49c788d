/** Names of what is evaluated, each found in one of the ways solicitations print them. */

import { tidy } from '../../passages/headings.ts'
import { boxesOf, headingsOf, type Passage, type Reading } from '../../passages/passages.ts'
import type { Node } from '../../passages/tree.ts'
import { type Weight, weighs, weightIn } from './weights.ts'

export type Way =
  | 'weighted'
  | 'heading-weight'
  | 'labelled'
  | 'listed'
  | 'inline'
  | 'section'
  | 'gate'
  | 'ratio'
  | 'price'

export type Candidate = {
  readonly way: Way
  readonly name: string
  readonly weight: Weight | null
  readonly gate: boolean
  readonly method: string | null
  readonly passage: Passage
  /** Verbatim when it is not the passage's text. */
  readonly quote?: string
  /** Its number in the first column of a table: "1.1" is a part of "1". */
  readonly number?: string
  /** The name of the candidate above it, when the document says so. */
  readonly under: string | null
  readonly node: Node
}

/** Passages that speak of evaluation. */
export const isEvaluation = (passage: Passage): boolean => passage.role === 'evaluation'

const content = (passage: Passage): boolean => passage.kind !== 'furniture' && passage.kind !== 'contents'

export const wordsOf = (text: string): string[] => text.toLowerCase().match(/[a-z0-9]+/g) ?? []

/** A name is short, starts with a capital or a number word, and is no sentence. */
export function nameFrom(text: string): string | undefined {
  const name = tidy(
    text
      .replace(/^[“"'(\s]+/, '')
      .replace(/\s*\((?:not counted|if any|optional|see)[^)]*\)/gi, '')
      .replace(/[\s.:;,–—-]+$/, '')
      .replace(/\s+(?:and|or)$/i, ''),
  ).replace(/[(\s]+$/, '')
  const count = wordsOf(name).length
  return count >= 1 &&
    count <= 18 &&
    name.length <= 130 &&
    /\p{L}{3}/u.test(name) &&
    !startsAsClause.test(name)
    ? name
    : undefined
}

export const candidate = (
  way: Way,
  name: string,
  passage: Passage,
  rest: Partial<Candidate> = {},
): Candidate => ({
  way,
  name,
  weight: null,
  gate: false,
  method: null,
  under: null,
  node: passage.node,
  passage,
  ...rest,
})

/** "Organizational Capacity: 20 points", table rows under "Maximum Marks", headings that carry their weight. */
export function weighted(reading: Reading, headers: ReadonlyMap<Passage, string>): Candidate[] {
  const found: Candidate[] = []
  const rows = rowsOf(reading.passages)
  const lined = scoredLines(reading)
  const numbers = numbersOf(reading)
  for (const passage of reading.passages) {
    if (
      !content(passage) ||
      passage.role === 'clauses' ||
      passage.role === 'work' ||
      passage.role === 'qa' ||
      passage.role === 'background'
    )
      continue
    if (passage.run.cell) {
      const row = rows.get(rowKey(passage))!
      if (row[0] === passage) found.push(...fromRow(row, headers, numbers.get(rowKey(passage))))
      found.push(...told(passage))
      continue
    }
    const near =
      isEvaluation(passage) ||
      (passage.stem !== null &&
        /\b(?:points?|weights?|scor\w+|criteria|evaluat\w+)\b/i.test(passage.stem.text)) ||
      /\b(?:evaluat\w+|scor\w+|criteria)\b/i.test(headingsOf(passage.node).at(-1)?.title ?? '')
    const inLine = near || passage.role === 'instructions'
    const weight = weightIn(passage.text)
    if (inLine || /\b(?:weigh|score|evaluat\w+|assess\w*|decide|criteria)\b/i.test(passage.text))
      found.push(...told(passage))
    if (!weight || !(inLine || lined.has(passage)) || wordsOf(passage.text).length > 24) continue
    if (passage.titles && !near && !lined.has(passage)) continue
    const text = `${passage.text.slice(0, weight.at)} ${passage.text.slice(weight.at + weight.length)}`
    const name = nameFrom(
      text
        .replace(/\(\s*(?:max(?:imum)?|worth|up to|weight(?:ing|ed|age)?(?: of)?)?[\s:]*\)/gi, '')
        .replace(/[\s:.–—-]*\b(?:(?:is|are|will be) )?(?:max(?:imum)?|worth|up to|total of)\b[\s:.]*$/i, ''),
    )
    if (name && isName(name))
      found.push(candidate(passage.titles ? 'heading-weight' : 'weighted', name, passage, { weight }))
  }
  return found
}

/** Three short lines and more that follow one another and each end in a weight are a list of what is scored. */
function scoredLines(reading: Reading): Set<Passage> {
  const lines = new Set<Passage>()
  let run: Passage[] = []
  for (const passage of reading.passages.filter((one) => content(one) && !one.run.cell)) {
    const weight = weightIn(passage.text)
    const ends = weight && /^[\s).]*$/.test(passage.text.slice(weight.at + weight.length))
    run = ends && wordsOf(passage.text).length <= 16 ? [...run, passage] : []
    if (run.length >= 3) for (const one of run) lines.add(one)
  }
  return lines
}

/** "(i) Experience: 10 points; (ii) Method: 30 points": a list with weights in one sentence. */
function told(passage: Passage): Candidate[] {
  const parts = passage.text.split(/[;:]\s*(?=\(?(?:[ivx]{1,4}|[a-h]|\d{1,2})[).]\s)|;\s+(?:and\s+)?/)
  if (parts.length < 3) return inBrackets(passage)
  const found = parts.flatMap((part): Candidate[] => {
    const match =
      /^\(?(?:(?:[ivx]{1,4}|[a-h]|\d{1,2})[).]\s+)?(.{4,120}?)\s*[:(–—-]+\s*\(?(\d{1,3} ?(?:points?|marks?|%|percent))\)?[.,]?(?:\s.*)?$/i.exec(
        part.trim(),
      )
    const name = match && nameFrom(match[1]!)
    const weight = match && weightIn(match[2]!)
    return name && weight && isName(name) ? [candidate('weighted', name, passage, { weight })] : []
  })
  return found.length >= 3 ? found : inBrackets(passage)
}

/** "We will weigh product fit (40%), service (25%) and price (35%)". */
function inBrackets(passage: Passage): Candidate[] {
  if (!/\([^()]*\d ?(?:points?|marks?|%|percent)/i.test(passage.text)) return []
  const parts = [...passage.text.matchAll(bracketed)]
  if (parts.length < 2) return []
  const found = parts.flatMap(([, before, printed]): Candidate[] => {
    const name = nameFrom(before!.replace(opens, '').replace(/^[\s,;]*(?:and\s+)?(?:the\s+)?/i, ''))
    const weight = weightIn(printed!)
    return name && weight && !notNames.test(name)
      ? [candidate('weighted', capital(name), passage, { weight })]
      : []
  })
  return found.length === parts.length ? found : []
}
const bracketed =
  /([^()]{3,120}?)\s*\((?:up to |max(?:imum)? |worth )?(\d{1,3} ?(?:points?|marks?|%|percent))(?: (?:possible|max(?:imum)?|available))?\)/gi
/** What stands before the first name: "proposals will be scored out of 70 points: ", "we will weigh ". */
const opens = /^.*(?::\s|\b(?:weigh|are|is|include|following|using|by|on|consider|score|evaluate)\s)(?=\S)/is

/** "Is determined to be responsible": a condition told as a sentence, no name. */
const startsAsClause =
  /^(?:is|are|was|has|have|submits?|meets?|provides?|offers?|proposes?|demonstrates?|if|when|an? offeror|the offeror|offerors|responsibility will|all|any|no|not)\b/i

const notNames =
  /\b(?:total|maximum|minimum|sub-?total|offeror #|example|points? (?:for|value|available)|(?:will|shall|must|may|should|receives?|awarded|scored|scoring|qualif(?:y|ies|ied)|less than|more than|at least|each|if|page|copies|days?)\b)/i
/** Grades of a scale, which say how well and not what. */
const isGrade = (name: string): boolean =>
  /^(?:outstanding|exceptional|excellent|superior|(?:very )?good|satisfactory|acceptable|adequate|average|fair|marginal|poor|weak|deficient|un(?:satisfactory|acceptable)|inadequate)$/i.test(
    name,
  )
const isName = (name: string): boolean =>
  !notNames.test(name) && !isGrade(name) && /^[“"(]?\p{Lu}/u.test(name) && !/^\d/.test(name)

const rowKey = ({ run }: Pick<Passage, 'run'>): string => `${run.cell!.table} ${run.cell!.row}`

/** Rows of tables → the number in their first cell: a cell that is all number has no passage. */
function numbersOf({ placed }: Reading): Map<string, string> {
  const first = placed.filter(({ run }) => run.cell?.column === 0)
  return new Map(
    first.flatMap((spot): [string, string][] => {
      const number = /^\d{1,2}(?:\.\d{1,2}){0,3}$/.exec(spot.run.label ?? spot.run.text)?.[0]
      return number ? [[rowKey(spot), number]] : []
    }),
  )
}

function rowsOf(passages: readonly Passage[]): Map<string, Passage[]> {
  const rows = new Map<string, Passage[]>()
  for (const passage of passages) {
    if (!passage.run.cell || !content(passage)) continue
    const list = rows.get(rowKey(passage))
    if (list) list.push(passage)
    else rows.set(rowKey(passage), [passage])
  }
  return rows
}

const named = /\b(?:description|criteri(?:on|a)|factor|particulars|parameter)\b(?! types?\b)/i

/** A table row with a weight in a column that says so, or with its unit. */
function fromRow(
  row: readonly Passage[],
  headers: ReadonlyMap<Passage, string>,
  number: string | undefined,
): Candidate[] {
  const header = row.map((one) => headers.get(one) ?? '').join(' ')
  // "20 points" in a cell of its own says what it is without a header.
  const spelt = row.some(({ text }) => /^\(?\d{1,4}(?:\.\d+)?\s*(?:points?|pts\.?|marks?)\)?$/i.test(text))
  if (!weighs.test(header) && !spelt && !isEvaluation(row[0]!)) return []
  const weightCell = row.findLast(
    (one) => weightIn(one.text, headers.get(one) ?? '') && wordsOf(one.text).length <= 6,
  )
  const weight = weightCell && weightIn(weightCell.text, headers.get(weightCell) ?? '')
  if (!weight) return []
  const words = row.filter((one) => one !== weightCell && /\p{L}{3}/u.test(one.text) && !weightIn(one.text))
  // "Factor type | Factor description": the description names it.
  const nameCell =
    words.length > 1 ? (words.find((one) => named.test(headers.get(one) ?? '')) ?? words[0]) : words[0]
  if (
    !nameCell ||
    !(
      /\b(?:criteri\w+|factors?|evaluat\w+|particulars|description|section|item|category|component|area|parameter)\b/i.test(
        header,
      ) ||
      isEvaluation(nameCell) ||
      spelt
    )
  )
    return []
  const own = nameFrom(nameCell.text)
  const label = /^(?:sub-?factor|factor|element|criterion)\b/i.test(nameCell.run.label ?? '')
    ? `${nameCell.run.label}: `
    : ''
  const name = own && `${label}${own}`
  if (!name || notNames.test(name) || isGrade(name)) return []
  return [
    candidate('weighted', name, nameCell, {
      weight,
      ...(number === undefined ? {} : { number }),
      quote:
        row.length <= 3
          ? row
              .slice(row.indexOf(nameCell))
              .map((one) => one.text)
              .join(' ')
          : nameCell.text,
    }),
  ]
}

const factorLabel =
  /^((?:sub-?)?factor|element|criteri(?:on|a))\s+([A-Z]?\d{0,2}(?:\.\d{1,2})*[A-Z]?)(?:\s*[-–—:.]+\s*|\s+(?=[A-Z])|$)(.*)$/i

/** "Factor A: Technical Understanding", "ii. Factor 2 - Concept Paper", "Element A1: ...". */
export function labelled(reading: Reading): Candidate[] {
  const found: Candidate[] = []
  for (const passage of reading.passages) {
    const { run } = passage
    if (passage.range.start !== 0 || !content(passage) || passage.run.cell) continue
    if (!passage.titles && !passage.leads) continue
    if (passage.role !== 'evaluation' && passage.role !== 'instructions' && passage.role !== 'other') continue
    const text = passage.titles ? tidy(passage.text) : passage.text.split(/[.;]/)[0]!
    const match = factorLabel.exec(`${run.label ?? ''} ${text}`.trim()) ?? factorLabel.exec(text)
    if (!match || match[2] === '' || wordsOf(match[3]!).length > 16) continue
    const label = `${match[1]![0]!.toUpperCase()}${match[1]!.slice(1).toLowerCase()} ${match[2]}`
    const name = nameFrom(match[3]!)
    const full = name && !/^to be\b/i.test(name) ? `${label}: ${name}` : label
    found.push(
      candidate('labelled', full, passage, { weight: weightIn(passage.text) ?? null, quote: passage.text }),
    )
  }
  return found
}

const criteriaStem = /\b(?:factors?|criteri(?:a|on)|evaluat\w+|select\w+|scored|basis)\b/i

/** Items under "The following factors shall be used to evaluate quotations:". */
export function listed(reading: Reading): Candidate[] {
  return reading.passages.flatMap((passage): Candidate[] => {
    const { stem } = passage
    if (!passage.leads || !stem || !content(passage)) return []
    if (
      !isEvaluation(passage) ||
      !criteriaStem.test(stem.text) ||
      /\b(?:consider|assess|pause|comply|provide|submit|ratings? (?:will|are)|definitions?|phase)\b/i.test(
        stem.text,
      )
    )
      return []
    if (
      /\b(?:will be evaluated (?:on|based on) the|in this (?:sub)?factor|eliminat|reject|exceptions?)\b/i.test(
        stem.text,
      )
    )
      return []
    const name = nameFrom(/^(.{2,110}?)(?:[.:;](?:\s|$)|\s[–—]\s|$)/.exec(passage.text)?.[1] ?? passage.text)
    return name && wordsOf(name).length <= 12 ? [candidate('listed', name, passage)] : []
  })
}

/** "These factors are (1) technical approach, (2) staffing approach, and (3) price." */
export function inline(reading: Reading): Candidate[] {
  return reading.passages.flatMap((passage): Candidate[] => {
    if (!isEvaluation(passage) || !content(passage) || passage.titles) return []
    const match =
      /\b(?:factors?|criteria)\b[^.:]{0,60}?(?:\b(?:are|is|include|being)\b|:)\s*(?:the following:?\s*)?(?:as follows:?\s*)?(.{8,400})$/i.exec(
        passage.text,
      )
    const told = match?.[1] ?? factorsIn.exec(passage.text)?.[1]
    if (told === undefined || passage.stem) return []
    const parts = numberedParts(told)
    if (parts.length < 2) return []
    return parts.flatMap((part) => {
      const name = nameFrom(part)
      return name &&
        wordsOf(name).length <= 8 &&
        !/\b(?:is|are|will|shall|than|equal|important|importance|when|below|above)\b/i.test(name)
        ? [candidate('inline', capital(name), passage)]
        : []
    })
  })
}

/** "The Government will evaluate: Factor 1, Approach; Factor 2, Price." */
const factorsIn =
  /\b(?:evaluat\w+|consider\w*|assess\w*)\b[^.:]{0,80}:?\s+(?:the\s+)?(Factor\s+\w+\b.{8,400})$/i

/** Parts told one behind another: "(1) approach, (2) price", "Factor 1 Approach, Factor 2 Price", "approach, team, and price". */
function numberedParts(text: string): string[] {
  const split = (by: RegExp): string[] =>
    text
      .replace(/\.\s.*$/s, '')
      .split(by)
      .map((part) => part.trim())
      .filter(Boolean)
  const numbered = split(/[,;]?\s*(?:and\s+)?\(?(?:\d|[a-h]|[ivx]{1,3})\)\s+/)
  if (numbered.length >= 2) return numbered
  const factors = split(/[,;]?\s*(?:and\s+)?\b(?=Factor\s+(?:\d|[A-Z]|[IVX]{1,3})\b)/)
  if (factors.length >= 2 && factors.every((part) => /^Factor\s/.test(part)))
    return factors.map((part) => part.replace(/^(Factor\s+\w+)\s*[-–—:.,]*\s+/, '$1: '))
  return []
}

export const capital = (text: string): string => text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())

/** Parts of a box list for a passage. */
export const boxes = (passage: Passage) => boxesOf(passage.run, passage.range)
