/** The style that most of a document is set in: what a heading stands out from. */
import { heaviest } from '../numbers.ts'
import type { PageLayout } from '../page-layout.ts'
import type { Line } from '../text.ts'

export type BodyStyle = {
  readonly size: number
  readonly font: string
  readonly color: string
  readonly isBold: boolean
}

/** A document with fewer characters of running text is judged by its tables as well. */
const ENOUGH = 600

export function bodyStyle(pages: readonly PageLayout[]): BodyStyle {
  const text = pages.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === 'text' && !block.isLabels ? block.lines : [])),
  )
  const chars = text.reduce((sum, line) => sum + line.text.length, 0)
  return styleOf(chars >= ENOUGH ? text : [...text, ...tableLines(pages)])
}

const tableLines = (pages: readonly PageLayout[]): Line[] =>
  pages.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === 'table' ? block.cells.flatMap((cell) => cell.lines) : [])),
  )

function styleOf(lines: readonly Line[]): BodyStyle {
  const sizes = new Map<number, number>()
  const fonts = new Map<string, number>()
  const colors = new Map<string, number>()
  let [bold, all] = [0, 0]
  const add = <K>(map: Map<K, number>, key: K, weight: number) => map.set(key, (map.get(key) ?? 0) + weight)
  for (const line of lines) {
    const { length } = line.text
    add(sizes, Math.round(line.size * 2) / 2, length)
    add(fonts, line.font, length)
    add(colors, line.color ?? '', length)
    all += length
    if (line.isBold) bold += length
  }
  return {
    size: heaviest(sizes) ?? 10,
    font: heaviest(fonts) ?? '',
    color: heaviest(colors) ?? '',
    isBold: bold > 0.5 * all,
  }
}
