import { doc, furniture, heading, pageBreak, paragraph, quote, text } from '../../doc/build.ts'
import type { Block, PageInfo } from '../../doc/model.ts'
import { plainText } from '../../doc/walk.ts'
import { attribute, child, elements, type Xml, xmlText } from '../../io/xml.ts'
import type { FlowReader } from '../../reader.ts'
import { drawn, frameBlocks } from './frame.ts'
import { startWalk } from './odt.ts'
import { openOdf } from './package.ts'
import { arrange, boxOf } from './place.ts'
import type { Walk } from './walk.ts'

/** OpenDocument presentations (ODP, OTP, flat FODP): slides in order, their parts from top to bottom. */
export const readOdp: FlowReader = async (input, context) => {
  const file = await openOdf(input, context)
  const walk = await startWalk(file, context)
  const slides = elements(file.body, 'page')
  const blocks: Block[] = []
  const pages: PageInfo[] = []
  for (const [index, slide] of slides.entries()) {
    const page = index + 1
    context.progress({ stage: 'reading', page, pages: slides.length })
    if (page > context.limits.pages || context.isLate()) {
      context.report.warn(
        'pages-skipped',
        `Slides from ${page} on were not read: over the limit of pages or time.`,
        { page },
      )
      break
    }
    if (isHidden(slide, walk))
      context.report.warn('hidden-content', `Slide ${page} is hidden in the show.`, { page })
    if (page > 1) blocks.push(pageBreak(page))
    blocks.push(...slideBlocks(slide, walk).map((block): Block => ({ ...block, at: { ...block.at, page } })))
    pages.push({ number: page, text: 'native' })
  }
  return doc('odp', [...blocks, ...walk.notes], { meta: file.meta, pages })
}

const isHidden = (slide: Xml, { styles }: Walk): boolean => {
  const style = styles.element('drawing-page', attribute(slide, 'style-name'))
  return attribute(child(style, 'drawing-page-properties'), 'visibility') === 'hidden'
}

const furnitureClasses = /^(header|footer|date-time|page-number)$/

function slideBlocks(slide: Xml, walk: Walk): Block[] {
  const shapes = elements(slide).filter(
    (shape) => drawn.has(shape.local) && attribute(shape, 'placeholder') !== 'true',
  )
  const isFurniture = (shape: Xml) => furnitureClasses.test(classOf(shape))
  const content = arrange(shapes.filter((shape) => !isFurniture(shape)))
  const title = titleOf(content)
  const head = title ? titleBlocks(title, walk) : []
  const body = content.filter((shape) => shape !== title).flatMap((shape) => frameBlocks(shape, walk))
  const foot = shapes
    .filter((shape) => isFurniture(shape) && xmlText(shape).trim() !== '')
    .flatMap((shape) => frameBlocks(shape, walk))
  return [...head, ...body, ...(foot.length > 0 ? [furniture('footer', foot)] : []), ...notesOf(slide, walk)]
}

const classOf = (shape: Xml): string => attribute(shape, 'class') ?? ''

/** The placeholder of the title; without one, a single line that stands above everything else. */
function titleOf(content: readonly Xml[]): Xml | undefined {
  const named = content.find((shape) => classOf(shape) === 'title')
  if (named) return named
  const [first, second] = content
  if (!first || first.local === 'g') return undefined
  const words = xmlText(first).trim()
  const isLine = words !== '' && words.length <= 120 && !words.includes('\n')
  const top = boxOf(first)
  const next = second && boxOf(second)
  return isLine && top && top.y < TOP && (!next || next.y >= top.y + top.height * 0.8) ? first : undefined
}

/** Titles stand in the upper third of a slide (in cm; slides are about 16 to 21 high). */
const TOP = 6

function titleBlocks(title: Xml, walk: Walk): Block[] {
  const blocks = frameBlocks(title, walk)
  const lines = blocks.map(plainText).filter((words) => words.trim() !== '')
  const [first, ...rest] = blocks
  if (!first || lines.length === 0) return []
  if (first.type !== 'paragraph' && first.type !== 'heading')
    return [heading(1, plainText(first).replace(/\s+/g, ' ').trim()), ...rest]
  return [heading(1, first.content, { at: first.at, anchors: first.anchors }), ...rest]
}

function notesOf(slide: Xml, walk: Walk): Block[] {
  const notes = child(slide, 'notes')
  if (!notes) return []
  const shapes = elements(notes).filter(
    (shape) =>
      drawn.has(shape.local) && shape.local !== 'page-thumbnail' && !furnitureClasses.test(classOf(shape)),
  )
  const blocks = shapes
    .flatMap((shape) => frameBlocks(shape, walk))
    .filter((block) => plainText(block).trim() !== '')
  return blocks.length > 0
    ? [quote([paragraph([text('Notes:', ['bold'])]), ...blocks], { evidence: ['speaker-notes'] })]
    : []
}
