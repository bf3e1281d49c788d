/** What is drawn in which colour. */
import type { BlockType } from '../doc/model.ts'

/** `fill`: how opaque; absent: only the outline is drawn. */
type Row = { readonly color: string; readonly about: string; readonly fill?: number; readonly dash?: string }

const rows: {
  readonly [L in
    | Exclude<BlockType, 'pageBreak'>
    | 'word'
    | 'line'
    | 'stroke'
    | 'hidden'
    | 'cell'
    | 'header-cell']: Row
} = {
  word: { color: '#888888', about: 'word' },
  stroke: { color: '#00a0a0', about: 'drawn line', fill: 0.6 },
  hidden: { color: '#ff00ff', about: 'text that nobody sees', fill: 0.25 },
  line: { color: '#4a90d9', about: 'line of text', dash: '1 1' },
  cell: { color: '#008000', about: 'cell', fill: 0.05 },
  'header-cell': { color: '#008000', about: 'cell of a header row', fill: 0.25 },
  heading: { color: '#d00000', about: 'heading with its level', fill: 0.1 },
  paragraph: { color: '#1f4fbf', about: 'paragraph' },
  list: { color: '#8a2be2', about: 'list' },
  table: { color: '#006400', about: 'table' },
  contents: { color: '#b06000', about: 'table of contents', fill: 0.06 },
  figure: { color: '#c71585', about: 'figure', fill: 0.1 },
  formula: { color: '#5f6b00', about: 'formula', fill: 0.1 },
  code: { color: '#404040', about: 'code', fill: 0.08 },
  quote: { color: '#607080', about: 'quote' },
  field: { color: '#d07000', about: 'form field', fill: 0.1 },
  note: { color: '#a08000', about: 'note or remark', fill: 0.15 },
  furniture: { color: '#707070', about: 'header, footer, number', fill: 0.15, dash: '3 2' },
  rule: { color: '#000000', about: 'rule' },
}

/** In the order in which they are drawn. */
export const layers = Object.keys(rows)

export const style = [
  'text{font-family:sans-serif;font-size:6px;fill:#fff}',
  'rect{vector-effect:non-scaling-stroke}',
  '.readable{fill:#000;fill-opacity:0}',
  '.legend text{font-size:9px;fill:#222}.legend .title{font-size:12px;font-weight:bold}',
  ...Object.entries(rows).map(
    ([layer, { color, fill = 0, dash }]) =>
      `.${layer} rect{fill:${color};fill-opacity:${fill};stroke:${color};stroke-width:1${dash ? `;stroke-dasharray:${dash}` : ''}}.${layer} .tag{fill-opacity:.85;stroke:none}`,
  ),
].join('\n')

/** A row for each layer that the page has. */
export function legendOf(title: string, counts: Readonly<Record<string, number>>): string {
  const present = Object.entries(rows).filter(([layer]) => (counts[layer] ?? 0) > 0)
  const lines = present.map(
    ([layer, { about }], at) =>
      `<g class="${layer}"><rect x="0" y="${14 * at + 12}" width="10" height="8"/></g><text x="16" y="${14 * at + 19}">${counts[layer]} × ${about}</text>`,
  )
  const last = 14 * present.length + 26
  return `<g class="legend"><text class="title">${title}</text>${lines.join('\n')}<text y="${last}">Tags: reading order, kind, confidence.</text></g>`
}
