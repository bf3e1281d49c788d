import UTIF from 'utif2'
import { MdraftError } from '../../errors.ts'
import type { Limits } from '../../limits.ts'
import type { Report } from '../../report.ts'
import { orientationOf, type PictureFile } from './picture-file.ts'
import { type TiffDirectory, tiffDirectories } from './tiff-directories.ts'

export function openTiff(bytes: Uint8Array, limits: Limits, report: Report): PictureFile {
  const { directories, isDamaged } = tiffDirectories(bytes, limits.pages)
  const pages = directories.filter(({ isReduced, width }) => !isReduced && width > 0)
  if (pages.length === 0)
    throw new MdraftError('malformed', 'The TIFF file holds no picture that can be found.', {
      fix: 'Save it anew from an image program.',
    })
  // A chain that runs in a circle or out of the file would send the decoder's own walk astray.
  const file = new Uint8Array(bytes)
  if (isDamaged) {
    report.warn('part-damaged', `The TIFF file is damaged after its page ${pages.length}.`)
    file.fill(0, directories.at(-1)!.nextAt, directories.at(-1)!.nextAt + 4)
  }
  return pictureFile(file.buffer, pages)
}

function pictureFile(file: ArrayBuffer, pages: readonly TiffDirectory[]): PictureFile {
  let parsed: ReturnType<typeof UTIF.decode> | undefined
  return {
    mime: 'image/tiff',
    pages: pages.map(({ index, width, height, dpi, orientation }) => ({
      width,
      height,
      ...(dpi ? { dpi } : {}),
      orientation: orientationOf(orientation),
      decode: () => {
        parsed ??= UTIF.decode(file)
        const directory = parsed[index]!
        UTIF.decodeImage(file, directory)
        const rgba = UTIF.toRGBA8(directory)
        parsed = undefined
        return rgba
      },
    })),
  }
}
