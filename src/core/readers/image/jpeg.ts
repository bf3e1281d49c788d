import jpeg from 'jpeg-js'
import { orientationOf, type PictureFile } from './picture-file.ts'
import { tiffDirectories } from './tiff-directories.ts'

/** JPEG markers (ITU-T T.81, B.1.1.3): frame headers carry the size; of these numbers three are other things. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
const START_OF_SCAN = 0xda
const JFIF = 0xe0
const EXIF = 0xe1

export function openJpeg(bytes: Uint8Array, maxPixels: number): PictureFile {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const { width, height, dpi, orientation } = header(buffer)
  return {
    mime: 'image/jpeg',
    pages: [
      {
        width,
        height,
        ...(dpi ? { dpi } : {}),
        orientation: orientationOf(orientation),
        decode: () =>
          jpeg.decode(bytes, {
            useTArray: true,
            formatAsRGBA: true,
            tolerantDecoding: true,
            maxResolutionInMP: maxPixels / 1e6,
            maxMemoryUsageInMB: 1024,
          }).data,
      },
    ],
  }
}

type Header = { width: number; height: number; dpi?: number; orientation?: number }

function header(buffer: Buffer): Header {
  const found: Header = { width: 0, height: 0 }
  for (let at = 2; at + 9 < buffer.length; ) {
    if (buffer[at] !== 0xff) {
      at++
      continue
    }
    const marker = buffer[at + 1]!
    if (marker === 0xff || marker < 0xc0) {
      at++
      continue
    }
    const length = buffer.readUInt16BE(at + 2)
    const segment = buffer.subarray(at + 4, at + 2 + length)
    if (isFrame(marker)) {
      found.height = segment.readUInt16BE(1)
      found.width = segment.readUInt16BE(3)
    } else if (marker === JFIF) Object.assign(found, jfif(segment))
    else if (marker === EXIF) Object.assign(found, exif(segment))
    else if (marker === START_OF_SCAN) break
    at += 2 + length
  }
  return found
}

/** Units: 1 dots an inch, 2 dots a centimetre (JFIF 1.02). */
function jfif(segment: Buffer): { dpi?: number } {
  if (segment.length < 12 || segment.toString('latin1', 0, 4) !== 'JFIF') return {}
  const density = segment.readUInt16BE(8)
  const perInch = { 1: density, 2: Math.round(density * 2.54) }[segment[7]!]
  return perInch ? { dpi: perInch } : {}
}

/** Exif is a TIFF without a picture. */
function exif(segment: Buffer): { dpi?: number; orientation?: number } {
  if (segment.toString('latin1', 0, 6) !== 'Exif\0\0') return {}
  const [first] = tiffDirectories(segment.subarray(6), 1).directories
  if (!first) return {}
  return {
    ...(first.dpi ? { dpi: first.dpi } : {}),
    ...(first.orientation ? { orientation: first.orientation } : {}),
  }
}
