import { PNG } from 'pngjs'
import type { PictureFile } from './picture-file.ts'

/** Width and height stand in the first chunk, dots per metre in pHYs (PNG 11.2.2, 11.3.5.3). */
export function openPng(bytes: Uint8Array): PictureFile {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return {
    mime: 'image/png',
    pages: [
      {
        width: buffer.readUInt32BE(16),
        height: buffer.readUInt32BE(20),
        ...density(buffer),
        orientation: 1,
        decode: () => PNG.sync.read(buffer, { checkCRC: false }).data,
      },
    ],
  }
}

function density(buffer: Buffer): { dpi?: number } {
  for (let at = 8; at + 12 <= buffer.length; ) {
    const length = buffer.readUInt32BE(at)
    const type = buffer.toString('latin1', at + 4, at + 8)
    if (type === 'IDAT' || type === 'IEND') return {}
    if (type === 'pHYs' && length === 9 && buffer[at + 16] === 1)
      return { dpi: Math.round(buffer.readUInt32BE(at + 8) * 0.0254) }
    at += 12 + length
  }
  return {}
}
