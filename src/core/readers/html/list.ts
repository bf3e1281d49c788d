/** Lists (WHATWG HTML, 4.4.5 to 4.4.9). */
import { item, list, note, paragraph } from '../../doc/build.ts'
import type { Block, ListItem } from '../../doc/model.ts'
import { letters, roman } from '../numerals.ts'
import { asInline } from './flow.ts'
import type { Handler, Place, Walk } from './page.ts'
import { withMarks } from './page.ts'
import { attribute, descendants, type Element, elements, isElement, textOf } from './parse.ts'

export const readList: Handler = (element, place, walk) => {
  const ordered = element.tagName === 'ol'
  const start = integer(attribute(element, 'start')) ?? 1
  const style = labelStyle(element)
  const items: ListItem[] = []
  let number = start
  for (const child of element.childNodes) {
    if (!isElement(child)) continue
    if (child.tagName !== 'li') {
      // A list directly inside a list belongs to the item before it, as browsers show it.
      joinToLast(items, walk.blocks(wrapper(child), place))
      continue
    }
    number = integer(attribute(child, 'value')) ?? number
    const box = checkbox(child)
    const blocks = walk.blocks(child, place)
    if (isWrapper(child, blocks) && items.length > 0) {
      joinToLast(items, blocks)
      continue
    }
    const held = place.page.noteHeld(attribute(child, 'id') ?? '')
    if (held !== undefined) {
      place.page.notes.push(note('footnote', held, blocks))
      continue
    }
    if (blocks.length > 0 || box !== undefined) {
      const label = ordered ? `${style(number)}.` : undefined
      items.push(item(blocks, { label, checked: box }))
    }
    number++
  }
  const [only] = items
  // Nothing but an item without a bullet around a list: the list itself.
  if (items.length === 1 && only!.blocks.every(isList) && elements(element, 'li').every(hidesBullet))
    for (const block of only!.blocks) place.flow.block(block)
  else if (items.length > 0) place.flow.block(list(items, { ordered, start: ordered ? start : undefined }))
}

const isList = ({ type }: Block): boolean => type === 'list'

/** An item that shows no bullet and holds deeper items only is how editors indent a list twice. */
const isWrapper = (element: Element, blocks: readonly Block[]): boolean =>
  hidesBullet(element) && blocks.length > 0 && blocks.every(isList)

const hidesBullet = (element: Element): boolean =>
  /list-style(?:-type)?\s*:\s*none/.test(attribute(element, 'style') ?? '')

const wrapper = (child: Element): Element => ({
  ...child,
  tagName: 'div',
  nodeName: 'div',
  childNodes: [child],
})

function joinToLast(items: ListItem[], blocks: readonly Block[]): void {
  if (blocks.length === 0) return
  const last = items.at(-1)
  if (last) items[items.length - 1] = { ...last, blocks: [...last.blocks, ...blocks] }
  else items.push(item(blocks))
}

function checkbox(element: Element): boolean | undefined {
  for (const inner of descendants(element)) {
    if (inner.tagName === 'li' || inner.tagName === 'ul' || inner.tagName === 'ol') return undefined
    if (inner.tagName === 'input' && attribute(inner, 'type') === 'checkbox')
      return attribute(inner, 'checked') !== undefined
  }
  return undefined
}

const integer = (value: string | undefined): number | undefined =>
  value !== undefined && /^\s*-?\d{1,9}/.test(value) ? Number.parseInt(value, 10) : undefined

type Style = (number: number) => string

const styles: Readonly<Record<string, Style>> = {
  a: (number) => letters(number),
  A: (number) => letters(number).toUpperCase(),
  i: (number) => roman(number),
  I: (number) => roman(number).toUpperCase(),
  'lower-alpha': (number) => letters(number),
  'lower-latin': (number) => letters(number),
  'upper-alpha': (number) => letters(number).toUpperCase(),
  'upper-latin': (number) => letters(number).toUpperCase(),
  'lower-roman': (number) => roman(number),
  'upper-roman': (number) => roman(number).toUpperCase(),
}

function labelStyle(element: Element): Style {
  const css = /list-style(?:-type)?\s*:\s*([\w-]+)/.exec(attribute(element, 'style') ?? '')?.[1]
  return styles[css ?? ''] ?? styles[attribute(element, 'type') ?? ''] ?? String
}

/** A description list: each term an item in bold, what describes it below. */
export const readDescriptions: Handler = (element, place, walk) => {
  const items: ListItem[] = []
  for (const { term, details } of groups(element)) {
    const name = term ? asInline(walk.blocks(term, withMarks(place, 'bold'))) : []
    const blocks = details.flatMap((detail) => describe(detail, place, walk))
    const head = name.length > 0 ? [paragraph(name)] : []
    const body = blocks.length > 0 ? [list(blocks)] : []
    if (head.length === 0) items.push(...blocks)
    else items.push(item([...head, ...body]))
  }
  if (items.length > 0) place.flow.block(list(items))
}

/** A detail that is nothing but a list gives its items. */
function describe(detail: Element, place: Place, walk: Walk): readonly ListItem[] {
  const blocks = walk.blocks(detail, place)
  const [only] = blocks
  if (blocks.length === 1 && only?.type === 'list' && !only.ordered) return only.items
  return blocks.length > 0 ? [item(blocks)] : []
}

type Group = { term: Element | undefined; details: Element[] }

/** `dt` and `dd`, also inside the `div` that may group them. */
function groups(element: Element): Group[] {
  const out: Group[] = []
  const parts = elements(element).flatMap((child) =>
    child.tagName === 'div' ? elements(child, 'dt', 'dd') : [child],
  )
  for (const part of parts) {
    if (part.tagName === 'dt') out.push({ term: part, details: [] })
    else if (textOf(part).trim() !== '' || elements(part).length > 0) {
      const last = out.at(-1)
      if (last) last.details.push(part)
      else out.push({ term: undefined, details: [part] })
    }
  }
  return out
}
