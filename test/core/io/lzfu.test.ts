import { expect, test } from 'vitest'
import { unpackRtf } from '../../../src/core/io/lzfu.ts'

// The first example of [MS-OXRTFCP] (3.1.1).
const example = Buffer.from(
  '2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0',
  'hex',
)
const words = '{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n'

test('packed rich text of Outlook is unpacked', () => {
  expect(Buffer.from(unpackRtf(example, 1e6)!).toString('latin1')).toBe(words)
})
test('it ends at the limit, and what claims gigabytes takes no room', () => {
  expect(unpackRtf(example, 5)).toHaveLength(5)
  const liar = Buffer.from(example)
  liar.writeUInt32LE(0xffffffff, 4)
  expect(Buffer.from(unpackRtf(liar, 2 ** 31)!).toString('latin1')).toBe(words)
})
test('other bytes are none', () => {
  expect(unpackRtf(Buffer.from('{\\rtf1 no packing at all}'), 1e6)).toBeUndefined()
  expect(unpackRtf(new Uint8Array(3), 1e6)).toBeUndefined()
})
