/** An archive made by a library, with the same bytes in every run: no clock in it, and its members changed on the way. */
import { defaultLimits } from '../limits.ts'
import { openZip } from './zip.ts'
import { writeZip } from './zip-write.ts'

/** `change` gets the XML members as text. The archive is one of our own making: its ratio is no alarm. */
export async function rewriteZip(
  bytes: Uint8Array,
  change: (xml: string, name: string) => string,
): Promise<Uint8Array> {
  const zip = await openZip(bytes, { ...defaultLimits, inflateRatio: Number.POSITIVE_INFINITY })
  const members = []
  for (const name of zip.names) {
    const data = (await zip.read(name)) ?? new Uint8Array()
    const isXml = /\.(xml|rels)$/.test(name)
    members.push({
      name,
      bytes: isXml ? Buffer.from(change(Buffer.from(data).toString('utf8'), name)) : data,
    })
  }
  return writeZip(members)
}
