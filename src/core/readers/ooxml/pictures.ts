/** Pictures of a package. */
import type { ReadContext } from '../../reader.ts'
import type { Package } from './package.ts'

type Kind = { readonly mime: string; readonly extension: RegExp; readonly magic: RegExp }

/** The bytes decide, then the name: producers mislabel pictures. */
const kinds: readonly Kind[] = [
  { mime: 'image/png', extension: /\.png$/i, magic: /^\x89PNG/ },
  { mime: 'image/jpeg', extension: /\.jpe?g$/i, magic: /^\xff\xd8\xff/ },
  { mime: 'image/gif', extension: /\.gif$/i, magic: /^GIF8/ },
  { mime: 'image/tiff', extension: /\.tiff?$/i, magic: /^(II\*\0|MM\0\*)/ },
  { mime: 'image/webp', extension: /\.webp$/i, magic: /^RIFF....WEBP/s },
  { mime: 'image/bmp', extension: /\.(bmp|dib)$/i, magic: /^BM/ },
  { mime: 'image/emf', extension: /\.(emf|emz)$/i, magic: /^\x01\0\0\0.{36} EMF/s },
  { mime: 'image/wmf', extension: /\.(wmf|wmz)$/i, magic: /^\xd7\xcd\xc6\x9a/ },
  { mime: 'image/svg+xml', extension: /\.svgz?$/i, magic: /^\s*(<\?xml[^>]*>\s*)?<svg/ },
]

/** The name to use as `src`; undefined: not kept. Drawings that no browser shows are told of. */
export async function loadPicture(
  part: string,
  file: Package,
  { options, report, keepImage }: Pick<ReadContext, 'options' | 'report' | 'keepImage'>,
): Promise<string | undefined> {
  const named = kinds.find(({ extension }) => extension.test(part))?.mime
  if (options.images === 'omit') {
    noteMetafile(named, part, report)
    return undefined
  }
  const bytes = file.has(part) ? await file.bytes(part) : undefined
  if (!bytes) {
    report.warn('image-not-readable', 'The file names a picture that it does not hold.', { path: part })
    return undefined
  }
  const mime = pictureMime(bytes, part)
  noteMetafile(mime, part, report)
  return keepImage({ bytes, mime })
}

export function pictureMime(bytes: Uint8Array, name: string): string {
  const head = Buffer.from(bytes.subarray(0, 256)).toString('latin1')
  const found =
    kinds.find(({ magic }) => magic.test(head)) ?? kinds.find(({ extension }) => extension.test(name))
  return found?.mime ?? 'application/octet-stream'
}

function noteMetafile(mime: string | undefined, part: string, report: ReadContext['report']): void {
  if (mime === 'image/emf' || mime === 'image/wmf')
    report.warn('image-not-readable', 'A picture is a Windows metafile, which browsers do not show.', {
      path: part,
    })
}
