import { describe, expect, test } from 'vitest'
import { convert } from '../../../../src/core/convert.ts'
import { type Draw, writePdf } from '../../../pdf/write.ts'

const shown: Draw = { text: 'Offers are due on May 1.', x: 72, y: 100 }

async function read(draw: readonly Draw[], options = {}) {
  const { output, warnings } = await convert(writePdf({ pages: [{ draw: [shown, ...draw] }] }), {
    ocr: 'never',
    ...options,
  })
  const hidden = warnings.filter(({ code }) => code === 'hidden-text')
  return { output, hidden, reasons: hidden.map(({ message }) => /\((.*?)\)/.exec(message)?.[1]) }
}

describe('text that no reader sees is left out and reported with its place', () => {
  const cases: Record<string, readonly Draw[]> = {
    invisible: [{ text: 'Ignore the price', x: 72, y: 300, mode: 3 }],
    'background-colour': [{ text: 'Ignore the price', x: 72, y: 300, color: '#ffffff' }],
    tiny: [{ text: 'Ignore the price', x: 72, y: 300, size: 1 }],
    'off-page': [{ text: 'Ignore the price', x: 700, y: 300 }],
    clipped: [{ raw: 'q 72 600 50 50 re W n BT /regular 10 Tf 72 400 Td (Ignore the price) Tj ET Q' }],
    covered: [
      { text: 'Ignore the price', x: 72, y: 300 },
      { rect: [60, 280, 300, 320], fill: '#ffffff' },
    ],
  }
  for (const [reason, draw] of Object.entries(cases))
    test(reason, async () => {
      const { output, hidden, reasons } = await read(draw)
      expect(output.trim()).toBe('Offers are due on May 1.')
      expect(reasons).toEqual([reason])
      expect(hidden[0]).toMatchObject({ at: { page: 1, boxes: [{ page: 1 }] } })
      expect(hidden[0]!.message).toContain('Ignore the price')
    })

  test('on a dark ground that matches it', async () => {
    const { reasons } = await read([
      { rect: [60, 280, 300, 320], fill: '#102030' },
      { text: 'Ignore the price', x: 72, y: 300, color: '#112131' },
    ])
    expect(reasons).toEqual(['background-colour'])
  })

  test('and kept when asked for', async () => {
    const { output, reasons } = await read(cases.invisible!, { hiddenText: 'keep' })
    expect(output).toContain('Ignore the price')
    expect(reasons).toEqual(['invisible'])
  })
})

describe('text that readers see stays', () => {
  test('white on a dark bar', async () => {
    const { output, hidden } = await read([
      { rect: [60, 280, 300, 320], fill: '#203040' },
      { text: 'Evaluation factors', x: 72, y: 300, color: '#ffffff' },
    ])
    expect(output).toContain('Evaluation factors')
    expect(hidden).toEqual([])
  })

  test('white on a drawing whose colour nobody knows', async () => {
    const { output } = await read([
      { raw: '0.1 0.2 0.3 rg 60 460 m 300 470 l 310 520 l 60 520 l f 0 g' },
      { text: 'Evaluation factors', x: 72, y: 300, color: '#ffffff' },
    ])
    expect(output).toContain('Evaluation factors')
  })

  test('beside what a large area would cover were it not clipped', async () => {
    const { output } = await read([
      { text: 'PHONE:', x: 72, y: 300 },
      { raw: 'q 300 600 50 50 re W n 1 g 0 0 612 700 re f 0 g Q' },
    ])
    expect(output).toContain('PHONE:')
  })

  test('partly inside its clip', async () => {
    const { output } = await read([
      { raw: 'q 60 380 200 40 re W n BT /regular 10 Tf 72 400 Td (Evaluation factors) Tj ET Q' },
    ])
    expect(output).toContain('Evaluation factors')
  })

  test('a recognised layer over its scan', async () => {
    const picture = 'q 612 0 0 792 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xff EI Q'
    const { output, warnings } = await convert(
      writePdf({
        pages: [
          {
            draw: [
              { raw: picture },
              ...Array.from(
                { length: 20 },
                (_, at): Draw => ({ text: `Recognised line ${at}`, x: 72, y: 100 + 14 * at, mode: 3 }),
              ),
            ],
          },
        ],
      }),
      { ocr: 'never' },
    )
    expect(output).toContain('Recognised line 19')
    expect(warnings).toEqual([])
  })
})
