import type { MatrixRow } from '../../../src/contract/proposals.ts'

type RowState = MatrixRow['status']
export type Standing = {
  readonly total: number
  /** Percent of rows that are not open; 100 when nothing is asked for. */
  readonly decided: number
  readonly counts: ReadonlyMap<RowState, number>
  /** Open rows of the one who looks, and of nobody. */
  readonly mine: number
  readonly nobodys: number
}

/** How far the work on a matrix is. What the solicitation no longer asks for is no work. */
export function standingOf(rows: readonly MatrixRow[], me: string | null): Standing {
  const asked = rows.filter(({ removed_at }) => removed_at === null)
  const open = asked.filter(({ status }) => status === 'open')
  const counts = new Map(
    [...Map.groupBy(asked, ({ status }) => status)].map(([state, of]) => [state, of.length]),
  )
  return {
    total: asked.length,
    decided: asked.length === 0 ? 100 : Math.round((1 - open.length / asked.length) * 100),
    counts,
    mine: open.filter(({ owner_id }) => owner_id !== null && owner_id === me).length,
    nobodys: open.filter(({ owner_id }) => owner_id === null).length,
  }
}
