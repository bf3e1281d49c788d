/** The section tree: numbers as printed, parents by the logic of the numbering rather than by type size. */

import { isCaps, titleOf } from './headings.ts'
import { headingNumber, type Label, type LabelStyle, labelOf, readings } from './labels.ts'
import type { Run } from './run.ts'

export type Node = {
  readonly id: number
  readonly parent: Node | null
  /** Own number without brackets, null for unnumbered headings. */
  readonly number: string | null
  /** Null for an item that is no heading. */
  readonly title: string | null
  readonly page: number | null
  readonly style: LabelStyle | 'none'
  readonly value: number
  readonly frame: string
  /** Heading level of the reader, when it marked the heading. */
  readonly level: number | null
  readonly left: number | null
  readonly depth: number
  /** It names the whole solicitation ("Invitation to Tender: Grounds Maintenance"), not a part of it. */
  readonly isDocument: boolean
}

export const root: Node = {
  id: 0,
  parent: null,
  number: null,
  title: null,
  page: null,
  style: 'none',
  value: 0,
  frame: '',
  level: 0,
  left: null,
  depth: 0,
  isDocument: false,
}

/** Names of a solicitation as a whole, in the words of public buyers and development banks. */
const solicitation =
  /\b(?:requests? for (?:proposals?|quot\w+|tenders?|bids?|information|applications?|offers?|qualifications)|invitations? (?:to|for) (?:tender|bids?|bid|quote)|combined synopsis|(?:bid )?solicitation|notice of funding|funding opportunity|broad agency announcement|calls? for (?:tenders?|proposals|bids)|RF[PQTI]|IFB|ITT)\b/i
const partOf =
  /\b(?:instructions?|evaluation|criteria|provisions?|clauses?|requirements?|scope|statement|submission|format|amendment|questions?|definitions?|contents?|schedule|forms?|attachments?|background|introduction|overview|purpose|documents?|due|date|process|conditions|organi[sz]ation|closing|cancel\w*|right)\b/i
/** "Call for tenders: Evaluation of the Programme": what stands behind the colon is its subject. */
const namesDocument = (title: string): boolean => {
  const name = title.split(/:\s|\s[–—-]\s/)[0]!
  return solicitation.test(name) && !partOf.test(name)
}

/** A run in its place: the node it opens or belongs to, and where its body starts behind a run-in heading. */
export type Placed = {
  readonly run: Run
  readonly node: Node
  readonly opens: boolean
  readonly bodyStart: number
}

export function place(runs: readonly Run[]): Placed[] {
  let current = root
  let id = 1
  const memory: Memory = { letter: '', sections: new Map() }
  const text = runs.filter((run) => run.kind !== 'furniture')
  const neighbours = new Map(
    text.map((run, index) => [run, { previous: text[index - 1], next: text[index + 1] }]),
  )
  return runs.map((run) => {
    const near = neighbours.get(run)
    const title = near && titleOf(run, near.previous, near.next)
    const label = run.label ? (labelOf(`${run.label} X`) ?? headingNumber(`${run.label} X`)) : undefined
    if (title || (label && !run.cell && run.kind !== 'contents' && run.kind !== 'furniture')) {
      const afterStem = /[:–—-]\s*$/.test(near?.previous?.text ?? '') || near?.previous?.text === ''
      current = open(current, { run, label, title: title?.title ?? null, afterStem, id: id++, memory })
      return { run, node: current, opens: true, bodyStart: title?.length ?? 0 }
    }
    if (run.kind === 'text') current = close(current, run)
    return { run, node: current, opens: false, bodyStart: 0 }
  })
}

/** Plain text that stands left of an item, or outside its list, belongs to what holds the item. */
function close(current: Node, run: Run): Node {
  let node = current
  while (node.parent && node.title === null) {
    const outdented = node.left !== null && run.left !== undefined && run.left < node.left - 6 && !run.bullet
    const unlisted = node.depth > 0 && run.depth < node.depth
    if (!outdented && !unlisted) break
    node = node.parent
  }
  return node
}

type Opening = {
  readonly run: Run
  readonly label: Label | undefined
  readonly title: string | null
  readonly afterStem: boolean
  readonly id: number
  readonly memory: Memory
}

/** The lettered Sections of the uniform contract format opened so far, and the last of them. */
type Memory = { letter: string; readonly sections: Map<string, Node> }

function open(current: Node, { run, label, title, afterStem, id, memory }: Opening): Node {
  const { parent, style, value } = label
    ? numbered(current, { run, label, isHeading: title !== null, afterStem, memory })
    : unnumbered(current, run)
  const node: Node = {
    id,
    parent,
    number: label?.number ?? null,
    title,
    page: run.page,
    style,
    value,
    frame: label?.frame ?? '',
    level: run.level ?? null,
    left: run.left ?? null,
    depth: run.depth,
    isDocument: title !== null && !label && run.level !== undefined && namesDocument(title),
  }
  const letter = title === null ? undefined : ucfSection.exec(node.number ?? '')?.[1]?.toUpperCase()
  if (letter) memory.sections.set(letter, node)
  return node
}

