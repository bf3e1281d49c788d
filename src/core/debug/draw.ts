/** What was found on each page, drawn over it: SVG that every browser shows and searches. */
import type { At, Block, Box, Doc } from '../doc/model.ts'
import type { Rect } from '../doc/page.ts'
import { plainText } from '../doc/walk.ts'
import { layers, legendOf, style } from './legend.ts'
import type { Seen } from './watch.ts'

export type DebugPicture = { readonly page: number; readonly svg: string }

/** Room for the legend beside the page, in points. */
const LEGEND_WIDTH = 190
const LABEL_SIZE = 6

export function drawSheets(doc: Doc, seen: readonly Seen[]): DebugPicture[] {
  const shapes = Map.groupBy(
    doc.blocks.flatMap((block, at) => shapesOf(block, at + 1)),
    ({ box }) => box.page,
  )
  return seen.map((page) => ({ page: page.number, svg: sheetOf(page, shapes.get(page.number) ?? []) }))
}

/** A box of a block; `label` is printed at its corner, `about` shown when it is pointed at. */
type Shape = {
  readonly layer: string
  readonly box: Box
  readonly label?: string
  readonly about: string
}

function shapesOf(block: Block, order: number): Shape[] {
  const { type, confidence, evidence = [] } = block
  const kind = type === 'heading' ? `heading ${block.level}` : type === 'furniture' ? block.role : type
  const sure = confidence === undefined ? '' : ` ${confidence.toFixed(2)}`
  const about = `${order} ${kind}${sure} ${evidence.join(' ')}\n${plainText(block).slice(0, 300)}`
  const own = boxesOf(block.at, { layer: type, label: `${order} ${kind}${sure}`, about })
  return [...partsOf(block), ...own]
}

/** Printed lines of text, cells of tables. */
function partsOf(block: Block): Shape[] {
  switch (block.type) {
    case 'heading':
    case 'paragraph':
      return (block.spans ?? []).map(({ box }) => ({ layer: 'line', box, about: 'line' }))
    case 'table':
      return block.rows.flatMap(({ cells }, row) =>
        cells.flatMap(({ at = {}, blocks, rowSpan = 1, colSpan = 1 }, index) => {
          const spans = rowSpan * colSpan > 1 ? `, spans ${rowSpan} × ${colSpan}` : ''
          const about = `row ${row + 1}, cell ${index + 1}${spans}\n${blocks.map(plainText).join('\n')}`
          return boxesOf(at, { layer: row < block.headerRows ? 'header-cell' : 'cell', about })
        }),
      )
    default:
      return []
  }
}

const boxesOf = ({ boxes = [] }: At, shape: Omit<Shape, 'box'>): Shape[] =>
  boxes.map((box) => ({ ...shape, box }))

function sheetOf(page: Seen, shapes: readonly Shape[]): string {
  const { number, width, height, words, strokes, hidden, png } = page
  const byLayer = Map.groupBy(shapes, ({ layer }) => layer)
  const groups = [
    group('word', words, (word) => rect(word, word.text)),
    group('stroke', strokes, (stroke) => rect(stroke)),
    group('hidden', hidden, (one) => rect(one, `${one.reason}: ${one.text}`)),
    ...layers.map((layer) => group(layer, byLayer.get(layer) ?? [], shapeMark)),
    ...words.map(readable),
  ]
  const counts: Record<string, number> = { word: words.length, stroke: strokes.length, hidden: hidden.length }
  for (const [layer, all] of byLayer) counts[layer] = all.length
  const [w, h] = [width + LEGEND_WIDTH, Math.max(height, 300)].map(round)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${w} ${h}" width="${round(1.5 * w!)}" height="${round(1.5 * h!)}">
<title>Page ${number}</title>
<style>${style}</style>
<rect width="${w}" height="${h}" fill="#fff"/>
${png ? `<image width="${round(width)}" height="${round(height)}" preserveAspectRatio="none" href="data:image/png;base64,${Buffer.from(png).toString('base64')}"/>` : ''}
<rect width="${round(width)}" height="${round(height)}" fill="#fff" fill-opacity=".35" stroke="#999" stroke-width=".5"/>
${groups.filter(Boolean).join('\n')}
<g transform="translate(${round(width + 10)} 16)">${legendOf(`Page ${number} (${source(page)})`, counts)}</g>
</svg>
`
}

const source = (page: Seen): string =>
  ({ native: 'text of the file', ocr: 'recognised', none: 'no text' })[page.source]

function group<T>(layer: string, all: readonly T[], draw: (one: T) => string): string {
  return all.length === 0 ? '' : `<g class="${layer}">${all.map(draw).join('\n')}</g>`
}

function shapeMark({ box, label, about }: Shape): string {
  if (label === undefined) return rect(box, about)
  const y = Math.max(LABEL_SIZE, box.y0)
  const size = { x: round(box.x0), y: round(y - LABEL_SIZE), height: LABEL_SIZE }
  const width = round(label.length * 0.56 * LABEL_SIZE + 2)
  return `${rect(box, about)}<rect class="tag" x="${size.x}" y="${size.y}" width="${width}" height="${size.height}"/><text x="${round(box.x0 + 1)}" y="${round(y - 1)}">${escaped(label)}</text>`
}

function rect({ x0, y0, x1, y1 }: Rect, about?: string): string {
  const place = `x="${round(x0)}" y="${round(y0)}" width="${round(Math.max(0.2, x1 - x0))}" height="${round(Math.max(0.2, y1 - y0))}"`
  return about === undefined ? `<rect ${place}/>` : `<rect ${place}><title>${escaped(about)}</title></rect>`
}

/** The word as text that is not seen, so that a browser finds and copies it. */
const readable = ({ x0, y0, x1, y1, text }: Rect & { readonly text: string }): string =>
  `<text class="readable" x="${round(x0)}" y="${round(y0 + 0.8 * (y1 - y0))}" font-size="${round(y1 - y0)}" textLength="${round(Math.max(0.2, x1 - x0))}" lengthAdjust="spacingAndGlyphs">${escaped(text)}</text>`

const round = (value: number): number => Math.round(value * 10) / 10

/** Also without the characters that XML 1.0 cannot hold. */
const escaped = (text: string): string =>
  text
    .replace(
      /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
      '',
    )
    .replace(/[&<>]/g, (one) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[one]!)
