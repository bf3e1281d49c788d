/** Ruling lines that touch one another → grids of elementary cells, and the cells that span several. */
import type { Rect } from '../../doc/page.ts'
import type { Rule, Rules } from './rules.ts'

/** Lines may stop this short of the line they meet. */
const TOUCH = 3.5
/** A line covers an edge of a cell when it runs along this share of it. */
const COVERS = 0.6
/** Two lines nearer than this are one edge: no text fits between them. */
const MIN_CELL = 3

export type GridCell = Rect & {
  readonly row: number
  readonly col: number
  readonly rowSpan: number
  readonly colSpan: number
}
export type Grid = Rect & {
  readonly xs: readonly number[]
  readonly ys: readonly number[]
  readonly cells: readonly GridCell[]
  /** How many of the lines are drawn: across and down. */
  readonly across: number
  readonly down: number
}

/** Every group of touching lines that encloses at least one cell. */
export function gridsOf(rules: Rules): Grid[] {
  return groupsOf(rules).flatMap((group) => {
    const grid = gridOf(group)
    return grid ? [grid] : []
  })
}

function groupsOf({ across, down }: Rules): Rules[] {
  const parent = Array.from({ length: across.length + down.length }, (_, at) => at)
  const find = (at: number): number => {
    let root = at
    while (parent[root] !== root) root = parent[root]!
    while (parent[at] !== root) {
      const next = parent[at]!
      parent[at] = root
      at = next
    }
    return root
  }
  const byPlace = down.map((rule, at) => ({ rule, at })).sort((one, other) => one.rule.at - other.rule.at)
  for (const [a, h] of across.entries()) {
    for (const { rule, at } of byPlace) {
      if (rule.at < h.from - TOUCH) continue
      if (rule.at > h.to + TOUCH) break
      if (h.at >= rule.from - TOUCH && h.at <= rule.to + TOUCH) parent[find(a)] = find(across.length + at)
    }
  }
  const groups = new Map<number, { across: Rule[]; down: Rule[] }>()
  const groupOf = (at: number) => {
    const root = find(at)
    let group = groups.get(root)
    if (!group) {
      group = { across: [], down: [] }
      groups.set(root, group)
    }
    return group
  }
  for (const [at, rule] of across.entries()) groupOf(at).across.push(rule)
  for (const [at, rule] of down.entries()) groupOf(across.length + at).down.push(rule)
  return [...groups.values()].filter((group) => group.across.length > 0 && group.down.length > 0)
}

function gridOf({ across, down }: Rules): Grid | undefined {
  // Lines that stick out beyond the outermost crossing lines leave the outer side open: close it.
  const left = Math.min(...across.map((rule) => rule.from))
  const right = Math.max(...across.map((rule) => rule.to))
  const top = Math.min(...down.map((rule) => rule.from))
  const bottom = Math.max(...down.map((rule) => rule.to))
  const xs = places([...down.map((rule) => rule.at), ...openSides(left, right, down)])
  const ys = places([...across.map((rule) => rule.at), ...openSides(top, bottom, across)])
  if (xs.length < 2 || ys.length < 2) return undefined
  const cells = mergeCells(xs, ys, { across, down })
  return {
    x0: xs[0]!,
    y0: ys[0]!,
    x1: xs.at(-1)!,
    y1: ys.at(-1)!,
    xs,
    ys,
    cells,
    across: across.length,
    down: down.length,
  }
}

/** The ends of the lines, where no crossing line closes them. */
function openSides(low: number, high: number, crossing: readonly Rule[]): number[] {
  const OPEN = 8
  const first = Math.min(...crossing.map((rule) => rule.at))
  const last = Math.max(...crossing.map((rule) => rule.at))
  return [...(low < first - OPEN ? [low] : []), ...(high > last + OPEN ? [high] : [])]
}

function places(values: readonly number[]): number[] {
  const out: { sum: number; count: number }[] = []
  for (const value of values.toSorted((one, other) => one - other)) {
    const last = out.at(-1)
    if (last && value - last.sum / last.count < MIN_CELL) {
      last.sum += value
      last.count++
    } else out.push({ sum: value, count: 1 })
  }
  return out.map(({ sum, count }) => sum / count)
}

/** Elementary cells between which no line is drawn are one cell. */
function mergeCells(xs: readonly number[], ys: readonly number[], { across, down }: Rules): GridCell[] {
  const cols = xs.length - 1
  const rows = ys.length - 1
  const owner = new Int32Array(cols * rows).map((_, at) => at)
  const find = (at: number): number => {
    while (owner[at] !== at) at = owner[at]!
    return at
  }
  const join = (one: number, other: number) => {
    const [a, b] = [find(one), find(other)]
    if (a !== b) owner[Math.max(a, b)] = Math.min(a, b)
  }
  for (let row = 0; row < rows; row++)
    for (let col = 0; col < cols; col++) {
      const at = row * cols + col
      if (col + 1 < cols && !isDrawn(down, xs[col + 1]!, ys[row]!, ys[row + 1]!)) join(at, at + 1)
      if (row + 1 < rows && !isDrawn(across, ys[row + 1]!, xs[col]!, xs[col + 1]!)) join(at, at + cols)
    }
  return rectangles(
    owner.map((_, at) => find(at)),
    xs,
    ys,
  )
}

function isDrawn(rules: readonly Rule[], at: number, from: number, to: number): boolean {
  let covered = 0
  for (const rule of rules)
    if (Math.abs(rule.at - at) < MIN_CELL)
      covered += Math.max(0, Math.min(rule.to, to) - Math.max(rule.from, from))
  return covered >= COVERS * (to - from)
}

/** Cells that merged into a rectangle; a merge of another shape is taken apart into its rows. */
function rectangles(owner: Int32Array, xs: readonly number[], ys: readonly number[]): GridCell[] {
  const cols = xs.length - 1
  const groups = new Map<number, number[]>()
  for (const [at, root] of owner.entries()) groups.set(root, [...(groups.get(root) ?? []), at])
  const out: GridCell[] = []
  const push = (row: number, col: number, rowSpan: number, colSpan: number) =>
    out.push({
      row,
      col,
      rowSpan,
      colSpan,
      x0: xs[col]!,
      y0: ys[row]!,
      x1: xs[col + colSpan]!,
      y1: ys[row + rowSpan]!,
    })
  for (const members of groups.values()) {
    const rowsOf = members.map((at) => Math.floor(at / cols))
    const colsOf = members.map((at) => at % cols)
    const [r0, r1] = [Math.min(...rowsOf), Math.max(...rowsOf)]
    const [c0, c1] = [Math.min(...colsOf), Math.max(...colsOf)]
    if (members.length === (r1 - r0 + 1) * (c1 - c0 + 1)) push(r0, c0, r1 - r0 + 1, c1 - c0 + 1)
    else
      for (let row = r0; row <= r1; row++)
        for (const [from, to] of runs(colsOf.filter((_, at) => rowsOf[at] === row)))
          push(row, from, 1, to - from + 1)
  }
  return out.sort((one, other) => one.row - other.row || one.col - other.col)
}

/** Runs of consecutive numbers. */
function runs(values: readonly number[]): [number, number][] {
  const out: [number, number][] = []
  for (const value of values.toSorted((one, other) => one - other)) {
    const last = out.at(-1)
    if (last && value === last[1] + 1) last[1] = value
    else out.push([value, value])
  }
  return out
}
