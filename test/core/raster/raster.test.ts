import { describe, expect, test } from 'vitest'
import type { Picture } from '../../../src/core/ocr.ts'
import { components } from '../../../src/core/raster/components.ts'
import { inkShare, toBitmap, transpose } from '../../../src/core/raster/ink.ts'
import { leadersOf } from '../../../src/core/raster/leaders.ts'
import { evenlyLit } from '../../../src/core/raster/light.ts'
import { panelsOf, withPanelsCleared } from '../../../src/core/raster/panels.ts'
import { crop, rotate, scale, toPicture, turn } from '../../../src/core/raster/picture.ts'
import { lettersOf, sideways, skewOf } from '../../../src/core/raster/skew.ts'
import { linesOf } from '../../../src/core/raster/strokes.ts'
import { lines, prose, rasterOf } from '../../ocr/rasters.ts'

/** '#' black, '+' grey, anything else white. */
const drawn = (...rows: readonly string[]): Picture => ({
  width: rows[0]!.length,
  height: rows.length,
  grey: Uint8Array.from([...rows.join('')], (sign) => (sign === '#' ? 0 : sign === '+' ? 128 : 255)),
  dpi: 72,
})
const shown = ({ width, height, grey }: Picture): string[] =>
  Array.from({ length: height }, (_, y) =>
    [...grey.subarray(y * width, (y + 1) * width)]
      .map((value) => (value < 64 ? '#' : value < 192 ? '+' : '.'))
      .join(''),
  )

describe('a picture', () => {
  test('is made from colour on white paper', () => {
    const rgba = Uint8Array.of(255, 0, 0, 255, 0, 0, 0, 0)
    expect([...toPicture({ width: 2, height: 1, rgba, dpi: 72 }).grey]).toEqual([76, 255])
  })

  test.each([
    [90, ['..#', '..+']],
    [180, ['...', '+#.'].toReversed()],
    [270, ['+..', '#..']],
  ] as const)('turns %i degrees clockwise', (degrees, expected) => {
    const picture = drawn('#+', '..', '..')
    const turned = shown(turn(picture, degrees))
    expect(turned).toEqual(degrees === 180 ? ['..', '..', '+#'] : expected)
  })

  test('rotates counter-clockwise about its centre', () => {
    const dot = drawn('.......', '.......', '.......', '.....#.', '.......', '.......', '.......')
    expect(shown(rotate(dot, 90))[1]).toBe('...#...')
  })

  test('shrinks to the mean of the pixels and keeps the resolution true', () => {
    const half = scale(drawn('##..', '##..'), 0.5)
    expect([...half.grey]).toEqual([0, 255])
    expect(half.dpi).toBe(36)
  })

  test('is cut out with paper around', () => {
    expect(shown(crop(drawn('##', '##'), { x0: 1, y0: 0, x1: 2, y1: 1 }, 1))).toEqual(['...', '.#.', '...'])
  })
})

describe('ink', () => {
  test('is what is darker than its surroundings, in light and in shadow', () => {
    const width = 400
    const grey = new Uint8Array(width * 40).map((_, at) => 80 + ((at % width) * 170) / width)
    for (const x of [20, 380]) for (let y = 10; y < 30; y++) grey[y * width + x] = grey[y * width + x]! * 0.5
    const bitmap = toBitmap({ width, height: 40, grey, dpi: 100 })
    expect(components(bitmap).map(({ x0 }) => x0)).toEqual([20, 380])
    expect(inkShare(bitmap)).toBeCloseTo(40 / (width * 40), 5)
  })

  test('that touches, also at corners, is one component', () => {
    const bits = Uint8Array.from(['1..1', '.1.1', '...1', '11..'].join('').replaceAll('.', '0'), Number)
    const found = (bitmap: Parameters<typeof components>[0]) =>
      components(bitmap)
        .map(({ area }) => area)
        .sort()
    expect(found({ width: 4, height: 4, bits })).toEqual([2, 2, 3])
    expect(found(transpose({ width: 4, height: 4, bits }))).toEqual([2, 2, 3])
    expect(found({ width: 4, height: 2, bits: Uint8Array.of(1, 0, 1, 0, 0, 1, 0, 0) })).toEqual([3])
  })
})

