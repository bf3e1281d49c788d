/** What the words of RTF work on: one object, made once for a file. */
import type { Block, Inline, Note } from '../../doc/model.ts'
import type { ReadContext } from '../../reader.ts'
import type { Lists } from '../paragraphs/counting.ts'
import type { Paragraph } from '../paragraphs/lines.ts'
import type { Story } from '../paragraphs/story.ts'
import type { CellDefinition } from '../paragraphs/tables.ts'
import type { Field } from './fields.ts'
import type { Header } from './header.ts'
import type { Character, Destination, State } from './state.ts'

export type RowInWork = {
  cells: CellDefinition[]
  flags: Partial<CellDefinition>
  isHeader: boolean
}

export const newRow = (): RowInWork => ({ cells: [], flags: {}, isHeader: false })

export type Cx = {
  readonly context: ReadContext
  readonly header: Header
  readonly lists: Lists
  readonly notes: Note[]
  readonly furniture: Block[]
  readonly fields: Field[]
  /** Pictures being read, the innermost last. */
  readonly pictures: { alt: string }[]
  /** The destination of running text. */
  readonly body: Destination
  state: State
  codePage: number
  defaultFont: number
  row: RowInWork
  /** Author of the next comment. */
  author: string | undefined
  readonly story: () => Story
  /** The rest of the group goes to this destination. */
  readonly enter: (destination: Destination) => void
  /** The rest of the group is a text of its own. */
  readonly enterStory: (finish: (blocks: readonly Block[]) => void) => void
  /** Runs when the group at hand ends. */
  readonly atEnd: (act: () => void) => void
  /** Runs after the group at hand has ended, on the state around it. */
  readonly afterEnd: (act: () => void) => void
  readonly change: (part: Partial<State>) => void
  readonly character: (part: Partial<Character>) => void
  readonly paragraph: (part: Partial<Paragraph>) => void
  readonly addText: (value: string, at: State) => void
  readonly add: (node: Inline) => void
  /** Bytes gathered so far become characters. */
  readonly flush: () => void
  /** The label of a paragraph: as it was written, else counted. */
  readonly label: (at: Paragraph) => (stated: string | undefined) => string | undefined
}

/** Text and words are dropped until the group ends. */
export const skip: Destination = { text: () => {}, word: () => true }

/** Text is dropped; groups inside that open a destination of their own are read. */
export const silent = (): Destination => ({ text: () => {} })
