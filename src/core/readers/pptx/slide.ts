/** One slide: its shapes as blocks, in reading order (ECMA-376 part 1, 19.3.1). */
import { figure, heading, paragraph, quote, text } from '../../doc/build.ts'
import type { At, Block, Inline } from '../../doc/model.ts'
import { attribute, child, descend, descendants, elements, type Xml } from '../../io/xml.ts'
import { alternative } from '../ooxml/alternate.ts'
import { append } from '../ooxml/append.ts'
import { chartBlocks } from '../ooxml/chart.ts'
import { isBlank, withoutUniform } from '../ooxml/content.ts'
import { safeHref } from '../ooxml/href.ts'
import type { Loaded } from '../ooxml/load.ts'
import { relationshipId } from '../ooxml/package.ts'
import { smartArtBlocks } from '../ooxml/smart-art.ts'
import { type Deck, inherited, isTitle, kind, type Placeholder, placeholderOf, type Slide } from './deck.ts'
import {
  type Frame,
  frameOf,
  inReadingOrder,
  type Mapping,
  mappingOf,
  type Placed,
  slideMapping,
} from './geometry.ts'
import { readTable } from './table.ts'
import { lineOfText, type TextScope, textBlocks } from './text.ts'

export type SlideScope = {
  readonly deck: Deck
  readonly slide: Slide
  readonly loaded: Loaded
  /** Headers and footers, which many slides print, as blocks the first time. */
  readonly once: (blocks: readonly Block[], role: 'header' | 'footer', part: string) => Block[]
}

type Shape = { readonly element: Xml; readonly mapping: Mapping }

/** The title first, then the other shapes; footers come last. `marks` stand behind the title. */
export function slideBlocks(scope: SlideScope, marks: readonly Inline[]): Block[] {
  const { slide } = scope
  const shapes = shapesIn(descend(slide.root, 'cSld', 'spTree'), slideMapping)
  const titles = shapes.filter(({ element }) => isTitle(placeholderOf(element)))
  const others = shapes.filter((shape) => !titles.includes(shape))
  const anchors = [`slide-${slide.number}`]
  const out: Block[] = []
  for (const shape of titles) {
    const at = atOf(scope, shape)
    const content = lineOfText(
      child(shape.element, 'txBody'),
      textScope(scope, at, placeholderOf(shape.element)),
    )
    if (isBlank(content)) continue
    const isFirst = out.length === 0
    out.push(
      heading(1, [...withoutUniform(content, ['bold', 'italic', 'underline']), ...(isFirst ? marks : [])], {
        at,
        anchors: isFirst ? anchors : [],
      }),
    )
  }
  if (out.length === 0 && marks.length > 0) out.push(paragraph(marks, { at: atOf(scope), anchors }))
  if (slide.isHidden)
    out.push(
      paragraph([text('(Hidden slide)', ['italic'])], {
        at: atOf(scope),
        anchors: out.length === 0 ? anchors : [],
      }),
    )
  const body = orderedBlocks(others, scope)
  const [first, ...rest] = body
  // A slide without a title is named by whatever comes first on it.
  if (out.length === 0 && first)
    return [{ ...first, anchors: [...anchors, ...(first.anchors ?? [])] }, ...rest]
  return [...out, ...body]
}

function orderedBlocks(shapes: readonly Shape[], scope: SlideScope): Block[] {
  const footers: Block[] = []
  const placed: Placed<Block[]>[] = []
  for (const shape of shapes) {
    const placeholder = placeholderOf(shape.element)
    const role = placeholder && kind(placeholder)
    if (role === 'sldNum') continue
    const blocks = shapeBlocks(shape, scope)
    if (blocks.length === 0) continue
    if (role === 'ftr' || role === 'dt' || role === 'hdr')
      append(footers, scope.once(blocks, role === 'hdr' ? 'header' : 'footer', scope.slide.part))
    else placed.push({ frame: frameWith(shape, scope), value: blocks })
  }
  return [...inReadingOrder(placed).flat(), ...footers]
}

