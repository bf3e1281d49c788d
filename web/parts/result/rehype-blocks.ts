/** Gives each piece of rendered text the id of the block that it prints, by where both stand in the Markdown. */
import type { Element, ElementContent, Root, Text } from 'hast'
import type { SourceMap } from '../source-map.ts'

/** Elements that hold the text of one block. */
const holders = new Set(['p', 'td', 'th', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'pre'])
/** What may follow the text of a list item inside it. */
const blockTags = new Set([
  'p',
  'ul',
  'ol',
  'table',
  'pre',
  'blockquote',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'hr',
  'div',
])

type Options = { readonly map: SourceMap; readonly start: number; readonly block: string | null }

/** `start` is where the chunk begins in the whole Markdown, `block` what its own element is marked with. */
export function rehypeBlocks({ map, start, block }: Options) {
  const mark = (element: Element, outer: string | null, around = element): string | null => {
    const extent = extentOf(element.children, around)
    if (!extent) return outer
    const [from, to] = [start + extent.from, start + extent.to]
    // A label such as "(a)" belongs to the list: the block of the item begins after it.
    const found = [map.blockAt(from), ...map.within(from, to)].find((range) => range && range.block !== outer)
    if (!found) return outer
    element.properties.dataBlock = found.block
    return found.block
  }
  const visit = (element: Element, outer: string | null) => {
    if (element.tagName === 'li') {
      const rest = element.children.findIndex(
        (child) => child.type === 'element' && blockTags.has(child.tagName),
      )
      const own = element.children.slice(0, rest < 0 ? undefined : rest)
      if (own.flatMap(textsOf).length > 0) {
        const span: Element = { type: 'element', tagName: 'span', properties: {}, children: own }
        mark(span, outer, element)
        element.children.splice(0, own.length, span)
      }
    }
    const inner = holders.has(element.tagName) ? mark(element, outer) : outer
    for (const child of element.children) if (child.type === 'element') visit(child, inner)
  }
  return (tree: Root) => {
    for (const child of tree.children) if (child.type === 'element') visit(child, block)
  }
}

type Extent = { readonly from: number; readonly to: number }

/** From the first to the last words, in the text that was parsed; text that was stitched together has lost its place. */
function extentOf(nodes: readonly ElementContent[], around?: Element): Extent | undefined {
  const texts = nodes.flatMap(textsOf)
  if (texts.length === 0) return undefined
  const from = texts[0]!.position?.start.offset ?? around?.position?.start.offset
  const to = texts.at(-1)!.position?.end.offset ?? around?.position?.end.offset
  return from === undefined || to === undefined ? undefined : { from, to }
}

const textsOf = (node: ElementContent): Text[] =>
  node.type === 'text'
    ? node.value.trim() === ''
      ? []
      : [node]
    : node.type === 'element'
      ? node.children.flatMap(textsOf)
      : []
