/** Connected ink: letters, dots, rules, pictures. */
import type { Bitmap } from './ink.ts'
import type { PixelBox } from './picture.ts'

export type Component = PixelBox & { readonly area: number }

type Growing = { x0: number; y0: number; x1: number; y1: number; area: number }

/** More pieces than this is a halftone or noise, not a page of text (a dense page has 6,000). */
const MOST = 200_000

/** Components by 8-connectivity, joined run by run from top to bottom. `x1` and `y1` are outside. */
export function components({ width, height, bits }: Bitmap): Component[] {
  const parents: number[] = []
  const boxes: Growing[] = []
  const rootOf = (label: number): number => {
    let root = label
    while (parents[root] !== root) root = parents[root]!
    for (let at = label; at !== root; ) {
      const next = parents[at]!
      parents[at] = root
      at = next
    }
    return root
  }
  let above: Run[] = []
  for (let y = 0; y < height && boxes.length < MOST; y++) {
    const runs = runsOf(bits.subarray(y * width, (y + 1) * width))
    let from = 0
    for (const run of runs) {
      while (from < above.length && above[from]!.x1 < run.x0) from++
      for (let index = from; index < above.length && above[index]!.x0 <= run.x1; index++) {
        const root = rootOf(above[index]!.label)
        if (run.label < 0) run.label = root
        else parents[root] = rootOf(run.label)
      }
      if (run.label < 0) {
        run.label = boxes.length
        parents.push(run.label)
        boxes.push({ x0: run.x0, y0: y, x1: run.x1, y1: y + 1, area: 0 })
      }
      grow(boxes[run.label]!, run, y)
    }
    above = runs
  }
  return joined(boxes, rootOf)
}

type Run = { readonly x0: number; readonly x1: number; label: number }

function runsOf(row: Uint8Array): Run[] {
  const runs: Run[] = []
  for (let at = row.indexOf(1); at >= 0; ) {
    const gap = row.indexOf(0, at)
    const stop = gap < 0 ? row.length : gap
    runs.push({ x0: at, x1: stop, label: -1 })
    at = row.indexOf(1, stop)
  }
  return runs
}

function grow(box: Growing, run: Run, y: number): void {
  box.x0 = Math.min(box.x0, run.x0)
  box.x1 = Math.max(box.x1, run.x1)
  box.y1 = Math.max(box.y1, y + 1)
  box.area += run.x1 - run.x0
}

function joined(boxes: readonly Growing[], rootOf: (label: number) => number): Component[] {
  const roots = new Map<number, Growing>()
  for (const [label, box] of boxes.entries()) {
    const root = rootOf(label)
    const whole = roots.get(root)
    if (!whole) roots.set(root, { ...box })
    else {
      whole.x0 = Math.min(whole.x0, box.x0)
      whole.y0 = Math.min(whole.y0, box.y0)
      whole.x1 = Math.max(whole.x1, box.x1)
      whole.y1 = Math.max(whole.y1, box.y1)
      whole.area += box.area
    }
  }
  return [...roots.values()]
}
