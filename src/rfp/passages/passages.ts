/** Passages: every sentence, list item and cell of the document with its place, stem, reference and section role. */
import type { Box, Doc } from '../../core/index.ts'
import { clean } from './clean.ts'
import { voicesOf } from './exchange.ts'
import { isCaps } from './headings.ts'
import type { Passage, PassageKind } from './passage.ts'
import { isUcf, type Role, roleFinder, sectionLetter } from './roles.ts'
import type { Run } from './run.ts'
import { runsOf } from './runs.ts'
import { type Range, sentencesOf } from './sentences.ts'
import { isPrefix, type Node, namesFactor, type Placed, partsOf, place, root } from './tree.ts'

export type { Passage } from './passage.ts'

/** The document as analyzers read it. */
export type Reading = {
  readonly doc: Doc
  readonly placed: readonly Placed[]
  readonly nodes: readonly Node[]
  readonly passages: readonly Passage[]
  readonly roleOf: (node: Node) => Role
  /** In the uniform contract format the letter of the Section a node stands in. */
  readonly letterOf: (node: Node) => string | undefined
}

export function read(doc: Doc): Reading {
  const placed = place(clean(runsOf(doc), doc))
  const nodes = [...new Set([root, ...placed.map(({ node }) => node)])]
  const roleOf = roleFinder(nodes, textUnder(placed))
  const letterOf = isUcf(nodes) ? sectionLetter : () => undefined
  return { doc, placed, nodes, roleOf, letterOf, passages: passagesOf(placed, roleOf) }
}

/** The text of a section without that of its subsections. */
function textUnder(placed: readonly Placed[]): (node: Node) => string {
  const texts = new Map<Node, string[]>()
  for (const { run, node } of placed) {
    let at = node
    while (at.title === null && at.parent) at = at.parent
    const list = texts.get(at)
    if (!list) texts.set(at, [run.text])
    else if (list.length < 300) list.push(run.text)
  }
  return (node) => (texts.get(node) ?? []).join(' ')
}

/** A lead-in: it ends open, or says that something follows. */
const isStem = (text: string): boolean =>
  /\bthe following\b[^.:]*\.$/i.test(text) ||
  /(?::|--|[–—]|\s-|\b(?:shall|must|should|will)-|\bthe following|\bas follows)\s*$/i.test(text)

/** "FOR INFORMATION CALL:" in a cell of a form says what its own box holds, not what follows. */
const namesBox = ({ run, text }: Passage): boolean =>
  run.cell !== undefined && isCaps(text) && !/\b(?:SHALL|MUST|WILL|SHOULD|FOLLOWING)\b/.test(text)

function passagesOf(placed: readonly Placed[], roleOf: (node: Node) => Role): Passage[] {
  const out: Passage[] = []
  const stems = new Map<Node, Passage>()
  let open: Passage | null = null
  for (const spot of placed) {
    const { run, node, opens, bodyStart } = spot
    const role = roleOf(node)
    const isItem =
      run.bullet ||
      (opens && run.label !== undefined && node.title === null) ||
      (run.label !== undefined && run.cell !== undefined)
    const stem = stemFor(spot, stems, open)
    const kind = kindOf(run, isItem)
    const add = (range: Range, as: PassageKind, leads: boolean, titles = false): Passage => {
      const page = run.spans.find((span) => span.end > range.start)?.box.page ?? run.page
      const passage = {
        id: out.length,
        kind: as,
        text: run.text.slice(range.start, range.end),
        run,
        range,
        node,
        stem,
        leads,
        titles,
        role,
        page,
      }
      out.push(passage)
      return passage
    }
    if (kind === 'contents' || kind === 'furniture') {
      add({ start: 0, end: run.text.length }, kind, false)
      continue
    }
    // A run-in heading that is a sentence of its own ("Help desk support for data inquiries.") may be what is wanted.
    const isSentence =
      bodyStart > 0 &&
      bodyStart < run.text.length &&
      run.lead === 0 &&
      /\.\s*$/.test(run.text.slice(0, bodyStart))
    const head = run.text.slice(0, bodyStart).trimEnd().length
    if (bodyStart > 0) add({ start: 0, end: head }, isSentence ? 'item' : 'heading', isSentence, true)
    const body = run.text.slice(bodyStart)
    const parts = sentencesOf(body).map(({ start, end }) => ({
      start: start + bodyStart,
      end: end + bodyStart,
    }))
    const added = parts.map((range, index) => add(range, kind, isItem && index === 0))
    const last = added.at(-1)
    if (node.title !== null && opens) stems.delete(node)
    if (last && isStem(last.text) && !namesBox(last)) {
      stems.set(node, last)
      if (!run.bullet || open === null || run.depth > open.run.depth) open = last
    } else if (!isItem && added.length > 0 && !run.cell) {
      open = null
      stems.delete(node)
    } else if (opens && node.title !== null) open = null
  }
  // What is asked or answered about the solicitation is no part of it. In place: stems point at these objects.
  for (const [passage, voice] of voicesOf(out)) Object.assign(passage, { voice, role: 'qa' })
  return out
}

