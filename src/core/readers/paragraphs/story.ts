/** One run of text: the body, a header, a footnote, a text box. */
import { link } from '../../doc/build.ts'
import { tidyInline } from '../../doc/inline.ts'
import type { Block, Inline } from '../../doc/model.ts'
import type { Report } from '../../report.ts'
import { assembleLines, type Line, type LinkTarget, type Outline, type Paragraph, type Run } from './lines.ts'
import { createTableFlow, type RowDefinition } from './tables.ts'

export type Story = {
  readonly add: (node: Inline, link: LinkTarget | undefined) => void
  readonly anchor: (name: string) => void
  /** Blocks that stand after the paragraph at hand, for example a text box anchored in it. */
  readonly after: (blocks: readonly Block[]) => void
  readonly label: (text: string) => void
  readonly endParagraph: (
    paragraph: Paragraph,
    label: (stated: string | undefined) => string | undefined,
  ) => void
  readonly endCell: (paragraph: Paragraph, label: (stated: string | undefined) => string | undefined) => void
  readonly endRow: (paragraph: Paragraph, definition: RowDefinition) => void
  readonly isEmpty: () => boolean
  /** A row was announced and has not ended: paragraphs belong to its cells even when they do not say so. */
  inRow: boolean
  readonly end: (paragraph: Paragraph) => readonly Block[]
}

export function createStory(outline: Outline, report: Report): Story {
  const tables = createTableFlow((items) => assembleLines(items, outline), report)
  let runs: Run[] = []
  let anchors: string[] = []
  let waiting: Block[] = []
  let label: string | undefined
  const isEmpty = () => runs.length === 0 && waiting.length === 0

  const story: Story = {
    add: (node, target) => runs.push({ node, link: target }),
    anchor: (name) => anchors.push(name),
    after: (blocks) => waiting.push(...blocks),
    label: (text) => {
      label = text.trim()
    },
    isEmpty,
    inRow: false,
    endParagraph: (paragraph, labelOf) => {
      const depth = depthOf(paragraph, story.inRow)
      if (runs.length > 0 || label !== undefined) {
        const content = tidyInline(linked(runs))
        const line: Line = {
          type: 'line',
          content,
          paragraph,
          label: content.length > 0 ? labelOf(label) : undefined,
          anchors,
        }
        tables.place(line, depth)
        anchors = []
      }
      for (const block of waiting) tables.place({ type: 'block', block }, depth)
      runs = []
      waiting = []
      label = undefined
    },
    endCell: (paragraph, labelOf) => {
      if (!isEmpty() || label !== undefined) story.endParagraph({ ...paragraph, inTable: true }, labelOf)
      tables.endCell(depthOf({ ...paragraph, inTable: true }, true))
    },
    endRow: (paragraph, definition) => {
      if (!isEmpty()) story.endParagraph({ ...paragraph, inTable: true }, (stated) => stated)
      tables.endRow(depthOf({ ...paragraph, inTable: true }, true), definition)
    },
    end: (paragraph) => {
      if (!isEmpty()) story.endParagraph(paragraph, (stated) => stated)
      return assembleLines(tables.end(), outline)
    },
  }
  return story
}

function depthOf({ depth, inTable }: Paragraph, inRow: boolean): number {
  if (depth !== undefined) return depth
  return inTable || inRow ? 1 : 0
}

/** Runs of one link become one link. */
function linked(runs: readonly Run[]): Inline[] {
  const out: Inline[] = []
  for (let at = 0; at < runs.length; ) {
    const { node, link: target } = runs[at]!
    if (!target) {
      out.push(node)
      at++
      continue
    }
    const start = at
    while (at < runs.length && runs[at]!.link === target) at++
    const children = runs.slice(start, at).map((run) => run.node)
    out.push(...linkNodes(target, children))
  }
  return out
}

function linkNodes(target: LinkTarget, children: readonly Inline[]): Inline[] {
  const kept = tidyInline(children)
  if (kept.length === 0) return [...children]
  const first = children[0]
  const last = children.at(-1)
  const space: Inline = { type: 'text', text: ' ' }
  return [
    ...(first?.type === 'text' && /^\s/.test(first.text) ? [space] : []),
    link(target.href, kept),
    ...(last?.type === 'text' && /\s$/.test(last.text) ? [space] : []),
  ]
}
