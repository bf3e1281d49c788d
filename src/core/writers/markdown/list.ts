/** Lists as Markdown can have them: what each item is marked with, and where a list must be cut in two. */
import type { Block, List, ListItem } from '../../doc/model.ts'

export type PrintedItem = {
  readonly item: ListItem
  /** `-`, `3.` or `3)`. */
  readonly marker: string
  /** What Markdown cannot number ("(a)", "L.4.2") is printed as text after a bullet. */
  readonly label: string
}

/** Items that Markdown reads as one list. */
export type ListRun = { readonly items: readonly PrintedItem[]; readonly needsSeparator: boolean }

/** Numbers that Markdown counts itself (CommonMark 5.2: one to nine digits). */
const numeric = /^\d{1,9}[.)]$/
/** Bullets that a reader kept as labels say nothing that `-` does not. */
const bullet = /^[-•◦▪▫■□●○‣⁃∙·–—*+\uf0b7\uf0a7]$/

export const printedItems = (list: List): PrintedItem[] =>
  list.items.map((item, index) => {
    const label = item.label?.trim() ?? ''
    if (numeric.test(label)) return { item, marker: label, label: '' }
    if (label === '' && list.ordered) return { item, marker: `${(list.start ?? 1) + index}.`, label: '' }
    return { item, marker: '-', label: !list.ordered && bullet.test(label) ? '' : label }
  })

/** Markdown counts on from the first number, so a list is cut where the printed numbers do not. */
export function listRuns(items: readonly PrintedItem[]): readonly ListRun[] {
  const runs: { items: PrintedItem[]; needsSeparator: boolean }[] = []
  for (const item of items) {
    const run = runs.at(-1)
    const last = run?.items.at(-1)
    const isSameKind = last !== undefined && kindOf(last.marker) === kindOf(item.marker)
    const goesOn = isSameKind && (item.marker === '-' || numberOf(item.marker) === numberOf(last.marker) + 1)
    if (run && goesOn) run.items.push(item)
    else runs.push({ items: [item], needsSeparator: isSameKind })
  }
  return runs
}

const numberOf = (marker: string): number => Number.parseInt(marker, 10)
/** A list ends where the bullet or the delimiter changes. */
export const kindOf = (marker: string): string => marker.at(-1)!

/** Blank lines are needed when an item holds more than a paragraph with lists under it. */
export const isLoose = (list: List): boolean =>
  list.items.some(({ blocks }) =>
    blocks.slice(1).some((block, index) => !followsTightly(block, blocks[index]!)),
  )

/** CommonMark 5.2: only a list that starts with a bullet or 1, and not with an empty item, may interrupt a paragraph. */
function followsTightly(block: Block, before: Block): boolean {
  if (block.type !== 'list' || (before.type !== 'paragraph' && before.type !== 'heading')) return false
  const first = printedItems(block)[0]
  if (first === undefined) return true
  const isEmpty = first.label === '' && first.item.checked === undefined && first.item.blocks.length === 0
  return !isEmpty && (first.marker === '-' || numberOf(first.marker) === 1)
}
