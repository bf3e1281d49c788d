/** Small Word 97 files written by hand ([MS-DOC]): one piece, one page of paragraphs, one of characters. */
import { compound } from './cfb.ts'

type TestParagraph = {
  /** Without its mark; `\x07` ends a cell. */
  readonly text: string
  readonly mark?: string
  /** Index into `styles`. */
  readonly style?: number
  /** Changes to the paragraph, as bytes of sprms. */
  readonly sprms?: readonly number[]
}
type TestRun = { readonly from: number; readonly to: number; readonly sprms: readonly number[] }
type TestStyle = { readonly name: string; readonly builtIn: number; readonly base?: number }

export type TestWord = {
  readonly paragraphs: readonly TestParagraph[]
  readonly runs?: readonly TestRun[]
  readonly styles?: readonly TestStyle[]
  /** Text of the footnotes, and where their marks (`\x02`) stand. */
  readonly footnotes?: {
    readonly text: string
    readonly references: readonly number[]
    readonly starts: readonly number[]
  }
  readonly flags?: number
  readonly tables?: Readonly<Record<number, Buffer>>
  /** The data stream. */
  readonly data?: Buffer
}

export const u16 = (...values: readonly number[]): Buffer => {
  const out = Buffer.alloc(values.length * 2)
  values.forEach((value, at) => {
    out.writeUInt16LE(value & 0xffff, at * 2)
  })
  return out
}
export const u32 = (...values: readonly number[]): Buffer => {
  const out = Buffer.alloc(values.length * 4)
  values.forEach((value, at) => {
    out.writeInt32LE(value | 0, at * 4)
  })
  return out
}

const TEXT = 2048

export function word(options: TestWord): Buffer {
  const {
    paragraphs,
    runs = [],
    styles = [{ name: 'Normal', builtIn: 0 }],
    footnotes,
    flags = 0,
    tables = {},
    data,
  } = options
  const body = paragraphs.map(({ text, mark = '\r' }) => text + mark).join('')
  const all = body + (footnotes?.text ?? '')
  const text = Buffer.from(all, 'utf16le')
  const paragraphPage = Math.ceil((TEXT + text.length) / 512)
  const stream = Buffer.alloc((paragraphPage + 2) * 512)
  text.copy(stream, TEXT)
  paragraphFkp(paragraphs, all.length).copy(stream, paragraphPage * 512)
  characterFkp(runs, all.length).copy(stream, (paragraphPage + 1) * 512)

  const places: Record<number, Buffer> = {
    1: styleSheet(styles),
    12: Buffer.concat([u32(TEXT, TEXT + text.length), u32(paragraphPage + 1)]),
    13: Buffer.concat([u32(TEXT, TEXT + text.length), u32(paragraphPage)]),
    33: Buffer.concat([Buffer.from([2]), u32(16), u32(0, all.length), u16(0), u32(TEXT), u16(0)]),
    ...(footnotes
      ? {
          2: Buffer.concat([
            u32(...footnotes.references, all.length),
            u16(...footnotes.references.map(() => 1)),
          ]),
          3: u32(...footnotes.starts),
        }
      : {}),
    ...tables,
  }
  const table: Buffer[] = []
  const pairs = Buffer.alloc(93 * 8)
  let at = 0
  for (const [index, data] of Object.entries(places)) {
    pairs.writeUInt32LE(at, Number(index) * 8)
    pairs.writeUInt32LE(data.length, Number(index) * 8 + 4)
    table.push(data)
    at += data.length
  }
  const counts = Buffer.alloc(22 * 4)
  counts.writeInt32LE(body.length, 3 * 4)
  counts.writeInt32LE(footnotes?.text.length ?? 0, 4 * 4)
  const base = Buffer.alloc(32)
  base.writeUInt16LE(0xa5ec, 0)
  base.writeUInt16LE(0xc1, 2)
  base.writeUInt16LE(0x0200 | flags, 10)
  Buffer.concat([base, u16(14), Buffer.alloc(28), u16(22), counts, u16(93), pairs]).copy(stream)
  return compound({
    WordDocument: stream,
    '1Table': Buffer.concat(table),
    ...(data ? { Data: data } : {}),
  })
}

function paragraphFkp(paragraphs: readonly TestParagraph[], end: number): Buffer {
  const page = Buffer.alloc(512)
  const entries = (paragraphs.length + 1) * 4
  let offset = 510
  let position = 0
  paragraphs.forEach(({ text, mark = '\r', style = 0, sprms = [] }, index) => {
    page.writeUInt32LE(TEXT + position * 2, index * 4)
    const content = Buffer.concat([u16(style), Buffer.from(sprms)])
    const padded = content.length % 2 === 0 ? Buffer.concat([content, Buffer.alloc(1)]) : content
    offset -= padded.length + 1
    offset -= offset % 2
    page[offset] = (padded.length + 1) / 2
    padded.copy(page, offset + 1)
    page[entries + index * 13] = offset / 2
    position += text.length + mark.length
  })
  page.writeUInt32LE(TEXT + end * 2, paragraphs.length * 4)
  page[511] = paragraphs.length
  return page
}

function characterFkp(runs: readonly TestRun[], end: number): Buffer {
  const edges = [...new Set([0, ...runs.flatMap(({ from, to }) => [from, to]), end])].sort(
    (one, other) => one - other,
  )
  const page = Buffer.alloc(512)
  const entries = edges.length * 4
  let offset = 510
  edges.forEach((edge, index) => {
    page.writeUInt32LE(TEXT + edge * 2, index * 4)
    const run = runs.find(({ from }) => from === edge)
    if (!run || index === edges.length - 1) return
    offset -= run.sprms.length + 1
    offset -= offset % 2
    page[offset] = run.sprms.length
    Buffer.from(run.sprms).copy(page, offset + 1)
    page[entries + index] = offset / 2
  })
  page[511] = edges.length - 1
  return page
}

function styleSheet(styles: readonly TestStyle[]): Buffer {
  const entries = styles.map(({ name, builtIn, base = 0xfff }) => {
    const body = Buffer.concat([
      u16(builtIn, 1 | (base << 4), 2, 0, 0),
      u16(name.length),
      Buffer.from(`${name}\0`, 'utf16le'),
      u16(2, 0),
      u16(0),
    ])
    return Buffer.concat([u16(body.length), body])
  })
  return Buffer.concat([u16(18), u16(styles.length, 10), Buffer.alloc(14), ...entries])
}
