/** A printed table of contents as a nested list. */
import { item, list, paragraph, text } from '../../doc/build.ts'
import type { ContentsEntry, List, ListItem } from '../../doc/model.ts'

/** Word's contents have nine levels; a deeper one is written as the ninth. */
const DEEPEST = 9

export const contentsList = (entries: readonly ContentsEntry[]): List =>
  list(nested(entries.map((entry) => ({ ...entry, level: Math.min(DEEPEST, entry.level) }))))

/** Each entry holds those after it that are deeper. */
function nested(entries: readonly ContentsEntry[]): ListItem[] {
  const items: ListItem[] = []
  for (let index = 0; index < entries.length; ) {
    const { level, content, page, leader = '' } = entries[index]!
    let end = index + 1
    while (end < entries.length && entries[end]!.level > level) end++
    const words = paragraph(page ? [...content, text(`${leader} ${page}`)] : content)
    const under = entries.slice(index + 1, end)
    items.push(item(under.length > 0 ? [words, list(nested(under))] : [words]))
    index = end
  }
  return items
}
