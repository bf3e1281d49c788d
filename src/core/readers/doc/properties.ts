/** Properties of paragraphs and characters: pages of runs, each with changes to its style ([MS-DOC] 2.9.33, 2.9.174, 2.6). */

export type PropertyRun = {
  /** Offsets in the main stream, end excluded. */
  readonly from: number
  readonly to: number
  /** Paragraphs: the style. */
  readonly style: number
  readonly changes: Buffer
}

const PAGE = 512
const MOST_PAGES = 200_000
const nothing = Buffer.alloc(0)

/** The runs of all pages that a bin table names, in order. */
export function readRuns(
  stream: Buffer,
  table: Buffer,
  place: { readonly at: number; readonly size: number },
  kind: 'paragraph' | 'character',
): PropertyRun[] {
  const count = Math.min(MOST_PAGES, Math.floor((place.size - 4) / 8))
  const numbers = place.at + (count + 1) * 4
  const runs: PropertyRun[] = []
  for (let index = 0; index < count && numbers + index * 4 + 4 <= table.length; index++) {
    const page = stream
      .subarray((table.readUInt32LE(numbers + index * 4) & 0x3fffff) * PAGE)
      .subarray(0, PAGE)
    if (page.length === PAGE) runs.push(...pageRuns(page, kind))
  }
  return runs.sort((one, other) => one.from - other.from)
}

function pageRuns(page: Buffer, kind: 'paragraph' | 'character'): PropertyRun[] {
  const count = page[PAGE - 1]!
  const width = kind === 'paragraph' ? 13 : 1
  const entries = (count + 1) * 4
  if (entries + count * width > PAGE) return []
  const runs: PropertyRun[] = []
  for (let index = 0; index < count; index++) {
    const offset = page[entries + index * width]! * 2
    const { style, changes } =
      kind === 'paragraph' ? paragraphEntry(page, offset) : characterEntry(page, offset)
    runs.push({ from: page.readUInt32LE(index * 4), to: page.readUInt32LE(index * 4 + 4), style, changes })
  }
  return runs
}

type Properties = { readonly style: number; readonly changes: Buffer }

function paragraphEntry(page: Buffer, offset: number): Properties {
  if (offset === 0 || offset + 2 > PAGE) return { style: 0, changes: nothing }
  const short = page[offset]!
  const start = short === 0 ? offset + 2 : offset + 1
  const size = short === 0 ? page[offset + 1]! * 2 : short * 2 - 1
  const entry = page.subarray(start, Math.min(PAGE - 1, start + size))
  return entry.length < 2
    ? { style: 0, changes: nothing }
    : { style: entry.readUInt16LE(0), changes: entry.subarray(2) }
}

function characterEntry(page: Buffer, offset: number): Properties {
  const size = offset === 0 ? 0 : page[offset]!
  return { style: 0, changes: page.subarray(offset + 1, Math.min(PAGE - 1, offset + 1 + size)) }
}

/** The run that covers an offset of the main stream. */
export function runAt(runs: readonly PropertyRun[], at: number): PropertyRun | undefined {
  let low = 0
  let high = runs.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const run = runs[middle]!
    if (at < run.from) high = middle - 1
    else if (at >= run.to) low = middle + 1
    else return run
  }
  return undefined
}

export type Sprm = { readonly code: number; readonly operand: Buffer }

const TABLE_DEFINITION = 0xd608
const TAB_CHANGE = 0xc615

/** The single changes of a group, in order (2.6.1). */
export function* sprms(group: Buffer): Generator<Sprm> {
  let at = 0
  while (at + 2 < group.length + 1 && at + 2 <= group.length) {
    const code = group.readUInt16LE(at)
    const start = at + 2
    const { skip, size } = operandSize(code, group, start)
    if (size < 0 || start + skip > group.length) return
    yield { code, operand: group.subarray(start + skip, Math.min(group.length, start + skip + size)) }
    at = start + skip + size
  }
}

/** The size of an operand by the top three bits of its code; some state it themselves. */
function operandSize(code: number, group: Buffer, at: number): { skip: number; size: number } {
  switch (code >> 13) {
    case 0:
    case 1:
      return { skip: 0, size: 1 }
    case 3:
      return { skip: 0, size: 4 }
    case 7:
      return { skip: 0, size: 3 }
    case 6: {
      if (at >= group.length) return { skip: 0, size: -1 }
      if (code === TABLE_DEFINITION)
        return at + 2 > group.length ? { skip: 0, size: -1 } : { skip: 2, size: group.readUInt16LE(at) - 1 }
      const size = group[at]!
      return code === TAB_CHANGE && size === 255 ? { skip: 1, size: group.length } : { skip: 1, size }
    }
    default:
      return { skip: 0, size: 2 }
  }
}

export const number = ({ operand }: Sprm): number =>
  operand.length >= 4
    ? operand.readInt32LE(0)
    : operand.length >= 2
      ? operand.readUInt16LE(0)
      : (operand[0] ?? 0)
