/** Flat OPC: a package as one XML file ("Word XML document"), each part in an element of its own (MS-OFFXML 2.1, pkg). */
import { MdraftError } from '../../errors.ts'
import { decodeText } from '../../io/text.ts'
import type { Zip } from '../../io/zip.ts'
import type { Limits } from '../../limits.ts'

/** What a package is made of: an archive, or one XML file that says the same. */
export type Members = Pick<Zip, 'names' | 'read'>

/** A ZIP archive begins with "PK". */
export const isFlatPackage = (bytes: Uint8Array): boolean =>
  bytes[0] !== 0x50 &&
  decodeText(bytes.subarray(0, 4096)).includes('http://schemas.microsoft.com/office/2006/xmlPackage')

/** @throws MdraftError `bomb` when there are more parts than an archive may hold */
export function flatMembers(bytes: Uint8Array, { zipEntries }: Pick<Limits, 'zipEntries'>): Members {
  const source = decodeText(bytes)
  const parts = new Map<string, () => Uint8Array>()
  const open = /<(?:\w+:)?part\s[^>]*?\bname\s*=\s*["']([^"']+)["'][^>]*>/g
  for (let match = open.exec(source); match; match = open.exec(source)) {
    if (parts.size >= zipEntries)
      throw new MdraftError('bomb', `The package has more than ${zipEntries} parts.`)
    const start = open.lastIndex
    const content = contentAt(source, start)
    if (!content) continue
    const { from, to, isBinary } = content
    parts.set(match[1]!.replace(/^\//, ''), () =>
      Buffer.from(source.slice(from, to), isBinary ? 'base64' : 'utf8'),
    )
    open.lastIndex = to
  }
  return { names: [...parts.keys()], read: async (name) => parts.get(name)?.() }
}

/** What stands between the tags of `xmlData` or `binaryData`, which is all that a part holds. */
function contentAt(source: string, start: number) {
  const head = /^\s*<((?:\w+:)?(?:xml|binary)Data)\b[^>]*>/.exec(source.slice(start, start + 2000))
  if (!head) return undefined
  const from = start + head[0].length
  const end = source.indexOf(`</${head[1]}>`, from)
  return { from, to: end < 0 ? source.length : end, isBinary: head[1]!.endsWith('binaryData') }
}
