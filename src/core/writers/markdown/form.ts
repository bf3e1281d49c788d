/** Fields of forms. */
import { item, list, paragraph, text } from '../../doc/build.ts'
import type { Block, Field, Inline, List } from '../../doc/model.ts'

const isCheck = (block: Block): block is Field =>
  block.type === 'field' && (block.kind === 'checkbox' || block.kind === 'radio')

/** Boxes to tick that follow one another are one list of tasks. */
export function groupChecks(blocks: readonly Block[]): readonly Block[] {
  if (!blocks.some(isCheck)) return blocks
  const out: Block[] = []
  let checks: Field[] = []
  const flush = () => {
    if (checks.length > 0) out.push(taskList(checks))
    checks = []
  }
  for (const block of blocks) {
    if (isCheck(block)) checks.push(block)
    else {
      flush()
      out.push(block)
    }
  }
  flush()
  return out
}

const taskList = (fields: readonly Field[]): List =>
  list(
    fields.map((field) => ({
      ...item([paragraph(field.label)], { at: field.at, checked: field.checked ?? false }),
      id: field.id,
    })),
  )

/** A field on one line: `label: value`, or the box and its label. */
export function fieldWords({ kind, label, value, checked }: Field): Inline[] {
  if (kind === 'checkbox' || kind === 'radio') return [text(`${checked ? '☒' : '☐'} ${label}`)]
  if (label === '') return [text(value)]
  return value === '' ? [text(`${label}:`, ['bold'])] : [text(`${label}:`, ['bold']), text(` ${value}`)]
}