const ucfSection = /^section\s+([A-M])$/i

type Spot = { readonly parent: Node; readonly style: Node['style']; readonly value: number }

const chain = (node: Node): Node[] => {
  const nodes: Node[] = []
  for (let at: Node | null = node; at && at !== root; at = at.parent) nodes.push(at)
  return nodes
}

/** Numbered among its like; a clause is complete in itself. */
const countsOn = ({ number, frame, style }: Node): boolean =>
  number !== null && frame !== '()' && style !== 'clause'

function unnumbered(current: Node, run: Run): Spot {
  const level = run.level
  const up = chain(current)
  if (level !== undefined) {
    // Between numbered headings of one size ("B.2" ... "B.3") an unnumbered one stands under the number before it.
    const holder = up.find(
      (node) =>
        node.title !== null &&
        node.level !== null &&
        (node.level < level || (node.level === level && countsOn(node))),
    )
    return { parent: holder ?? root, style: 'none', value: 0 }
  }
  // A heading the reader did not mark: beside the last one of its kind, else under the last numbered heading.
  const holder = up.find(
    (node) => node.title !== null && node.style !== 'lower' && node.style !== 'lowerRoman',
  )
  const parent = holder?.style === 'none' && holder.level === null ? holder.parent : holder
  return { parent: parent ?? root, style: 'none', value: 0 }
}

/** Parts of a document restart everything under them; a Section may stand in a Part or Attachment, never the reverse. */
const tops = [
  'part',
  'attachment',
  'att',
  'appendix',
  'annex',
  'annexure',
  'exhibit',
  'enclosure',
  'addendum',
  'schedule',
  'section',
  'sec',
  'article',
  'chapter',
]
const partWord = (number: string): string => /^[A-Za-z-]+/.exec(number)?.[0]?.toLowerCase() ?? ''

type Numbered = {
  readonly run: Run
  readonly label: Label
  readonly isHeading: boolean
  readonly afterStem: boolean
  readonly memory: Memory
}

function numbered(current: Node, { run, label, isHeading, afterStem, memory }: Numbered): Spot {
  const up = chain(current)
  const options = readings(label)
  const first = options[0]!
  const letter = ucfSection.exec(label.number)?.[1]?.toUpperCase()
  // "Section I. Administrative" counts in Roman numbers unless Sections came before it.
  const isRoman = letter === 'I' && memory.letter < 'E' && !/\bclauses\b/i.test(run.text)
  if (letter && isHeading && !isRoman) {
    // Sections A to M count through the whole solicitation, whatever attachment was named in between.
    const next = letter > memory.letter
    if (next) {
      memory.letter = letter
      const part = up.findLast((node) => partWord(node.number ?? '') === 'part')
      return { parent: part && part.parent === root ? part : root, style: 'word', value: first.value }
    }
  }
  if (label.style === 'word')
    return wordSpot(up, { run, label, value: first.value, announced: afterStem && up[0]?.number != null })
  if (label.style === 'dotted' || label.style === 'dashed' || label.style === 'clause')
    return provisionSpot(up, label, { value: first.value, memory })
  for (const step of [1, 2, 3])
    for (const node of up)
      for (const { style, value } of options)
        if (
          node.style === style &&
          sameFrame(node, label) &&
          value - node.value === step &&
          fits(node, run, isHeading)
        )
          return { parent: node.parent ?? root, style, value }
  // Chapters numbered I. or 1. start the count of the whole document: an unnumbered line before them holds nothing.
  const chapter =
    isHeading &&
    isCaps(run.text) &&
    (label.style === 'roman' || label.style === 'decimal' || label.style === 'upper')
  const holder = chapter ? up.find((node) => node.number !== null && node.title !== null) : up[0]
  const low = [...options].sort((a, b) => a.value - b.value)[0]!
  // A count that starts again where no lead-in announces a list: the author's list broke, its items stay on their level.
  const broken = afterStem
    ? undefined
    : up.find(
        (node) =>
          node.style === low.style &&
          node.frame === label.frame &&
          node.value > 0 &&
          node !== up[0] &&
          (node.title === null || isHeading),
      )
  if (broken && low.value === 1 && run.level === undefined)
    return { parent: broken.parent ?? root, style: low.style, value: broken.value + 1 }
  const marked = run.level
  if (isHeading && marked !== undefined) {
    // One size for all numbered headings: a count of another kind ("IV." then "A.") goes down a level.
    const above = up.find(
      (node) =>
        node.title !== null &&
        (node.level === null
          ? node.style !== 'none'
          : node.level < marked ||
            (node.level === marked && node.number !== null && node.style !== low.style)),
    )
    return { parent: above ?? root, ...low }
  }
  return { parent: holder ?? root, ...low }
}

const sameFrame = (node: Node, label: Label): boolean => node.frame === label.frame || node.title !== null

