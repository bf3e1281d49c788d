/** Grey pictures: made from colour, turned, rotated, scaled, cut. Every function gives a new picture. */
import type { Picture, Raster } from '../ocr.ts'

/** Luma of ITU-R BT.601 on a white ground: transparent pixels are paper. */
export function toPicture({ width, height, rgba, dpi }: Raster): Picture {
  const grey = new Uint8Array(width * height)
  for (let index = 0, at = 0; index < grey.length; index++, at += 4) {
    const luma = (rgba[at]! * 77 + rgba[at + 1]! * 150 + rgba[at + 2]! * 29) >> 8
    const alpha = rgba[at + 3]!
    grey[index] = alpha === 255 ? luma : 255 + Math.trunc(((luma - 255) * alpha) / 255)
  }
  return { width, height, grey, dpi }
}

export type QuarterTurn = 0 | 90 | 180 | 270

/** Turns clockwise. */
export function turn(picture: Picture, degrees: QuarterTurn): Picture {
  if (degrees === 0) return picture
  const { width, height, grey, dpi } = picture
  const isSideways = degrees !== 180
  const w = isSideways ? height : width
  const h = isSideways ? width : height
  // Walking the new picture, the old one is left from `start` by `across` a column and `down` a row.
  const walk = {
    90: { start: (height - 1) * width, across: -width, down: 1 },
    180: { start: width * height - 1, across: -1, down: -width },
    270: { start: width - 1, across: width, down: -1 },
  }[degrees]
  const turned = new Uint8Array(grey.length)
  for (let y = 0, to = 0; y < h; y++)
    for (let x = 0, from = walk.start + y * walk.down; x < w; x++, from += walk.across)
      turned[to++] = grey[from]!
  return { width: w, height: h, grey: turned, dpi }
}

/** Rotates counter-clockwise about the centre by a small angle; the size stays, new corners are paper. */
export function rotate(picture: Picture, degrees: number): Picture {
  const { width, height, grey, dpi } = picture
  const rotated = new Uint8Array(grey.length).fill(255)
  const sin = Math.sin((degrees * Math.PI) / 180)
  const cos = Math.cos((degrees * Math.PI) / 180)
  const centreX = (width - 1) / 2
  const centreY = (height - 1) / 2
  for (let y = 0; y < height; y++) {
    let fromX = centreX - cos * centreX - sin * (y - centreY)
    let fromY = centreY - sin * centreX + cos * (y - centreY)
    for (let x = 0; x < width; x++, fromX += cos, fromY += sin) {
      const left = Math.floor(fromX)
      const top = Math.floor(fromY)
      if (left < 0 || top < 0 || left >= width - 1 || top >= height - 1) continue
      const at = top * width + left
      const dx = fromX - left
      const upper = grey[at]! + (grey[at + 1]! - grey[at]!) * dx
      const lower = grey[at + width]! + (grey[at + width + 1]! - grey[at + width]!) * dx
      rotated[y * width + x] = upper + (lower - upper) * (fromY - top) + 0.5
    }
  }
  return { width, height, grey: rotated, dpi }
}

/** Makes it `factor` times as large: bilinear when growing, the mean of the covered pixels when shrinking. */
export function scale(picture: Picture, factor: number): Picture {
  if (factor === 1) return picture
  const width = Math.max(1, Math.round(picture.width * factor))
  const height = Math.max(1, Math.round(picture.height * factor))
  const grey = factor > 1 ? grown(picture, width, height) : shrunk(picture, width, height)
  return { width, height, grey, dpi: picture.dpi * factor }
}

function grown({ width, height, grey }: Picture, w: number, h: number): Uint8Array {
  const result = new Uint8Array(w * h)
  const stepX = width / w
  const stepY = height / h
  for (let y = 0, to = 0; y < h; y++) {
    const fromY = Math.min(Math.max((y + 0.5) * stepY - 0.5, 0), height - 1)
    const top = Math.floor(fromY)
    const above = top * width
    const below = Math.min(top + 1, height - 1) * width
    for (let x = 0; x < w; x++) {
      const fromX = Math.min(Math.max((x + 0.5) * stepX - 0.5, 0), width - 1)
      const left = Math.floor(fromX)
      const right = Math.min(left + 1, width - 1)
      const dx = fromX - left
      const upper = grey[above + left]! * (1 - dx) + grey[above + right]! * dx
      const lower = grey[below + left]! * (1 - dx) + grey[below + right]! * dx
      result[to++] = upper + (lower - upper) * (fromY - top) + 0.5
    }
  }
  return result
}

function shrunk({ width, height, grey }: Picture, w: number, h: number): Uint8Array {
  const result = new Uint8Array(w * h)
  for (let y = 0, to = 0; y < h; y++) {
    const top = Math.floor((y * height) / h)
    const bottom = Math.max(top + 1, Math.floor(((y + 1) * height) / h))
    for (let x = 0; x < w; x++) {
      const left = Math.floor((x * width) / w)
      const right = Math.max(left + 1, Math.floor(((x + 1) * width) / w))
      let sum = 0
      for (let row = top; row < bottom; row++)
        for (let column = left; column < right; column++) sum += grey[row * width + column]!
      result[to++] = sum / ((bottom - top) * (right - left)) + 0.5
    }
  }
  return result
}

export type PixelBox = { readonly x0: number; readonly y0: number; readonly x1: number; readonly y1: number }

/** Cuts a part out and lays `margin` pixels of paper around it: engines misread type that touches the edge. */
export function crop(picture: Picture, box: PixelBox, margin: number): Picture {
  const x0 = Math.max(0, Math.floor(box.x0))
  const y0 = Math.max(0, Math.floor(box.y0))
  const x1 = Math.min(picture.width, Math.ceil(box.x1))
  const y1 = Math.min(picture.height, Math.ceil(box.y1))
  const width = x1 - x0 + 2 * margin
  const height = y1 - y0 + 2 * margin
  const grey = new Uint8Array(width * height).fill(255)
  for (let y = y0; y < y1; y++)
    grey.set(
      picture.grey.subarray(y * picture.width + x0, y * picture.width + x1),
      (y - y0 + margin) * width + margin,
    )
  return { width, height, grey, dpi: picture.dpi }
}
