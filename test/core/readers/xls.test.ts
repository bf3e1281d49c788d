import { describe, expect, test } from 'vitest'
import { compound } from './binary/cfb.ts'
import { u16, u32 } from './binary/word.ts'
import { read } from './sketch.ts'

const record = (type: number, ...data: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(data)
  return Buffer.concat([u16(type, body.length), body])
}
const start = (kind: number) => record(0x0809, u16(0x0600, kind), Buffer.alloc(12))
const end = record(0x000a)
const object = (kind: number) => record(0x005d, u16(0x15, 18, kind, 1, 0x6011), Buffer.alloc(12), u16(0, 0))
const shape = (words: string, kind = 2) =>
  Buffer.concat([
    object(kind),
    record(0x01b6, Buffer.alloc(10), u16(words.length, 16), Buffer.alloc(4)),
    record(0x003c, Buffer.from([1]), Buffer.from(words, 'utf16le')),
    record(0x003c, Buffer.alloc(16)),
  ])
const label = (type: number, row: number, column: number, words: string) =>
  record(type, u16(row, column, 0, words.length), Buffer.from([0]), Buffer.from(words, 'latin1'))

/** A workbook of one sheet ([MS-XLS] 2.1.7.20). */
function workbook(...content: readonly Buffer[]): Buffer {
  const sheet = Buffer.concat([start(0x0010), ...content, end])
  const head = (at: number) =>
    Buffer.concat([
      start(0x0005),
      record(0x0042, u16(1200)),
      record(0x0085, u32(at), u16(0), Buffer.from([4, 0]), Buffer.from('Data')),
      end,
    ])
  return compound({ Workbook: Buffer.concat([head(head(0).length), sheet]) })
}

describe('XLS', () => {
  test('texts of shapes, but not those of comments', async () => {
    const file = workbook(label(0x0204, 0, 0, 'cell'), shape('first\rsecond'), shape('a comment', 0x19))
    expect((await read(file)).sketch).toBe('h2 Data\n# cell\np first\np second')
  })
  test('the numbers behind a chart', async () => {
    const number = (point: number, value: number) => {
      const data = Buffer.alloc(14)
      data.writeUInt16LE(point, 0)
      data.writeDoubleLE(value, 6)
      return record(0x0203, data)
    }
    const name = (words: string) => record(0x100d, u16(0), Buffer.from([words.length, 0]), Buffer.from(words))
    const chart = Buffer.concat([
      object(5),
      start(0x0020),
      record(0x1003, Buffer.alloc(12)),
      record(0x1051, Buffer.from([0, 1]), Buffer.alloc(6)),
      name('Sold'),
      record(0x1025, Buffer.alloc(32)),
      name('By year'),
      record(0x1027, u16(1, 0, 0)),
      record(0x1065, u16(1)),
      number(0, 7),
      number(1, 0.1 + 0.2),
      record(0x1065, u16(2)),
      label(0x0204, 0, 0, '2023'),
      label(0x0204, 1, 0, '2024'),
      end,
    ])
    expect((await read(workbook(label(0x0204, 0, 0, 'x'), chart))).sketch).toBe(
      'h2 Data\n# x\nfigure By year ()\ncaption By year\n#  | Sold\n| 2023 | 7\n| 2024 | 0.3',
    )
  })
  test('hidden rows and columns are said', async () => {
    const hiddenRow = record(0x0208, u16(1, 0, 1, 0, 0, 0, 0x20, 0))
    const hiddenColumn = record(0x007d, u16(1, 1, 2000, 0, 1, 0))
    const { warnings } = await read(
      workbook(
        hiddenColumn,
        hiddenRow,
        label(0x0204, 0, 0, 'a'),
        label(0x0204, 0, 1, 'b'),
        label(0x0204, 1, 0, 'c'),
      ),
    )
    expect(warnings.map(({ message }) => message)).toEqual(['Hidden in the sheet "Data": row 2, column B.'])
  })
  test('a workbook that is cut off is empty, and says so', async () => {
    expect((await read(compound({ Workbook: Buffer.alloc(10) }))).codes).toContain('empty-document')
  })
})
