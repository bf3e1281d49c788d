/** Numbered and bulleted paragraphs gathered into nested lists. */
import { item, list } from '../../doc/build.ts'
import type { At, Block, List, ListItem } from '../../doc/model.ts'
import { checkbox, isSymbolFont, symbolText } from './symbols.ts'

/** What stands before an item. */
export type ListLabel = {
  /** As printed; for bullets the glyph as it is written in the bullet's font. */
  readonly text: string
  readonly isBullet: boolean
  readonly font?: string
  /** The count of this paragraph at its level. */
  readonly value: number
  /** Lists that share a definition count on together. */
  readonly definition: string
  readonly level: number
  /** Indent of the level in twentieths of a point. */
  readonly left?: number
}

type Entry = {
  readonly at: At
  readonly label?: string
  readonly checked?: boolean
  readonly blocks: Block[]
}
type Frame = {
  readonly definition: string
  readonly level: number
  readonly left: number
  readonly ordered: boolean
  readonly entries: Entry[]
  lastValue: number
}

export type Lists = {
  readonly isOpen: boolean
  add(label: ListLabel, left: number, entry: { at: At; checked?: boolean; blocks: readonly Block[] }): void
  /** Takes the blocks into the item that they are indented under; false: under none. */
  continue(left: number, blocks: readonly Block[]): boolean
  /** Closes every list; what was open comes out. */
  close(): Block[]
}

/** Indents that differ by less (in twentieths of a point) are the same to the eye. */
const SAME = 40
/** More lists inside one another than anybody reads; what would stand deeper stands beside. */
const DEEPEST = 30
/** What one level is indented by where the file does not say. */
const STEP = 720

export function createLists(): Lists {
  const frames: Frame[] = []
  let done: Block[] = []
  const top = () => frames.at(-1)

  const pop = () => {
    const block = blockOf(frames.pop()!)
    const parent = top()?.entries.at(-1)
    if (parent) parent.blocks.push(block)
    else done.push(block)
  }

  return {
    get isOpen() {
      return frames.length > 0
    },
    add: (label, at, entry) => {
      const left = at || label.left || (label.level + 1) * STEP
      const ordered = !label.isBullet && counts.test(label.text)
      while (frames.length > 0 && isDeeper(top()!, label, left, frames)) pop()
      const current = top()
      const isSameLevel =
        current !== undefined &&
        (current.definition === label.definition
          ? current.level === label.level
          : Math.abs(current.left - left) <= SAME)
      if (isSameLevel && !goesOn(current, label, ordered)) pop()
      if (frames.length >= DEEPEST) pop()
      if (!isSameLevel || top() !== current)
        frames.push({
          definition: label.definition,
          level: label.level,
          left,
          ordered,
          entries: [],
          lastValue: 0,
        })
      const frame = top()!
      frame.lastValue = label.value
      frame.entries.push({ ...entry, ...printed(label), blocks: [...entry.blocks] })
    },
    continue: (left, blocks) => {
      const index = frames.findLastIndex((frame) => frame.left <= left + SAME)
      if (index < 0 || left <= 0) return false
      while (frames.length > index + 1) pop()
      top()!
        .entries.at(-1)!
        .blocks.push(...blocks)
      return true
    },
    close: () => {
      while (frames.length > 0) pop()
      const out = done
      done = []
      return out
    },
  }
}

/**
 * Inside one definition levels say what stands under what; across definitions the eye does, by indents. A list that the
 * item goes back to ends everything inside it.
 */
function isDeeper(frame: Frame, label: ListLabel, left: number, frames: readonly Frame[]): boolean {
  if (frame.definition === label.definition) return frame.level > label.level
  if (frame.left > left + SAME) return true
  return frames.some(({ definition, level }) => definition === label.definition && level >= label.level)
}

/** Bullets side by side are one list; numbers are while they count on. */
const goesOn = (frame: Frame, label: ListLabel, ordered: boolean): boolean =>
  frame.ordered === ordered && (!ordered || label.value === frame.lastValue + 1)

/** Letters, digits and the signs that notes are counted with (*, †, ‡, §). */
const counts = /[\p{L}\p{N}*†‡§]/u

/** Bullets are not printed but for boxes to tick and words. */
function printed(label: ListLabel): { label?: string; checked?: boolean } {
  const glyph =
    label.font !== undefined && isSymbolFont(label.font) ? symbolText(label.text, label.font) : label.text
  const box = label.isBullet ? checkbox(glyph) : undefined
  if (box) return box
  const isWord = label.isBullet ? /[\p{L}\p{N}]{2}/u.test(label.text) : counts.test(label.text)
  return isWord ? { label: label.text.trim() } : {}
}

function blockOf(frame: Frame): List {
  const items: ListItem[] = frame.entries.map(({ blocks, ...about }) => item(blocks, about))
  return list(items, { at: frame.entries[0]?.at, ordered: frame.ordered })
}
