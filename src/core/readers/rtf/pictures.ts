/** Pictures as hexadecimal or binary data (RTF 1.9.1, "Pictures"). */
import { inlineImage } from '../../doc/build.ts'
import type { Inline } from '../../doc/model.ts'
import type { ReadContext } from '../../reader.ts'
import type { Destination } from './state.ts'

const kinds: Readonly<Record<string, string>> = {
  pngblip: 'image/png',
  jpegblip: 'image/jpeg',
  emfblip: 'image/emf',
  wmetafile: 'image/wmf',
  macpict: 'image/x-pict',
  dibitmap: 'image/bmp',
  wbitmap: 'image/bmp',
}
/** Kinds that browsers show. */
const shown: ReadonlySet<string> = new Set(['image/png', 'image/jpeg'])

export function picture(context: ReadContext, add: (node: Inline) => void): Destination & { alt: string } {
  const { options, limits, report, keepImage } = context
  const wanted = options.images !== 'omit'
  const hex: string[] = []
  let digits = 0
  let mime = ''
  let data: Uint8Array | undefined
  const destination: Destination & { alt: string } = {
    alt: '',
    isRaw: true,
    text: (value) => {
      digits += value.length
      if (wanted && digits < limits.imageBytes * 2.2) hex.push(value.replace(/[^0-9a-fA-F]/g, ''))
    },
    binary: (bytes) => {
      digits += bytes.length * 2
      data = bytes
    },
    word: (word) => {
      mime = kinds[word] ?? mime
      return word in kinds
    },
    end: () => {
      if (digits === 0) return
      if (!shown.has(mime))
        report.warn(
          'image-not-readable',
          `A picture is ${mime === '' ? 'of no stated kind' : `of the kind ${mime}`}, which browsers do not show.`,
        )
      const bytes = wanted && shown.has(mime) ? (data ?? Buffer.from(hex.join(''), 'hex')) : undefined
      add(inlineImage((bytes && keepImage({ bytes, mime })) ?? '', destination.alt))
    },
  }
  return destination
}
