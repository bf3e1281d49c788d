import { decode } from '@cwasm/webp'
import { MdraftError } from '../../errors.ts'
import type { PictureFile } from './picture-file.ts'

export function openWebp(bytes: Uint8Array): PictureFile {
  const { width, height } = size(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  return {
    mime: 'image/webp',
    pages: [
      {
        width,
        height,
        orientation: 1,
        decode: () => {
          const { data } = decode(bytes)
          return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
        },
      },
    ],
  }
}

/** RFC 9649: the size stands in the first chunk, in another way for each of the three kinds. */
function size(buffer: Buffer): { width: number; height: number } {
  const kind = buffer.toString('latin1', 12, 16)
  if (kind === 'VP8X' && buffer.length >= 30)
    return { width: 1 + buffer.readUIntLE(24, 3), height: 1 + buffer.readUIntLE(27, 3) }
  if (kind === 'VP8L' && buffer.length >= 25) {
    const bits = buffer.readUInt32LE(21)
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) }
  }
  if (kind === 'VP8 ' && buffer.length >= 30)
    return { width: buffer.readUInt16LE(26) & 0x3fff, height: buffer.readUInt16LE(28) & 0x3fff }
  throw new MdraftError('malformed', 'The WebP file has no readable header.', {
    fix: 'Save it anew from an image program.',
  })
}
