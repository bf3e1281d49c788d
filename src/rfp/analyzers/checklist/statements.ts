/** What checklist recipes read: sentences, items, and table rows as one line ("Last date for queries | 18 February"). */
import type { Box } from '../../../core/index.ts'
import { boxesOf, headingsOf, type Passage, type Reading, referenceOf } from '../../passages/passages.ts'
import type { Role } from '../../passages/roles.ts'

export type Statement = {
  readonly text: string
  /** The text with the lead-in of the item in front. */
  readonly full: string
  readonly role: Role
  readonly run: Passage['run']
  readonly passage: Passage
  readonly titles: string
  readonly page: number | null
  readonly boxes: readonly Box[]
  readonly blocks: readonly string[]
  readonly reference: string
  readonly isRow: boolean
  readonly isItem: boolean
  readonly isHeading: boolean
  /** Texts printed right after it: an address or a name may stand on the next lines. */
  readonly after: readonly Passage[]
  readonly order: number
}

export function statementsOf({ passages }: Reading): Statement[] {
  const shown = passages.filter(({ kind }) => kind !== 'furniture' && kind !== 'contents')
  const rows = new Map<string, Passage[]>()
  for (const passage of shown) {
    const cell = passage.run.cell
    if (cell) push(rows, `${cell.table} ${cell.row}`, passage)
  }
  const done = new Set<string>()
  return shown.flatMap((passage, index): Statement[] => {
    const cell = passage.run.cell
    const own = statement([passage], shown.slice(index + 1, index + 9), index)
    if (!cell) return [own]
    const key = `${cell.table} ${cell.row}`
    const row = rows.get(key)!
    if (done.has(key) || row.length < 2 || row.length > 12) return [own]
    done.add(key)
    const text = row.map((one) => one.text).join(' ')
    return text.length > 400 ? [own] : [{ ...statement(row, [], index), isRow: true }, own]
  })
}

const push = <K, V>(map: Map<K, V[]>, key: K, value: V): void => {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

function statement(parts: readonly Passage[], after: readonly Passage[], order: number): Statement {
  const first = parts[0]!
  const text = parts
    .map(({ run, text }, index) =>
      index === 0 && parts.length > 1 && run.label ? `${run.label} ${text}` : text,
    )
    .join(' ')
  return {
    text,
    full: first.stem ? `${first.stem.text} ${text}` : text,
    role: first.role,
    run: first.run,
    passage: first,
    titles: headingsOf(first.node)
      .map((node) => node.title)
      .join(' / '),
    page: first.page,
    boxes: parts.flatMap(({ run, range }) => boxesOf(run, range)),
    blocks: [...new Set(parts.flatMap(({ run }) => run.blocks))],
    reference: referenceOf(first.node),
    isRow: false,
    isItem: first.leads,
    isHeading: first.kind === 'heading',
    after,
    order,
  }
}
