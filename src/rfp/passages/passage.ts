/** One sentence, list item, cell or heading of the document. */
import type { Role } from './roles.ts'
import type { Run } from './run.ts'
import type { Range } from './sentences.ts'
import type { Node } from './tree.ts'

export type Voice = 'question' | 'answer'

export type PassageKind = 'sentence' | 'item' | 'cell' | 'heading' | 'contents' | 'furniture'

export type Passage = {
  readonly id: number
  readonly kind: PassageKind
  /** Verbatim, without label and bullet. */
  readonly text: string
  readonly run: Run
  readonly range: Range
  readonly node: Node
  /** The lead-in this item hangs on. */
  readonly stem: Passage | null
  /** The first sentence of a labelled or bulleted item. */
  readonly leads: boolean
  /** It is the title of its node: a heading, or the run-in heading of a paragraph. */
  readonly titles: boolean
  readonly role: Role
  readonly page: number | null
  /** Who speaks, in questions and answers about the solicitation. */
  readonly voice?: Voice
}
