/** The style sheet ([MS-DOC] 2.9.271, 2.9.260). */
export type Style = {
  readonly name: string
  /** Number of a built-in style: 1 to 9 are the headings, 62 the title. */
  readonly builtIn: number
  readonly base: number | undefined
  readonly paragraph: Buffer
  readonly character: Buffer
}

const NO_STYLE = 0xfff
const nothing = Buffer.alloc(0)

export function readStyles(table: Buffer, at: number, size: number): Map<number, Style> {
  const styles = new Map<number, Style>()
  const end = Math.min(table.length, at + size)
  if (at + 8 > end) return styles
  const header = table.readUInt16LE(at)
  const count = table.readUInt16LE(at + 2)
  const fixed = table.readUInt16LE(at + 4)
  let offset = at + 2 + header
  for (let index = 0; index < count && offset + 2 <= end; index++) {
    const length = table.readUInt16LE(offset)
    const entry = table.subarray(offset + 2, Math.min(end, offset + 2 + length))
    const style = length > 0 ? readStyle(entry, fixed) : undefined
    if (style) styles.set(index, style)
    offset += 2 + length + (length % 2)
  }
  return styles
}

function readStyle(entry: Buffer, fixed: number): Style | undefined {
  if (entry.length < fixed + 2 || entry.length < 8) return undefined
  const builtIn = entry.readUInt16LE(0) & 0xfff
  const kind = entry.readUInt16LE(2) & 0xf
  const base = entry.readUInt16LE(2) >> 4
  const parts = entry.readUInt16LE(4) & 0xf
  const characters = entry.readUInt16LE(fixed)
  const nameEnd = fixed + 2 + characters * 2
  const name = entry.toString('utf16le', fixed + 2, Math.min(entry.length, nameEnd))
  const groups: Buffer[] = []
  let at = nameEnd + 2
  for (let part = 0; part < parts && at + 2 <= entry.length; part++) {
    at += at % 2
    if (at + 2 > entry.length) break
    const size = entry.readUInt16LE(at)
    groups.push(entry.subarray(at + 2, at + 2 + size))
    at += 2 + size
  }
  // A paragraph style has changes to paragraphs, which start with its own number, then to characters.
  const isParagraph = kind === 1
  return {
    name,
    builtIn,
    base: base === NO_STYLE ? undefined : base,
    paragraph: isParagraph ? (groups[0]?.subarray(2) ?? nothing) : nothing,
    character: (isParagraph ? groups[1] : kind === 2 ? groups[0] : undefined) ?? nothing,
  }
}

/** Styles inherit; a ring of bases ends here. */
const DEEPEST = 30

/** From the base that all rest on to the style itself. */
export function styleChain(styles: ReadonlyMap<number, Style>, number: number): readonly Style[] {
  const chain: Style[] = []
  for (let at: number | undefined = number; at !== undefined && chain.length < DEEPEST; ) {
    const style: Style | undefined = styles.get(at)
    if (!style || chain.includes(style)) break
    chain.unshift(style)
    at = style.base
  }
  return chain
}