/** What stands on the master and the layout beside the places to fill is printed on each slide: it is told once. */
export function masterBlocks(scope: SlideScope): Block[] {
  const { slide } = scope
  const roots = [slide.layout, slide.master].filter((root) => root !== undefined)
  return roots.flatMap((root) =>
    shapesIn(descend(root, 'cSld', 'spTree'), slideMapping)
      .filter(({ element }) => element.local === 'sp' && placeholderOf(element) === undefined)
      .flatMap((shape) => {
        const blocks = shapeBlocks(shape, { ...scope, slide: { ...slide, root } })
        return scope.once(blocks, 'footer', slide.part)
      }),
  )
}

/** The leaves of the shape tree but for groups, which stay together. */
function shapesIn(tree: Xml | undefined, mapping: Mapping): Shape[] {
  return elements(tree).flatMap((element): Shape[] => {
    if (element.local === 'AlternateContent') return shapesIn(alternative(element), mapping)
    return shapeReaders[element.local] ? [{ element, mapping }] : []
  })
}

const shapeReaders: Readonly<Record<string, (shape: Shape, scope: SlideScope, at: At) => Block[]>> = {
  sp: readTextShape,
  cxnSp: readTextShape,
  pic: (shape, scope, at) => [readPicture(shape.element, scope, at)],
  graphicFrame: readGraphic,
  grpSp: (shape, scope) =>
    orderedBlocks(shapesIn(shape.element, mappingOf(shape.element, shape.mapping)), scope),
}

function shapeBlocks(shape: Shape, scope: SlideScope): Block[] {
  const about = aboutOf(shape.element)
  const isHidden = /^(1|true|on)$/i.test(attribute(about, 'hidden') ?? '')
  const { options } = scope.deck.context
  if (isHidden && options.hiddenText === 'omit') return []
  const at = atOf(scope, shape)
  const blocks = shapeReaders[shape.element.local]!(shape, scope, at)
  const alt = shape.element.local === 'pic' ? '' : altOf(about)
  return alt === '' ? blocks : described(blocks, alt, at)
}

/** A description for readers who do not see the drawing; the title of a table stands with it. */
function described(blocks: Block[], alt: string, at: At): Block[] {
  const [only] = blocks
  if (only?.type === 'table' && blocks.length === 1) return [{ ...only, caption: [text(alt)] }]
  const isTold = blocks.some((block) => block.type === 'figure' && block.alt === alt)
  return isTold ? blocks : [figure(alt, { at }), ...blocks]
}

const altOf = (about: Xml | undefined): string =>
  (attribute(about, 'descr') || attribute(about, 'title') || '').replace(/\s+/g, ' ').trim()

const aboutOf = (element: Xml): Xml | undefined =>
  child(
    elements(element).find((node) => /^nv\w+Pr$/.test(node.local)),
    'cNvPr',
  )

function readTextShape({ element }: Shape, scope: SlideScope, at: At): Block[] {
  const placeholder = placeholderOf(element)
  const inner = textScope(scope, at, placeholder, child(child(element, 'txBody'), 'lstStyle'))
  return textBlocks(child(element, 'txBody'), inner)
}

/** The chain of list styles for a shape: its own, its layout's, its master's, the deck's (21.1.2.4.12). */
function textScope(
  { deck, slide }: SlideScope,
  at: At,
  placeholder: Placeholder | undefined,
  own?: Xml,
): TextScope {
  const above = placeholder ? inherited(placeholder, slide) : []
  const styles = child(slide.master, 'txStyles')
  const name = !placeholder
    ? 'otherStyle'
    : kind(placeholder) === 'title'
      ? 'titleStyle'
      : kind(placeholder) === 'body'
        ? 'bodyStyle'
        : 'otherStyle'
  return {
    links: slide.links,
    numbers: deck.numbers,
    at,
    styles: [
      own,
      ...above.map((shape) => descend(shape, 'txBody', 'lstStyle')),
      child(styles, name),
      deck.textStyle,
    ],
  }
}

