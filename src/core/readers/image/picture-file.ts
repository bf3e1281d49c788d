/** What every decoder gives: pages whose size is known before a pixel is decoded. */

/** Orientation as Exif and TIFF number it: 1 as stored, 3 turned over, 6 and 8 a quarter turn, the others mirrored. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8

export type PicturePage = {
  /** As stored, before the orientation is applied. */
  readonly width: number
  readonly height: number
  readonly dpi?: number
  readonly orientation: Orientation
  /** 8-bit RGBA. Throws what the decoding library throws. */
  decode(): Uint8Array
}

export type PictureFile = {
  readonly mime: string
  readonly pages: readonly PicturePage[]
  /** Frames of an animation after the first. */
  readonly framesLeftOut?: number
}

export const orientationOf = (value: number | undefined): Orientation =>
  value !== undefined && Number.isInteger(value) && value >= 1 && value <= 8 ? (value as Orientation) : 1

/** The stored pixels as they are meant to be seen. */
export function oriented(
  rgba: Uint8Array,
  { width, height, orientation }: Pick<PicturePage, 'width' | 'height' | 'orientation'>,
): { rgba: Uint8Array; width: number; height: number } {
  if (orientation === 1) return { rgba, width, height }
  const isSideways = orientation >= 5
  const w = isSideways ? height : width
  const h = isSideways ? width : height
  // For each orientation: does the stored picture run from the right, from the bottom (TIFF 6.0, Orientation)?
  const fromRight = [2, 3, 7, 8].includes(orientation)
  const fromBottom = [3, 4, 6, 7].includes(orientation)
  const aligned = rgba.byteOffset % 4 === 0 ? rgba : new Uint8Array(rgba)
  const from = new Uint32Array(aligned.buffer, aligned.byteOffset, width * height)
  const to = new Uint32Array(w * h)
  for (let y = 0, at = 0; y < h; y++)
    for (let x = 0; x < w; x++) {
      const [across, down] = isSideways ? [y, x] : [x, y]
      const column = fromRight ? width - 1 - across : across
      const row = fromBottom ? height - 1 - down : down
      to[at++] = from[row * width + column]!
    }
  return { rgba: new Uint8Array(to.buffer), width: w, height: h }
}
