import type { Criterion } from '../../../src/contract/analyses.ts'

export type Branch = Criterion & {
  readonly depth: number
  readonly order: number
  readonly share: number | null
}

/** Parents before their children, each with its depth and its share of all points. A lost parent makes a root. */
export function treeOf(criteria: readonly Criterion[]): Branch[] {
  const known = new Set(criteria.map((criterion) => criterion.criterion_id))
  const isRoot = ({ parent_id }: Criterion) => parent_id === null || !known.has(parent_id)
  const number = ({ points, percent }: Criterion) => points ?? percent
  const total = criteria.filter(isRoot).reduce((sum, criterion) => sum + (number(criterion) ?? 0), 0)
  const branches: Branch[] = []
  const seen = new Set<string>()
  const add = (criterion: Criterion, depth: number) => {
    if (seen.has(criterion.criterion_id)) return
    seen.add(criterion.criterion_id)
    const value = number(criterion)
    branches.push({
      ...criterion,
      depth,
      order: branches.length,
      share: value === null || total === 0 ? null : value / total,
    })
    for (const child of criteria) if (child.parent_id === criterion.criterion_id) add(child, depth + 1)
  }
  for (const criterion of criteria) if (isRoot(criterion)) add(criterion, 0)
  // Criteria that name each other as parent still have to be seen.
  for (const criterion of criteria) add(criterion, 0)
  return branches
}
