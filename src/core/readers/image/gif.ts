import { GifReader } from 'omggif'
import type { PictureFile } from './picture-file.ts'

/** Of an animation only the first frame is a page. */
export function openGif(bytes: Uint8Array): PictureFile {
  const reader = new GifReader(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  const { width, height } = reader
  return {
    mime: 'image/gif',
    pages: [
      {
        width,
        height,
        orientation: 1,
        decode: () => {
          const rgba = new Uint8Array(width * height * 4)
          reader.decodeAndBlitFrameRGBA(0, rgba)
          return rgba
        },
      },
    ],
    framesLeftOut: reader.numFrames() - 1,
  }
}
