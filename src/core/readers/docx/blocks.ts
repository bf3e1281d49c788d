/** Block content of a story: body, cell, note, header, text box (ECMA-376 part 1, 17.2). */

import { formula } from '../../doc/build.ts'
import type { Block } from '../../doc/model.ts'
import { attribute, child, elements, type Xml } from '../../io/xml.ts'
import { alternative } from '../ooxml/alternate.ts'
import { ommlToLatex } from '../ooxml/omml.ts'
import { relationshipId } from '../ooxml/package.ts'
import { createFlow, type Flow } from './flow.ts'
import type { Ink } from './ink.ts'
import { readParagraph } from './paragraph.ts'
import type { Story } from './reading.ts'
import { readTable } from './table.ts'

/** A walk through blocks that may come one by one. */
export type BlockWalk = {
  read(element: Xml): void
  finish(): readonly Block[]
}

type Walk = {
  readonly story: Story
  readonly flow: Flow
  /** Ink of paragraphs whose mark was deleted: it runs on into the next paragraph. */
  runOn: Ink[]
}

export function createBlockWalk(story: Story): BlockWalk {
  const walk: Walk = { story, flow: createFlow(), runOn: [] }
  return {
    read: (element) => blockReaders[element.local]?.(element, walk),
    finish: () => {
      flushRunOn(walk)
      return walk.flow.finish()
    },
  }
}

export function readBlocks(children: readonly (Xml | string)[], story: Story): readonly Block[] {
  const walk = createBlockWalk(story)
  for (const node of children) if (typeof node !== 'string') walk.read(node)
  return walk.finish()
}

const through = (element: Xml, walk: Walk): void => {
  for (const node of elements(element)) blockReaders[node.local]?.(node, walk)
}

const blockReaders: Readonly<Record<string, (element: Xml, walk: Walk) => void>> = {
  p: readParagraphInto,
  tbl: (element, walk) => {
    flushRunOn(walk)
    const table = readTable(element, walk.story)
    if (table.rows.length > 0) walk.flow.block(table)
  },
  sdt: (element, walk) => through(child(element, 'sdtContent') ?? element, walk),
  customXml: through,
  smartTag: through,
  ins: through,
  moveTo: through,
  del: (element, walk) => {
    if (walk.story.reading.context.options.trackChanges !== 'accept') through(element, walk)
  },
  moveFrom: (element, walk) => {
    if (walk.story.reading.context.options.trackChanges !== 'accept') through(element, walk)
  },
  AlternateContent: (element, walk) => through(alternative(element) ?? element, walk),
  bookmarkStart: (element, { flow }) => {
    const name = attribute(element, 'name')
    if (name) flow.anchor(name)
  },
  subDoc: (element, walk) => readParagraphInto({ ...element, local: 'p', children: [element] }, walk),
  altChunk: (element, walk) => {
    const { links, reading } = walk.story
    const target = links.get(relationshipId(element, 'id') ?? '')?.target
    for (const block of reading.loaded.chunks.get(target ?? '') ?? []) walk.flow.block(block)
  },
  oMathPara: (element, { flow }) => {
    for (const math of elements(element, 'oMath')) flow.block(formula(ommlToLatex(math)))
  },
  oMath: (element, { flow }) => flow.block(formula(ommlToLatex(element))),
}

function readParagraphInto(element: Xml, walk: Walk): void {
  const read = readParagraph(element, walk.story)
  if (read.kind === 'run-on') {
    walk.runOn.push(read.ink)
    return
  }
  const ink = joined([...walk.runOn, read.piece.ink])
  walk.runOn = []
  walk.flow.paragraph({ ...read.piece, ink })
}

/** What runs on into nothing (the end, or a table) stands for itself. */
function flushRunOn(walk: Walk): void {
  if (walk.runOn.length === 0) return
  const ink = joined(walk.runOn)
  walk.runOn = []
  walk.flow.paragraph({
    style: walk.story.reading.styles.paragraph(undefined),
    at: { path: `${walk.story.part}#p${walk.story.ordinals.paragraphs}` },
    ink,
    left: 0,
  })
}

const joined = (inks: readonly Ink[]): Ink =>
  inks.length === 1
    ? inks[0]!
    : {
        content: inks.flatMap((ink) => ink.content),
        anchors: inks.flatMap((ink) => ink.anchors),
        blocks: inks.flatMap((ink) => ink.blocks),
        displayed: inks.flatMap((ink) => ink.displayed),
        pages: inks.flatMap((ink) => ink.pages),
        isInContents: inks.some((ink) => ink.isInContents),
      }