describe('a page', () => {
  test('has its skew measured, and its direction', async () => {
    const straight = toPicture(await rasterOf(lines([...prose, ...prose])))
    for (const degrees of [0, 2, -4.5]) {
      const picture = rotate(straight, degrees)
      const { letters, typeHeight } = lettersOf(components(toBitmap(picture)), picture.dpi)
      const skew = skewOf(letters, typeHeight)
      expect(skew.degrees).toBeCloseTo(-degrees, 0)
      expect(Math.abs(skew.degrees + degrees)).toBeLessThan(0.15)
      expect(skew.contrast).toBeGreaterThan(2 * skewOf(sideways(letters), typeHeight).contrast)
    }
  })

  test('shows its ruling lines, and takes no row of letters for one', async () => {
    const picture = toPicture(
      await rasterOf([
        ...lines(prose),
        { line: [72, 300, 540, 300] },
        { line: [72, 340, 540, 340] },
        { line: [72, 300, 72, 340] },
        { line: [540, 300, 540, 340] },
      ]),
    )
    const found = linesOf(toBitmap(picture), picture.dpi)
    expect(found.map(({ vertical }) => vertical).sort()).toEqual([false, false, true, true])
    const [first] = found
    expect(Math.abs((first!.y0 * 72) / picture.dpi - 300)).toBeLessThan(1.5)
    expect(((first!.x1 - first!.x0) * 72) / picture.dpi).toBeCloseTo(468, -1)
  })

  test('shows its leaders, apart and run together', async () => {
    for (const dpi of [100, 200]) {
      const picture = toPicture(
        await rasterOf(
          [{ text: `Scope ${'.'.repeat(60)} 4`, x: 72, y: 100, size: 14 }, ...lines(prose, 130)],
          dpi,
        ),
      )
      const pieces = components(toBitmap(picture))
      const leaders = leadersOf(pieces, lettersOf(pieces, dpi).typeHeight, picture)
      expect(leaders.length).toBe(1)
      expect(leaders[0]!.dots).toBeGreaterThan(55)
      expect(leaders[0]!.dots).toBeLessThan(64)
    }
  })

  test('has panels cleared, whether the type on them is light or dark', async () => {
    const picture = toPicture(
      await rasterOf([
        { rect: [72, 80, 472, 140], fill: '#203080' },
        { text: 'White words', x: 80, y: 100, size: 12, color: '#ffffff' },
        { text: 'Black words', x: 80, y: 125, size: 12 },
        ...lines(prose, 200),
      ]),
    )
    const panels = panelsOf(picture)
    expect(panels.length).toBe(1)
    const cleared = withPanelsCleared(picture, panels)
    const box = panels[0]!
    const dark = (grey: Uint8Array) =>
      grey.subarray(box.y0 * picture.width, box.y1 * picture.width).filter((value) => value < 128).length
    expect(dark(cleared.grey)).toBeLessThan(dark(picture.grey) * 0.2)
    expect(dark(cleared.grey)).toBeGreaterThan(100)
  })

  test('shows its light shading too, beside dark panels, and leaves it as it is', async () => {
    const picture = toPicture(
      await rasterOf([
        { rect: [72, 80, 472, 100], fill: '#202020' },
        { rect: [72, 100, 472, 120], fill: '#dddddd' },
        { text: 'Shaded words in a row', x: 80, y: 114, size: 10 },
        ...lines(prose, 200),
      ]),
    )
    const panels = panelsOf(picture)
    expect(panels.map(({ ground }) => ground)).toEqual([32, 221])
    const light = panels[1]!
    const row = (light.y0 + 2) * picture.width + light.x0 + 2
    expect(withPanelsCleared(picture, panels).grey[row]).toBe(221)
  })

  test('is lit evenly where a shadow lies on it, and left alone where none does', async () => {
    const picture = toPicture(await rasterOf(lines(prose)))
    expect(evenlyLit(picture)).toBe(picture)
    const shaded = {
      ...picture,
      grey: picture.grey.map((value, at) => value * (0.4 + (0.6 * (at % picture.width)) / picture.width)),
    }
    const lit = evenlyLit(shaded)
    const paper = [40, 600, 1200].map((x) => lit.grey[20 * picture.width + x]!)
    for (const value of paper) expect(value).toBeGreaterThan(235)
  })
})
