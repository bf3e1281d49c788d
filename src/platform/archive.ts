/** A zip archive as it is made, one member after the other, in bounded memory; zip64 when it must be. */
import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { ZipFile } from 'yazl'

export type Member = { readonly name: string; readonly content: AsyncIterable<Uint8Array> }

/** The first day that zip can tell: the same members make the same archive. */
const mtime = new Date(1980, 0, 1)

export function archive(members: AsyncIterable<Member>): Readable {
  const zip = new ZipFile()
  const out = zip.outputStream as Readable // a stream of Node, by its documentation
  let current: Readable | undefined
  const fill = async () => {
    for await (const { name, content } of members) {
      if (out.destroyed) return
      current = Readable.from(content)
      zip.addReadStream(current, name, { mtime, forceDosTimestamp: true, compressionLevel: 1 })
      await finished(current)
    }
    zip.end()
  }
  // Whoever reads it is told of a member that breaks off; when nobody reads any longer, none is left open.
  fill().catch((error) => out.destroy(error))
  zip.on('error', () => {}) // the same news as from the member itself
  out.once('close', () => current?.destroy())
  return out
}
