/** Pictures, figures and formulas. */
import { formula, inlineFormula, inlineImage, paragraph } from '../../doc/build.ts'
import { mathmlToLatex } from '../mathml.ts'
import { asInline } from './flow.ts'
import { mathTree } from './math.ts'
import type { Handler } from './page.ts'
import { attribute, classes, descendants, type Element, elements, textOf } from './parse.ts'

export const readImage: Handler = (element, place) => {
  const stated = attribute(element, 'src') ?? ''
  const lazy = attribute(element, 'data-src') ?? attribute(element, 'data-original')
  const src = lazy && (stated === '' || stated.startsWith('data:')) ? lazy : stated
  if (isPixel(element)) return
  const alt = (attribute(element, 'alt') ?? '').replace(/\s+/g, ' ').trim()
  // MediaWiki's picture of a formula carries its TeX.
  if (classes(element).some((name) => name.startsWith('mwe-math-fallback-image')) && alt !== '')
    return place.flow.inline(inlineFormula(alt))
  const title = attribute(element, 'title')
  place.flow.inline(inlineImage(place.page.image(src), alt, title === alt ? undefined : title))
}

/** A page inside the page, where the file holds it. */
export const readFrame: Handler = (element, place) => {
  for (const block of place.page.frame(attribute(element, 'src') ?? '')) place.flow.block(block)
}

/** Counters of visitors, not pictures. */
const isPixel = (element: Element): boolean =>
  /^[01](px)?$/.test(attribute(element, 'width') ?? '') &&
  /^[01](px)?$/.test(attribute(element, 'height') ?? '')

export const readFigure: Handler = (element, place, walk) => {
  const captions = elements(element, 'figcaption')
  const caption = captions.flatMap((part) => asInline(walk.blocks(part, place)))
  const body = {
    ...element,
    childNodes: element.childNodes.filter((child) => !captions.includes(child as Element)),
  }
  const blocks = walk.blocks(body, { ...place, depth: place.depth - 1 })
  const pictures = blocks.filter((block) => block.type === 'figure' || block.type === 'table')
  if (caption.length > 0 && pictures.length === 1) {
    for (const block of blocks) place.flow.block(block === pictures[0] ? { ...pictures[0], caption } : block)
    return
  }
  for (const block of blocks) place.flow.block(block)
  if (caption.length > 0) place.flow.block(paragraph(caption))
}

export const readMath: Handler = (element, place) => {
  const latex = mathmlToLatex(mathTree(element))
  if (latex === '') return
  if (attribute(element, 'display') === 'block') place.flow.block(formula(latex))
  else place.flow.inline(inlineFormula(latex))
}

export const readScript: Handler = (element, place) => {
  const latex = textOf({ ...element, tagName: 'span' })
    .replace(/^\s*%\s*<!\[CDATA\[|%\s*\]\]>\s*$/g, '')
    .trim()
  if (latex === '') return
  if (/mode=display/.test(attribute(element, 'type') ?? '')) place.flow.block(formula(latex))
  else place.flow.inline(inlineFormula(latex))
}

export const readSvg: Handler = (element, place) => {
  const words = [...descendants(element)]
    .filter(({ tagName }) => tagName === 'text' || tagName === 'title')
    .map((part) => textOf(part).replace(/\s+/g, ' ').trim())
    .filter((part) => part !== '')
  if (words.length > 0) place.flow.inline(inlineImage('', [...new Set(words)].join(' ')))
}