const kindOf = (run: Run, isItem: boolean): PassageKind =>
  run.kind === 'furniture' || run.kind === 'contents'
    ? run.kind
    : run.cell
      ? 'cell'
      : isItem
        ? 'item'
        : 'sentence'

/** A labelled item hangs on the stem of the node above it, a bullet on the last stem before it. */
function stemFor(
  { run, node, opens }: Placed,
  stems: ReadonlyMap<Node, Passage>,
  open: Passage | null,
): Passage | null {
  if (opens && run.label !== undefined) return (node.parent && stems.get(node.parent)) ?? null
  if (run.bullet)
    return open && !(open.run.bullet && open.run.depth >= run.depth) ? open : (open?.stem ?? null)
  return null
}

/** Where a range of a run's text is printed; a line is cut in proportion to its characters. */
export function boxesOf(run: Run, { start, end }: Range): Box[] {
  return run.spans
    .filter((span) => span.start < end && span.end > start)
    .map(({ start: from, end: to, box }) => {
      const unit = (box.x1 - box.x0) / Math.max(1, to - from)
      const round = (value: number) => Math.round(value * 100) / 100
      return {
        page: box.page,
        x0: round(box.x0 + Math.max(0, start - from) * unit),
        y0: round(box.y0),
        x1: round(box.x1 - Math.max(0, to - end) * unit),
        y1: round(box.y1),
      }
    })
}

/** Titled nodes from the top down to this one. */
export function headingsOf(node: Node): Node[] {
  const found: Node[] = []
  for (let at: Node | null = node; at && at !== root; at = at.parent) if (at.title !== null) found.unshift(at)
  return found
}

/** The number as printed with its parents: "Section L, L-317 (c)(1)", "IX.4.A"; headings without numbers by title. */
export function referenceOf(node: Node): string {
  const chain: Node[] = []
  for (let at: Node | null = node; at && at !== root; at = at.parent) chain.unshift(at)
  let out = ''
  let above: string | undefined
  for (const at of chain) {
    if (at.isDocument && chain.length > 1) continue
    if (at.number === null) {
      if (!chain.some((other) => other.number !== null && other.title !== null))
        out = out === '' ? at.title! : `${out}, ${at.title}`
      continue
    }
    const own = at.style === 'word' || at.style === 'clause' || at.style === 'dashed' ? at.number : framed(at)
    if (out === '') out = own
    else if (at.style === 'dotted' && above !== undefined && isPrefix(partsOf(above), partsOf(own)))
      // "Subfactor A" says no more than its own letter: what stands before it is still needed.
      out = namesFactor(above) && out !== above ? `${out}, ${own}` : own
    else if (at.frame === '()' || at.frame === ')') out += out.endsWith(')') ? own : ` ${own}`
    else if (at.style === 'word' || at.style === 'clause' || at.style === 'dashed' || at.style === 'dotted')
      out += `, ${own}`
    else out += `.${own}`
    above = at.number
  }
  return out
}

const framed = (node: Node): string =>
  node.frame === '()' || node.frame === ')' ? `(${node.number})` : (node.number ?? '')
