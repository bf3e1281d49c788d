/** What a new version of a solicitation does to the rows of a matrix. Pure: reads rows and comparisons, gives a plan. */
import type { Change, Comparison, Requirement } from '../../rfp/findings.ts'
import type { MatrixRowRow } from './matrix-store.ts'

/** The rows that came from one analysis, compared with the new one. */
export type Compared = { readonly analysisId: string; readonly comparison: Comparison }
export type Plan = {
  /** Rows that go on as they are, at their place in the new version. */
  readonly carried: readonly { row: MatrixRowRow; requirement: Requirement }[]
  readonly changed: readonly { row: MatrixRowRow; text: string; requirement: Requirement | null }[]
  readonly removed: readonly MatrixRowRow[]
  readonly added: readonly Requirement[]
}

/**
 * The rows as they stand decide, so that a second time nothing is left to do: a row that was changed or carried over
 * already belongs to the new analysis.
 */
export function planAmendment(
  rows: readonly MatrixRowRow[],
  compared: readonly Compared[],
  newId: string,
  found: readonly Requirement[],
): Plan {
  const requirements = new Map(found.map((one) => [one.requirement_id, one]))
  const claimed = new Set(
    rows.filter(({ analysis_id }) => analysis_id === newId).map(({ requirement_id }) => requirement_id),
  )
  const claim = (id: string | null | undefined): Requirement | null => {
    const requirement = requirements.get(id ?? '')
    if (!requirement || claimed.has(requirement.requirement_id)) return null
    claimed.add(requirement.requirement_id)
    return requirement
  }
  const plan = { carried: [], changed: [], removed: [] } as {
    -readonly [K in 'carried' | 'changed' | 'removed']: Plan[K][number][]
  }
  const known = new Set<string>()
  for (const { analysisId, comparison } of compared) {
    const { kept, changes } = indexOf(comparison)
    const repeatsAll = comparison.form === 'full'
    for (const row of rows.filter(({ analysis_id }) => analysis_id === analysisId)) {
      const change = changes.get(row.requirement_id)
      const id = kept.get(row.requirement_id) ?? row.requirement_id
      if (change?.kind === 'removed') {
        if (row.removed_at === null) plan.removed.push(row)
      } else if (change?.kind === 'changed') {
        const text = change.new!.text
        const requirement = claim(change.new!.requirement_id)
        if (text !== row.requirement_text) plan.changed.push({ row, text, requirement })
      } else if (repeatsAll) {
        const requirement = claim(id)
        if (requirement) plan.carried.push({ row, requirement })
      } else known.add(id)
    }
  }
  const isNew = new Set(
    compared.flatMap(({ comparison }) =>
      comparison.changes
        .filter(({ kind, old }) => kind === 'added' || old?.requirement_id === null)
        .flatMap((change) => change.new?.requirement_id ?? []),
    ),
  )
  const added = found.filter(
    ({ requirement_id: id, duplicate_of }) =>
      duplicate_of === null && isNew.has(id) && !claimed.has(id) && !known.has(id),
  )
  return { ...plan, added }
}

function indexOf({ changes, kept_ids }: Comparison) {
  return {
    kept: new Map(kept_ids.map(({ old_id, new_id }) => [old_id, new_id])),
    changes: new Map(
      changes.flatMap((change): [string, Change][] =>
        change.old?.requirement_id ? [[change.old.requirement_id, change]] : [],
      ),
    ),
  }
}
