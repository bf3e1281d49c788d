/** Which blocks are headings, and of what level. */
import { heaviest } from './numbers.ts'
import type { PageLayout, TextBlock } from './page-layout.ts'

export type HeadingInfo = {
  readonly level: number
  readonly confidence: number
  readonly evidence: readonly string[]
}

/** A size this much above the body's stands out. */
const BIGGER = 1.12
const MAX_LINES = 4
const MAX_CHARS = 220

export type BodyStyle = { readonly size: number; readonly isBold: boolean }

/** The style most characters of the document are set in. */
export function bodyStyle(pages: readonly PageLayout[]): BodyStyle {
  const weights = new Map<number, number>()
  let bold = 0
  let all = 0
  for (const page of pages)
    for (const block of page.blocks)
      for (const line of block.kind === 'text' ? block.lines : []) {
        const size = Math.round(line.size * 2) / 2
        weights.set(size, (weights.get(size) ?? 0) + line.text.length)
        all += line.text.length
        if (line.isBold) bold += line.text.length
      }
  return { size: heaviest(weights) ?? 10, isBold: bold > 0.5 * all }
}

export function findHeadings(blocks: readonly TextBlock[], body: BodyStyle): Map<TextBlock, HeadingInfo> {
  const tagged = blocks.some((block) => block.lines[0]!.tag?.kind === 'heading')
  if (tagged) return taggedHeadings(blocks)
  const found = blocks.filter((block) => standsOut(block, body))
  const sizes = [...new Set(found.map(sizeClass))].sort((one, other) => other - one)
  return new Map(
    found.map((block) => [
      block,
      { level: Math.min(6, 1 + sizes.indexOf(sizeClass(block))), confidence: 0.6, evidence: ['style'] },
    ]),
  )
}

function taggedHeadings(blocks: readonly TextBlock[]): Map<TextBlock, HeadingInfo> {
  return new Map(
    blocks.flatMap((block) => {
      const tag = block.lines[0]!.tag
      if (tag?.kind !== 'heading' && tag?.kind !== 'title') return []
      return [[block, { level: tag.level ?? 1, confidence: 0.97, evidence: ['tag'] }] as const]
    }),
  )
}

const sizeClass = (block: TextBlock): number => Math.round(block.lines[0]!.size * 2) / 2

function standsOut({ lines }: TextBlock, body: BodyStyle): boolean {
  const text = lines.map((line) => line.text).join(' ')
  if (lines.length > MAX_LINES || text.length > MAX_CHARS || !/\p{L}{2}/u.test(text)) return false
  const isBig = lines.every((line) => line.size >= BIGGER * body.size)
  const isBold = lines.every((line) => line.isBold) && !body.isBold && lines[0]!.size >= 0.95 * body.size
  if (isBig) return !/[.;,]$/.test(text) || text.length < 60
  return isBold && text.length < 120 && !/[.;,:]$/.test(text) && lines.length <= 2
}