/** Films and sounds stand on a slide as their first picture (19.3.1.33, 21.2). */
const media = ['videoFile', 'audioFile', 'wavAudioFile', 'quickTimeFile', 'audioCd']

function readPicture(element: Xml, { deck, slide, loaded }: SlideScope, at: At): Block {
  const about = aboutOf(element)
  if (media.some((local) => !descendants(child(element, 'nvPicPr'), local).next().done))
    deck.context.report.warn('image-not-readable', 'A film or sound is told by its picture only.', at)
  const alt = altOf(about)
  const blip = descendants(element, 'blip').next().value
  const target = slide.links.get(
    relationshipId(blip || undefined, 'embed') ?? relationshipId(blip || undefined, 'link') ?? '',
  )
  if (!target?.external) return figure(alt, { at, src: target && loaded.pictures.get(target.target) })
  deck.context.report.warn('external-reference', 'A picture lies outside the file and was not fetched.', at)
  const url = safeHref(target.target)
  return figure(alt, { at, src: url && /^https?:/i.test(url) ? url : undefined })
}

/** A frame around a table, a chart, a diagram or an embedded object with its picture. */
function readGraphic({ element }: Shape, scope: SlideScope, at: At): Block[] {
  const { deck, slide, loaded } = scope
  const data = descend(element, 'graphic', 'graphicData')
  const part = (node: Xml, local: string) =>
    loaded.xml.get(slide.links.get(relationshipId(node, local) ?? '')?.target ?? '')
  return elements(data).flatMap((wrapper): Block[] => {
    const node = wrapper.local === 'AlternateContent' ? elements(alternative(wrapper))[0] : wrapper
    if (node?.local === 'tbl') {
      const table = readTable(node, textScope(scope, at, undefined), deck.context)
      return table.rows.length > 0 ? [table] : []
    }
    const chart = node?.local === 'chart' ? part(node, 'id') : undefined
    if (chart) return chartBlocks(chart, at, deck.context)
    const diagram = node?.local === 'relIds' ? part(node, 'dm') : undefined
    if (diagram) return smartArtBlocks(diagram, at)
    const picture = node && descendants(node, 'pic').next().value
    return [...(picture ? [readPicture(picture, scope, at)] : []), ...embeddedBlocks(node, scope, at)]
  })
}

/** A file inside the file, behind its picture: its content stands under the picture as a quotation. */
function embeddedBlocks(node: Xml | undefined, { deck, slide, loaded }: SlideScope, at: At): Block[] {
  if (node?.local !== 'oleObj') return []
  const blocks = loaded.chunks.get(slide.links.get(relationshipId(node, 'id') ?? '')?.target ?? '')
  if (blocks) return [quote(blocks, { at, evidence: ['embedded'] })]
  const kind = attribute(node, 'progId') ?? 'unknown'
  deck.context.report.warn(
    'image-not-readable',
    `An embedded object (${kind}) is told by its picture only.`,
    at,
  )
  return []
}

const frameWith = ({ element, mapping }: Shape, { slide }: SlideScope): Frame | undefined => {
  const placeholder = placeholderOf(element)
  const above = placeholder ? inherited(placeholder, slide) : []
  return [frameOf(element, mapping), ...above.map((shape) => frameOf(shape, slideMapping))].find(
    (frame) => frame !== undefined,
  )
}

const EMU_PER_POINT = 12_700

function atOf(scope: SlideScope, shape?: Shape): At {
  const page = scope.slide.number
  const frame = shape && frameWith(shape, scope)
  if (!frame) return { page, path: scope.slide.part }
  const points = (emu: number) => Math.round((emu / EMU_PER_POINT) * 10) / 10
  const box = {
    page,
    x0: points(frame.x),
    y0: points(frame.y),
    x1: points(frame.x + frame.width),
    y1: points(frame.y + frame.height),
  }
  return { page, boxes: [box], path: scope.slide.part }
}
