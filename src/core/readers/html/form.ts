/** Form controls as a reader of the printed page sees them. */
import { lineBreak, text } from '../../doc/build.ts'
import type { Handler } from './page.ts'
import { attribute, descendants, type Element, textOf } from './parse.ts'

export const readInput: Handler = (element, place) => {
  const type = attribute(element, 'type')?.toLowerCase() ?? 'text'
  const isChecked = attribute(element, 'checked') !== undefined
  if (type === 'checkbox') {
    const inItem = element.parentNode && 'tagName' in element.parentNode && isItemStart(element)
    if (!inItem) place.flow.text(isChecked ? '☒ ' : '☐ ', place.marks)
  } else if (type === 'radio') place.flow.text(isChecked ? '◉ ' : '○ ', place.marks)
  else if (/^(text|email|tel|url|number|date|time|month|week|datetime-local|search)$/.test(type))
    place.flow.text(attribute(element, 'value') ?? '', place.marks)
}

/** The list item shows this box as its own mark. */
function isItemStart(element: Element): boolean {
  for (let parent = element.parentNode; parent && 'tagName' in parent; parent = parent.parentNode) {
    if (parent.tagName === 'li')
      return [...descendants(parent)].find(({ tagName }) => tagName === 'input') === element
    if (parent.tagName === 'ul' || parent.tagName === 'ol' || parent.tagName === 'td') return false
  }
  return false
}

export const readSelect: Handler = (element, place) => {
  const options = [...descendants(element)].filter(({ tagName }) => tagName === 'option')
  const chosen = options.find((option) => attribute(option, 'selected') !== undefined) ?? options[0]
  if (chosen) place.flow.text(` ${textOf(chosen).trim()} `, place.marks)
}

export const readTextArea: Handler = (element, place) => {
  textOf(element)
    .split('\n')
    .forEach((line, index) => {
      if (index > 0) place.flow.inline(lineBreak())
      if (line !== '') place.flow.inline(text(line, place.marks))
    })
}
