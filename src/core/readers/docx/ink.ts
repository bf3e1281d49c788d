/** The inline content of one paragraph, collected run by run. */
import { inlineFormula, lineBreak, link, noteRef, text } from '../../doc/build.ts'
import type { Block, Inline, Mark } from '../../doc/model.ts'
import { append } from '../ooxml/append.ts'
import type { OpenField, PageTurn } from './reading.ts'

/** What one paragraph holds. */
export type Ink = {
  readonly content: readonly Inline[]
  /** Bookmarks that start in it. */
  readonly anchors: readonly string[]
  /** Text boxes, charts and diagrams anchored in it. */
  readonly blocks: readonly Block[]
  /** Formulas set on a line of their own. */
  readonly displayed: readonly string[]
  /** Pages that begin in it, and whether before its first character. */
  readonly pages: readonly (PageTurn & { readonly isBefore: boolean })[]
  readonly isInContents: boolean
}

type Container = {
  readonly nodes: Inline[]
  readonly href?: string
  readonly title?: string
  readonly field?: OpenField
}

export type InkWell = {
  text(value: string, marks: readonly Mark[]): void
  node(node: Inline): void
  block(block: Block): void
  displayed(latex: string): void
  note(name: string): void
  anchor(name: string): void
  page(turn: PageTurn): void
  contents(): void
  /** From here to `close`, content is the text of a link. */
  open(link: { href: string; title?: string }, field?: OpenField): void
  close(field?: OpenField): void
  finish(): Ink
}

const sameMarks = (one: readonly Mark[] | undefined, other: readonly Mark[]): boolean =>
  (one?.length ?? 0) === other.length && other.every((mark, index) => one?.[index] === mark)

export function createInk(): InkWell {
  const root: Container = { nodes: [] }
  const stack: Container[] = [root]
  const anchors: string[] = []
  const blocks: Block[] = []
  const displayed: string[] = []
  const pages: (PageTurn & { isBefore: boolean })[] = []
  let isInContents = false
  let isEmpty = true
  const top = () => stack.at(-1)!

  const push = (node: Inline) => {
    isEmpty = false
    top().nodes.push(node)
  }
  const closeTop = () => {
    const { nodes, href, title } = stack.pop()!
    if (nodes.length === 0) return
    if (href === undefined) append(top().nodes, nodes)
    else top().nodes.push(link(href, nodes, title))
  }
  return {
    text: (value, marks) => {
      if (value === '') return
      const sorted = [...marks].sort()
      const nodes = top().nodes
      const last = nodes.at(-1)
      isEmpty &&= value.trim() === ''
      if (last?.type === 'text' && sameMarks(last.marks, sorted))
        nodes[nodes.length - 1] = text(last.text + value, sorted)
      else nodes.push(text(value, sorted))
    },
    node: push,
    block: (block) => {
      blocks.push(block)
    },
    displayed: (latex) => {
      // Beside other text it stands in the line.
      displayed.push(latex)
      push(inlineFormula(latex))
    },
    note: (name) => push(noteRef(name)),
    anchor: (name) => {
      anchors.push(name)
    },
    page: (turn) => {
      pages.push({ ...turn, isBefore: isEmpty })
      // Words on both sides of the author's break stand apart.
      if (turn.byAuthor && !isEmpty) top().nodes.push(lineBreak())
    },
    contents: () => {
      isInContents = true
    },
    open: ({ href, title }, field) => {
      // A link inside a link (the page number of a contents entry) is part of the outer one.
      const isInner = stack.some((container) => container.href !== undefined)
      const target = isInner ? {} : { href, ...(title ? { title } : {}) }
      stack.push({ nodes: [], ...target, ...(field ? { field } : {}) })
    },
    close: (field) => {
      // A field that was opened in an earlier paragraph has no container here.
      if (field && !stack.some((container) => container.field === field)) return
      while (stack.length > 1) {
        const wasIt = field === undefined || top().field === field
        closeTop()
        if (wasIt) return
      }
    },
    finish: () => {
      while (stack.length > 1) closeTop()
      return { content: root.nodes, anchors, blocks, displayed, pages, isInContents }
    },
  }
}
