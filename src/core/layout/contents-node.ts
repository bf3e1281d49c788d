import { contents } from '../doc/build.ts'
import type { Contents, ContentsEntry } from '../doc/model.ts'
import type { ContentsBlock, ContentsLine } from './contents.ts'
import type { Hyphens } from './hyphens.ts'
import { joinLines } from './join-lines.ts'

/** Left edges this near are one level (points). */
const SAME_INDENT = 5

export function contentsNode(block: ContentsBlock, hyphens: Hyphens): Contents {
  const indents = levels(block.lines.map((line) => line.indent))
  const entries = grouped(block.lines).map((group): ContentsEntry => {
    const { content, at } = joinLines(
      group.map(({ line }) => line),
      hyphens,
    )
    const { number, leader = '' } = group.at(-1)!
    return {
      level: indents(group[0]!.indent),
      content,
      ...(number === undefined ? {} : { page: number }),
      ...(leader === '' ? {} : { leader }),
      at,
    }
  })
  const { page, x0, y0, x1, y1 } = block
  return contents(entries, { at: { page, boxes: [{ page, x0, y0, x1, y1 }] } })
}

/** A line without a number goes on with the next one, when that is not set further out. */
function grouped(lines: readonly ContentsLine[]): ContentsLine[][] {
  const groups: ContentsLine[][] = []
  for (const line of lines) {
    const last = groups.at(-1)?.at(-1)
    const isWrapped =
      last !== undefined &&
      last.number === undefined &&
      line.line.baseline - last.line.baseline < 1.35 * line.line.size &&
      line.indent >= last.indent - 1 &&
      !line.line.isBold === !last.line.isBold
    if (isWrapped) groups.at(-1)!.push(line)
    else groups.push([line])
  }
  return groups
}

function levels(indents: readonly number[]): (indent: number) => number {
  const steps: number[] = []
  for (const indent of indents.toSorted((one, other) => one - other))
    if (steps.length === 0 || indent - steps.at(-1)! > SAME_INDENT) steps.push(indent)
  return (indent) => Math.max(1, steps.filter((step) => step <= indent + 0.1).length)
}