/** A marked heading does not continue a list of items, nor an item a marked heading of the reader. */
const fits = (node: Node, run: Run, isHeading: boolean): boolean =>
  isHeading || run.level !== undefined || node.level === null

type Worded = {
  readonly run: Run
  readonly label: Label
  readonly value: number
  /** A numbered paragraph above ends in a colon: "4. The quote shall consist of three parts:". */
  readonly announced: boolean
}

function wordSpot(up: readonly Node[], { run, label, value, announced }: Worded): Spot {
  const word = partWord(label.number)
  const parts = label.number.replace(/^[A-Za-z]+\.?\s+/, '').split('.')
  const prefix = parts.length > 1 ? up.find((node) => isPrefix(numberParts(node), parts)) : undefined
  if (prefix) return { parent: prefix, style: 'word', value }
  const sibling = up.find((node) => node.style === 'word' && partWord(node.number ?? '') === word)
  if (sibling) return { parent: sibling.parent ?? root, style: 'word', value }
  const level = run.level
  if (announced && level === undefined && word === 'part' && !isCaps(run.text))
    return { parent: up[0] ?? root, style: 'word', value }
  const isTop = tops.includes(word)
  // A Part or Article printed inside a Section divides it ("L-2 ... PART I"); one printed before Sections holds them.
  const within = dividers.includes(word) && up.some((node) => node.style === 'word' && node.title !== null)
  if (!isTop || within) {
    const holder =
      level === undefined
        ? up.find((node) => node.title !== null && node.frame !== '()')
        : up.find(
            (node) =>
              node.level !== null &&
              (node.level < level || (node.level === level && node.style !== 'word' && countsOn(node))),
          )
    // A factor printed larger than the provision that names it stands under the provision all the same.
    const provision = namesFactor(label.number)
      ? up.find((node) => node.title !== null && countsOn(node) && !namesFactor(node.number!))
      : undefined
    return { parent: holder ?? provision ?? root, style: 'word', value }
  }
  const inside = isSection(word)
    ? up.find(
        (node) =>
          node.style === 'word' &&
          !isSection(partWord(node.number ?? '')) &&
          (tops.includes(partWord(node.number ?? '')) || partWord(node.number ?? '') === 'volume'),
      )
    : undefined
  return { parent: inside ?? root, style: 'word', value }
}

export const namesFactor = (number: string): boolean =>
  /^(?:sub-?)?(?:factor|element|criteri(?:on|a)|area)\b/i.test(number)

const dividers = ['part', 'article', 'chapter', 'schedule']
const isSection = (word: string): boolean => ['section', 'sec', 'article', 'chapter'].includes(word)

/** "4.2.1" stands under "4.2", "Section 4" or "4."; "L-317" under Section L; a clause beside the last clause. */
function provisionSpot(
  up: readonly Node[],
  label: Label,
  { value, memory }: { readonly value: number; readonly memory: Memory },
): Spot {
  const style = label.style
  if (style === 'clause') {
    const beside = up.findLast((node) => node.style === 'clause' || node.style === 'dashed')
    const under = up.find((node) => node.title !== null && node.frame !== '()')
    return { parent: beside ? (beside.parent ?? root) : (under ?? root), style, value }
  }
  const parts = partsOf(label.number)
  // Item "4." of a list is not what "4.3" stands under where a section 4 holds both.
  const holders = up.filter((node) => isPrefix(numberParts(node), parts))
  const holder = holders.find(({ title }) => title !== null) ?? holders[0]
  const foreign = /^[A-M]$/.test(parts[0]!) && up.some((node) => /^section\s+[A-M]$/i.test(node.number ?? ''))
  // "L.12" behind the exhibits that L.11 names: back in Section L.
  const section = label.style === 'clause' ? undefined : memory.sections.get(parts[0]!)
  if (!holder && section) return { parent: section, style, value }
  if (!holder && foreign) return { parent: root, style, value }
  if (holder) return { parent: holder, style, value }
  const sibling = up.findLast(
    (node) => node.style === style || (style === 'dashed' && node.style === 'clause'),
  )
  if (sibling) return { parent: sibling.parent ?? root, style, value }
  return {
    parent:
      up.findLast((node) => node.style === 'word' && tops.includes(partWord(node.number ?? ''))) ?? root,
    style,
    value,
  }
}

/** "4.2.1" → 4, 2, 1; "9.0" is chapter 9. */
export function partsOf(number: string): string[] {
  const parts = number
    .replace(/^[A-Za-z]{2,}\.?\s+/, '')
    .split(/[.-]/)
    .filter(Boolean)
  while (parts.length > 1 && /^0+$/.test(parts.at(-1)!)) parts.pop()
  return parts
}
const numberParts = (node: Node): string[] => partsOf(node.number ?? '')

export const isPrefix = (short: readonly string[], long: readonly string[]): boolean =>
  short.length > 0 &&
  short.length < long.length &&
  short.every((part, index) => part.replace(/^0+/, '') === long[index]!.replace(/^0+/, ''))
