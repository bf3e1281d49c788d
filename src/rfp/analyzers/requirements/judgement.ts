/** What a passage is to whoever bids, and what the judgement is made from. */
import type { Obligation } from '../../lexicon/modals.ts'
import type { Actor } from '../../lexicon/parties.ts'

const dispositions = [
  'requirement',
  'instruction',
  'permission',
  'consequence',
  'criterion',
  'clause',
  'buyer',
  'definition',
  'informational',
  'heading',
  'contents',
  'furniture',
  'fill-in',
] as const
export type Disposition = (typeof dispositions)[number]

export type Judgement = {
  readonly disposition: Disposition
  /** Set for every row of the matrix. */
  readonly row?: {
    readonly word: string
    readonly obligation: Obligation
    readonly actor: Actor
    readonly confidence: number
  }
}

export type Context = {
  readonly isBuyer: RegExp
  /** The document has a noun of its own for whoever bids. */
  readonly namesBidders: boolean
  /** The judgement of the stem the passage hangs on. */
  readonly stem: Judgement | undefined
  /** A lead-in that governs the whole section ("The following specifies what the system must do"). */
  readonly standing: Judgement | undefined
  /** Header text of the passage's table column. */
  readonly column: string
  /** In a table that gives points or weights: its rows are criteria. */
  readonly isScored: boolean
  /** On a page of a standard form, whose boxes and heads are no sentences. */
  readonly onForm: boolean
  /** Titles above the passage. */
  readonly titles: string
}

export const row = (
  disposition: Disposition,
  word: string,
  obligation: Obligation,
  actor: Actor,
  confidence: number,
): Judgement => ({
  disposition,
  row: { word, obligation, actor, confidence },
})

export const byActor = (actor: Actor): Disposition => (actor === 'offeror' ? 'instruction' : 'requirement')
