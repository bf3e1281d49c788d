/** Lists (OpenDocument 1.3 part 3, 5.3): counted as the program counts, with the labels it prints. */
import { item, list } from '../../doc/build.ts'
import type { Block, Inline, ListItem } from '../../doc/model.ts'
import { attribute, elements, type Xml } from '../../io/xml.ts'
import { type Counter, countUp, label, newCounter } from './numbering.ts'
import type { ListLevel } from './styles.ts'
import { nextPlace, type Walk } from './walk.ts'

type Around = { readonly style: string | undefined; readonly counter: Counter; readonly level: number }

/** A list as blocks: headings that stand in it as numbered items come out as headings. */
export function readList(element: Xml, walk: Walk, around?: Around): readonly Block[] {
  const style = attribute(element, 'style-name') ?? around?.style ?? paragraphListStyle(element, walk)
  const level = around ? around.level + 1 : 0
  const counter = around?.counter ?? counterFor(element, style, walk)
  const levels = walk.styles.list(style) ?? []
  const inner: Around = { style, counter, level }
  const out: Block[] = []
  let items: ListItem[] = []
  const flush = () => {
    if (items.length > 0) out.push(listOf(items, levels[level]))
    items = []
  }
  for (const part of elements(element)) {
    if (part.local !== 'list-item' && part.local !== 'list-header') continue
    const made = readItem(part, levels, inner, walk)
    if (made.kind === 'item') items.push(made.item)
    // A deeper list without a line of its own hangs under the item before it, be it one of the list before.
    else if (made.kind === 'deeper' && items.length > 0) {
      const last = items.pop()!
      items.push({ ...last, blocks: [...last.blocks, ...made.blocks] })
    } else if (made.kind === 'deeper' && !around && made.blocks.every(({ type }) => type === 'list')) {
      items.push(item(made.blocks, { at: made.blocks[0]?.at }))
    } else {
      flush()
      out.push(...made.blocks)
    }
  }
  flush()
  return out
}

/** A list that names no style takes it from its first paragraph. */
function paragraphListStyle(element: Xml, walk: Walk): string | undefined {
  const first = elements(element)
    .flatMap((part) => elements(part))
    .find(({ local }) => local === 'p' || local === 'h')
  return first && walk.styles.paragraph(attribute(first, 'style-name')).listStyle
}

/** Goes on counting where the list says so (19.780 continue-list, 19.781 continue-numbering). */
function counterFor(element: Xml, style: string | undefined, { lists }: Walk): Counter {
  const goesOn = attribute(element, 'continue-list')
  const same =
    attribute(element, 'continue-numbering') === 'true' ? lists.byStyle.get(style ?? '') : undefined
  const counter = (goesOn !== undefined && lists.byId.get(goesOn)) || same || newCounter()
  const id = attribute(element, 'id')
  if (id !== undefined) lists.byId.set(id, counter)
  lists.byStyle.set(style ?? '', counter)
  return counter
}

type Made =
  | { readonly kind: 'item'; readonly item: ListItem }
  | { readonly kind: 'deeper' | 'blocks'; readonly blocks: readonly Block[] }

function readItem(part: Xml, levels: readonly ListLevel[], around: Around, walk: Walk): Made {
  const own = elements(part).filter(({ local }) => local !== 'list')
  const start = Number(attribute(part, 'start-value'))
  // A level that only wraps a deeper one is not counted.
  if (own.length === 0) {
    return {
      kind: 'deeper',
      blocks: elements(part, 'list').flatMap((inner) => readList(inner, walk, around)),
    }
  }
  const isCounted = part.local === 'list-item'
  if (isCounted) countUp(around.counter, around.level, levels, start > 0 ? start : undefined)
  const printed = isCounted ? label(around.counter, around.level, levels).trim() : ''
  const place = nextPlace(walk)
  const blocks = elements(part).flatMap((child) =>
    child.local === 'list'
      ? readList(child, walk, around)
      : walk.blocks({ ...part, children: [child] }, walk),
  )
  const [first] = blocks
  if (first?.type === 'heading')
    return { kind: 'blocks', blocks: [numbered(first, printed), ...blocks.slice(1)] }
  // The header of a list stands where its items do, without a number (5.3.3).
  if (!isCounted && isOrdered(levels[around.level]))
    return { kind: 'blocks', blocks: [list([item(blocks, place)], { at: place.at })] }
  return { kind: 'item', item: item(blocks, { ...place, label: printed === '' ? undefined : printed }) }
}

function numbered(heading: Extract<Block, { type: 'heading' }>, printed: string): Block {
  if (printed === '' || heading.number !== undefined) return heading
  const content: Inline[] = [{ type: 'text', text: `${printed} ` }, ...heading.content]
  return { ...heading, number: printed, content }
}

const isOrdered = (level: ListLevel | undefined): boolean =>
  level?.format !== undefined && level.format !== ''

function listOf(items: readonly ListItem[], level: ListLevel | undefined): Block {
  const ordered = isOrdered(level)
  const start = Number.parseInt(items[0]?.label ?? '', 10)
  return list(items, { ordered, at: items[0]?.at, start: ordered && start > 0 ? start : undefined })
}
