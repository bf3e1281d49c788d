/** The directories of a TIFF: what its pages are, read without decoding any (TIFF 6.0, section 2). */

export type TiffDirectory = {
  /** Position among all directories, which is how the decoder counts them. */
  readonly index: number
  readonly width: number
  readonly height: number
  readonly dpi?: number
  readonly orientation?: number
  /** A smaller copy of another page, or a transparency mask. */
  readonly isReduced: boolean
  /** Where the place of the next directory is written. */
  readonly nextAt: number
}

export type TiffDirectories = { readonly directories: readonly TiffDirectory[]; readonly isDamaged: boolean }

const WIDTH = 256
const HEIGHT = 257
const NEW_SUBFILE_TYPE = 254
const ORIENTATION = 274
const X_RESOLUTION = 282
const RESOLUTION_UNIT = 296
const SHORT = 3
const CENTIMETRE = 3
const REDUCED_OR_MASK = 0b101

/** Stops at `most` directories, at the end of the data and where the chain runs in a circle. */
export function tiffDirectories(bytes: Uint8Array, most: number): TiffDirectories {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const little = bytes[0] === 0x49
  const seen = new Set<number>()
  const directories: TiffDirectory[] = []
  if (bytes.length < 8) return { directories, isDamaged: true }
  let at = view.getUint32(4, little)
  while (at !== 0 && directories.length < most) {
    const end = at + 2 < bytes.length ? at + 2 + view.getUint16(at, little) * 12 : Number.POSITIVE_INFINITY
    if (seen.has(at) || end + 4 > bytes.length) return { directories, isDamaged: true }
    seen.add(at)
    directories.push({ index: directories.length, nextAt: end, ...directory(view, at, little) })
    at = view.getUint32(end, little)
  }
  return { directories, isDamaged: false }
}

function directory(view: DataView, at: number, little: boolean): Omit<TiffDirectory, 'index' | 'nextAt'> {
  const values = new Map<number, number>()
  const count = view.getUint16(at, little)
  for (let entry = at + 2; entry < at + 2 + count * 12; entry += 12) {
    const tag = view.getUint16(entry, little)
    const isShort = view.getUint16(entry + 2, little) === SHORT
    values.set(tag, isShort ? view.getUint16(entry + 8, little) : view.getUint32(entry + 8, little))
  }
  const dpi = resolution(view, values, little)
  const orientation = values.get(ORIENTATION)
  return {
    width: values.get(WIDTH) ?? 0,
    height: values.get(HEIGHT) ?? 0,
    ...(dpi ? { dpi } : {}),
    ...(orientation ? { orientation } : {}),
    isReduced: ((values.get(NEW_SUBFILE_TYPE) ?? 0) & REDUCED_OR_MASK) !== 0,
  }
}

/** A rational: numerator and denominator at the place the entry points to. */
function resolution(view: DataView, values: Map<number, number>, little: boolean): number | undefined {
  const at = values.get(X_RESOLUTION)
  if (at === undefined || at + 8 > view.byteLength) return undefined
  const value = view.getUint32(at, little) / (view.getUint32(at + 4, little) || 1)
  return Math.round(values.get(RESOLUTION_UNIT) === CENTIMETRE ? value * 2.54 : value)
}
