/** Frames and shapes: pictures, text boxes, embedded objects (OpenDocument 1.3 part 3, chapter 10). */
import { figure, formula } from '../../doc/build.ts'
import { tidyInline } from '../../doc/inline.ts'
import type { Block } from '../../doc/model.ts'
import { child, elements, type Xml, xmlText } from '../../io/xml.ts'
import { nextPlace, type Walk } from './walk.ts'

type Picture =
  | { readonly kind: 'picture'; readonly src: string; readonly alt: string }
  | { readonly kind: 'formula'; readonly latex: string }

/** What the frame shows when it stands in a line; undefined when it holds blocks. */
export function framePicture(frame: Xml, walk: Walk): Picture | undefined {
  const object = child(frame, 'object')
  const latex = object && walk.objects.formula(object)
  if (latex) return { kind: 'formula', latex }
  if (child(frame, 'text-box') || child(frame, 'table') || (object && walk.objects.chart(object)))
    return undefined
  const image = child(frame, 'image')
  return image ? { kind: 'picture', src: walk.objects.picture(image), alt: altOf(frame) } : undefined
}

const altOf = (frame: Xml): string => {
  const words = (local: string) => {
    const found = child(frame, local)
    return found ? xmlText(found).replace(/\s+/g, ' ').trim() : ''
  }
  return words('desc') || words('title')
}

/** The frame's content as blocks; a box that holds a picture and its caption is a figure. */
export function frameBlocks(frame: Xml, walk: Walk): readonly Block[] {
  const picture = frame.local === 'frame' ? framePicture(frame, walk) : undefined
  if (picture?.kind === 'formula') return [formula(picture.latex, nextPlace(walk))]
  if (picture)
    return [figure(picture.alt, { src: picture.src === '' ? undefined : picture.src, ...nextPlace(walk) })]
  const object = child(frame, 'object')
  const chart = object && walk.objects.chart(object)
  if (chart) return [figure(altOf(frame) || 'Chart', nextPlace(walk)), chart]
  const box = child(frame, 'text-box')
  if (box) return withCaption(walk.blocks(box, walk))
  if (child(frame, 'table')) return walk.blocks(frame, walk)
  const text = elements(frame).filter(({ local }) => textInShape.has(local))
  const shapes = elements(frame).filter(({ local }) => drawn.has(local))
  const alt = altOf(frame)
  return [
    ...(alt === '' ? [] : [figure(alt, nextPlace(walk))]),
    ...walk.blocks({ ...frame, children: text }, walk),
    ...shapes.flatMap((shape) => frameBlocks(shape, walk)),
  ]
}

const textInShape: ReadonlySet<string> = new Set(['p', 'h', 'list'])
export const drawn: ReadonlySet<string> = new Set(
  'frame custom-shape rect ellipse circle line polyline polygon regular-polygon path connector caption measure g'.split(
    ' ',
  ),
)

function withCaption(blocks: readonly Block[]): readonly Block[] {
  const [only] = blocks
  if (blocks.length !== 1 || only?.type !== 'paragraph') return blocks
  const [first, ...rest] = only.content
  const caption = tidyInline(rest)
  if (first?.type !== 'image' || caption.length === 0 || caption.some(({ type }) => type === 'image'))
    return blocks
  return [
    figure(first.alt, {
      src: first.src === '' ? undefined : first.src,
      caption,
      at: only.at,
      anchors: only.anchors,
    }),
  ]
}
