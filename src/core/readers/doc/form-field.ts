/** Fields of a form, whose state the data stream keeps beside the text ([MS-DOC] 2.9.157 and 2.9.78). */

const CHECKBOX = 1
const CHOICE = 2
/** The field was never touched: its default stands. */
const UNTOUCHED = 25
const MOST_ENTRIES = 100

/** What a box to tick or a choice shows; undefined: it is of another kind, or its data are damaged. */
export function formFieldAt(data: Buffer, position: number): string | undefined {
  if (position + 8 > data.length) return undefined
  const read = cursor(data, position + data.readUInt16LE(position + 4))
  const version = read.short() + read.short()
  const bits = read.short()
  const kind = bits & 3
  if (version !== 2 * 0xffff || (kind !== CHECKBOX && kind !== CHOICE)) return undefined
  const state = (bits >> 2) & 31
  read.skip(4)
  read.text()
  const standard = read.short()
  const chosen = state === UNTOUCHED ? standard : state
  if (kind === CHECKBOX) return chosen === 1 ? '☒' : '☐'
  // Format, help, status line and the two macros.
  for (let at = 0; at < 5; at++) read.text()
  read.skip(2)
  const count = Math.min(read.short(), MOST_ENTRIES)
  read.skip(2)
  return Array.from({ length: count }, () => read.words())[chosen]
}

function cursor(data: Buffer, start: number) {
  let at = start
  const short = (): number => {
    at += 2
    return at <= data.length ? data.readUInt16LE(at - 2) : 0
  }
  const words = (): string => {
    const length = short() * 2
    at += length
    return at <= data.length ? data.toString('utf16le', at - length, at) : ''
  }
  return {
    short,
    words,
    /** Words that end with a zero. */
    text: (): string => {
      const found = words()
      at += 2
      return found
    },
    skip: (bytes: number) => {
      at += bytes
    },
  }
}
