import type { Analysis, Requirement } from '../../../src/contract/analyses.ts'

/** What the view of one of the four results is given. */
export type Place = Pick<Requirement, 'page' | 'boxes' | 'block_ids'>
export type ViewProps = {
  readonly analysis: Analysis
  readonly active: string | null
  /** Chooses a row and shows its quote in the source. */
  readonly onOpen: (id: string, place: Place | null) => void
}
