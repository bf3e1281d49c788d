/** Gives each element the id of the block that it prints, by where both stand in the Markdown. */
import type { Element, ElementContent, Root } from 'hast'
import type { SourceMap } from '../source-map.ts'

/** Elements that show a block as a whole. */
const holders = new Set([
  'p',
  'li',
  'td',
  'th',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'table',
  'pre',
  'blockquote',
  'ul',
  'ol',
  'img',
  'hr',
])

/** `start` is where the chunk begins in the whole Markdown. */
export function rehypeBlocks({ map, start, end }: { map: SourceMap; start: number; end: number }) {
  const ranges = map.within(start, end)
  const idAt = new Map<string, string>()
  // Of ranges with one place the innermost comes last and wins.
  for (const range of ranges) idAt.set(`${range.start}`, range.block)
  const visit = (node: Element, inherited: string | undefined) => {
    let block = inherited
    const from = node.position?.start.offset
    if (from !== undefined && holders.has(node.tagName)) {
      const own =
        idAt.get(`${start + from}`) ?? inside(start + from, start + (node.position?.end.offset ?? from))
      if (own && own !== inherited) {
        block = own
        node.properties.dataBlock = own
      }
    }
    for (const child of node.children) if (child.type === 'element') visit(child, block)
  }
  /** List items and cells begin with a mark of their own; their block begins a little later. */
  const inside = (from: number, to: number) => {
    const found = map.within(from, to).filter((range) => range.start >= from)
    const whole = found.find((range) => range.start - from <= 12 && to - range.end <= 6)
    return whole?.block
  }
  return (tree: Root) => {
    for (const child of tree.children as ElementContent[])
      if (child.type === 'element') visit(child, undefined)
  }
}
