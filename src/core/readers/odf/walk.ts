/** What the parts of the OpenDocument walk share, and the ways they call one another. */
import type { At, Block, Inline, Mark, Note } from '../../doc/model.ts'
import type { Xml } from '../../io/xml.ts'
import type { ReadContext } from '../../reader.ts'
import type { Changes } from './changes.ts'
import type { Counter } from './numbering.ts'
import type { Objects } from './objects.ts'
import type { Styles } from './styles.ts'

export type Walk = {
  readonly context: ReadContext
  readonly styles: Styles
  readonly objects: Objects
  readonly changes: Changes
  /** Names that links of this document point to. */
  readonly targets: ReadonlySet<string>
  readonly notes: Note[]
  readonly headings: Counter
  /** Lists so far, by their id and by their style, so that a later one can go on counting. */
  readonly lists: { readonly byId: Map<string, Counter>; readonly byStyle: Map<string, Counter> }
  readonly state: {
    /** Pages counted by the breaks of the last layout. */
    page: number
    /** Anchors seen since the last block. */
    anchors: string[]
    /** Levels that headings sink because the document has a title. */
    sink: number
    block: number
  }
  /** The running text, in which alone an author's break begins a page; not a cell, a frame or a header. */
  readonly isFlow: boolean
  readonly blocks: (parent: Xml, walk: Walk) => readonly Block[]
  readonly inline: (parent: Xml, marks: readonly Mark[], walk: Walk) => Content
}

/** A paragraph's own line, and the blocks of frames anchored in it. */
export type Content = { readonly line: readonly Inline[]; readonly after: readonly Block[] }

/** The place of the next block; anchors collected since the last go with it. */
export function nextPlace({ state, context }: Walk): { at: At; anchors?: readonly string[] } {
  state.block++
  if (state.block % 500 === 0) context.progress({ stage: 'reading' })
  const anchors = state.anchors
  state.anchors = []
  const page = state.page > 1 ? ({ page: state.page, approximate: true } as const) : {}
  return { at: { ...page, path: `content.xml#${state.block}` }, ...(anchors.length > 0 ? { anchors } : {}) }
}
