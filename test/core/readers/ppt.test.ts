import { describe, expect, test } from 'vitest'
import { compound } from './binary/cfb.ts'
import { u16, u32 } from './binary/word.ts'
import { read } from './sketch.ts'

const rec = (type: number, data: Uint8Array, instance = 0, version = 0) =>
  Buffer.concat([u16((instance << 4) | version, type), u32(data.length), data])
const box = (type: number, ...members: readonly Buffer[]) => rec(type, Buffer.concat(members), 0, 0xf)
const instance = (number: number, type: number, ...members: readonly Buffer[]) =>
  rec(type, Buffer.concat(members), number, 0xf)

type Style = { readonly count: number; readonly level: number; readonly bullet?: boolean }
const textStyle = (styles: readonly Style[], length: number) =>
  rec(
    0x0fa1,
    Buffer.concat([
      ...styles.map(({ count, level, bullet }) =>
        Buffer.concat([
          u32(count),
          u16(level),
          u32(bullet === undefined ? 0 : 1),
          ...(bullet === undefined ? [] : [u16(bullet ? 1 : 0)]),
        ]),
      ),
      u32(length + 1),
      u32(1),
      u16(1),
    ]),
  )
/** A text of a kind: 0 title, 1 body, 2 notes, 4 other. */
const words = (kind: number, value: string, styles?: readonly Style[]) => [
  rec(0x0f9f, u32(kind)),
  rec(0x0fa0, Buffer.from(value, 'utf16le')),
  ...(styles ? [textStyle(styles, value.length)] : []),
]
const shape = (top: number, ...content: readonly Buffer[]) =>
  box(0xf004, rec(0xf010, u16(top, 0, 1000, top + 100)), box(0xf00d, ...content))
const drawing = (...shapes: readonly Buffer[]) =>
  box(0x040c, box(0xf002, box(0xf003, box(0xf004), ...shapes)))

type Slide = {
  readonly shapes: readonly Buffer[]
  readonly outline?: readonly Buffer[]
  readonly hidden?: boolean
  readonly notes?: readonly Buffer[]
}

/** The stream of a presentation, and the one that says where its last edit stands ([MS-PPT] 2.1). */
function presentation(slides: readonly Slide[], objects: Buffer = box(0x0409), token = 0xe391c05f): Buffer {
  const notes = slides.map(({ notes: shapes }, at) =>
    shapes ? { id: 100 + at, record: box(0x03f0, drawing(...shapes)) } : undefined,
  )
  const made = slides.map(({ shapes, hidden }, at) =>
    box(
      0x03ee,
      rec(0x03ef, Buffer.concat([Buffer.alloc(16), u32(notes[at]?.id ?? 0), u16(0, 0)])),
      ...(hidden ? [rec(0x03f9, Buffer.concat([Buffer.alloc(10), u16(4), u32(0)]))] : []),
      drawing(...shapes),
    ),
  )
  const persist = (reference: number, id: number) => rec(0x03f3, u32(reference, 0, 0, id, 0))
  const document = box(
    0x03e8,
    objects,
    instance(0, 0x0ff0, ...slides.flatMap(({ outline = [] }, at) => [persist(at + 2, at + 256), ...outline])),
    instance(
      2,
      0x0ff0,
      ...notes.flatMap((note, at) => (note ? [persist(slides.length + 2 + at, note.id)] : [])),
    ),
  )
  const parts = [document, ...made, ...notes.map((note) => note?.record ?? Buffer.alloc(0))]
  const offsets: number[] = []
  let at = 0
  for (const part of parts) {
    offsets.push(at)
    at += part.length
  }
  const directory = rec(0x1772, Buffer.concat([u32((parts.length << 20) | 1), u32(...offsets)]))
  const edit = rec(0x0ff5, Buffer.concat([u32(0, 0, 0), u32(at, 1, parts.length + 1), u32(0)]))
  const user = rec(0x0ff6, Buffer.concat([u32(0x14, token, at + directory.length), Buffer.alloc(12)]))
  return compound({ 'PowerPoint Document': Buffer.concat([...parts, directory, edit]), 'Current User': user })
}

describe('PowerPoint 97–2003', () => {
  test('titles first, then texts from top to bottom with their levels', async () => {
    const { sketch, doc } = await read(
      presentation([
        {
          shapes: [
            shape(900, ...words(4, 'low')),
            shape(
              500,
              ...words(1, 'one\rinner\rtwo', [
                { count: 4, level: 0 },
                { count: 6, level: 1 },
                { count: 4, level: 0, bullet: false },
              ]),
            ),
            shape(50, ...words(0, 'Title\vof it')),
          ],
        },
        { shapes: [shape(10, ...words(4, 'second'))] },
      ]),
    )
    expect(sketch).toBe('h1 Title of it\n- *one*\n  - *inner*\np *two*\np low\npage 2\np second')
    expect(doc.pages.length).toBe(2)
  })
  test('texts kept in the outline, those that no shape shows too', async () => {
    const reference = rec(0x0f9e, u32(0))
    expect(
      (
        await read(
          presentation([
            {
              shapes: [shape(10, reference)],
              outline: [...words(0, 'From the outline'), ...words(1, 'loose')],
            },
          ]),
        )
      ).sketch,
    ).toBe('h1 From the outline\n- loose')
  })
  test('links by their ranges', async () => {
    const objects = box(
      0x0409,
      box(0x0fd7, rec(0x0fd3, u32(7)), rec(0x0fba, Buffer.from('http://x.org/', 'utf16le'), 1)),
    )
    const link = [box(0x0ff2, rec(0x0ff3, u32(0, 7, 0, 0))), rec(0x0fdf, u32(4, 8))]
    expect(
      (await read(presentation([{ shapes: [shape(10, ...words(4, 'see here now'), ...link)] }], objects)))
        .sketch,
    ).toBe('p see [here](http://x.org/) now')
  })
  test('notes, hidden slides', async () => {
    const { sketch, codes } = await read(
      presentation([
        { shapes: [shape(10, ...words(4, 'x'))], hidden: true, notes: [shape(10, ...words(2, 'say this'))] },
      ]),
    )
    expect(sketch).toBe('p x\n> p *Notes:*\n> p say this')
    expect(codes).toEqual(['hidden-content'])
  })
  test('tables are groups of boxes', async () => {
    const at = (left: number, top: number, right: number, bottom: number, value: string) =>
      box(0xf004, rec(0xf00f, u32(left, top, right, bottom)), box(0xf00d, ...words(4, value)))
    const marked = box(
      0xf004,
      rec(0xf010, u16(10, 0, 1000, 500)),
      rec(0xf122, Buffer.concat([u16(0x039f), u32(1)]), 1),
    )
    const grid = box(
      0xf003,
      marked,
      at(0, 0, 200, 50, 'wide'),
      at(0, 50, 100, 100, 'a'),
      at(100, 50, 200, 100, 'b'),
    )
    expect((await read(presentation([{ shapes: [grid] }]))).sketch).toBe('| wide [>2]\n| a | b')
  })
  test('an encrypted file asks for its password; a directory that is lost does not lose the slides', async () => {
    await expect(read(presentation([{ shapes: [] }], undefined, 0xf3d1c4df))).rejects.toMatchObject({
      code: 'password_required',
    })
    const stream = Buffer.concat([box(0x03e8), box(0x03ee, drawing(shape(10, ...words(4, 'found'))))])
    expect((await read(compound({ 'PowerPoint Document': stream }))).sketch).toBe('p found')
  })
})
