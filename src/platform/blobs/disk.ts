/** Files in a folder. Written aside and renamed, so a reader never sees half a file. */
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { mkdir, open, opendir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { MdraftError } from '../../core/index.ts'
import { assertKey, type BlobInfo, type Blobs, blobMissing, type WriteBlob } from './blobs.ts'
import { measured } from './measure.ts'

/** Not a valid key, so that nobody can ask for a file that is still being written. */
const PARTIAL = '.partial'

export function diskBlobs(folder: string): Blobs {
  const pathOf = (key: string): string => {
    assertKey(key)
    return join(folder, ...key.split('/'))
  }
  return {
    name: 'disk',
    write: async (key, content, options = {}) => {
      const path = pathOf(key)
      const aside = join(folder, PARTIAL, randomUUID())
      await mkdir(dirname(aside), { recursive: true, mode: 0o700 })
      try {
        const stored = await writeFile(aside, content, options)
        await mkdir(dirname(path), { recursive: true, mode: 0o700 })
        await rename(aside, path)
        return stored
      } catch (error) {
        await rm(aside, { force: true }).catch(() => {})
        throw explain(error)
      }
    },
    read: async (key, range) => {
      // Not of a FileHandle: one that is collected before anybody reads from it ends the process (Node 26).
      const stream = createReadStream(pathOf(key), range)
      await once(stream, 'open').catch((error) => {
        throw explain(error)
      })
      return stream
    },
    stat: async (key) => {
      try {
        const { size, mtime } = await stat(pathOf(key))
        return { key, size, modified: mtime }
      } catch (error) {
        if (isMissing(error)) return undefined
        throw explain(error)
      }
    },
    remove: async (keys) => {
      for (const key of keys) await rm(pathOf(key), { force: true })
    },
    list: (prefix) => list(folder, prefix),
    link: async () => undefined,
    check: async () => {
      const path = join(folder, PARTIAL, randomUUID())
      try {
        await mkdir(dirname(path), { recursive: true, mode: 0o700 })
        await (await open(path, 'wx', 0o600)).close()
      } catch (error) {
        throw explain(error)
      } finally {
        await rm(path, { force: true }).catch(() => {})
      }
    },
  }
}

async function writeFile(path: string, source: AsyncIterable<Uint8Array>, options: WriteBlob) {
  const file = await open(path, 'wx', 0o600)
  try {
    const { content, stored } = measured(source, options)
    for await (const chunk of content)
      for (let at = 0; at < chunk.byteLength; ) at += (await file.write(chunk, at)).bytesWritten
    await file.sync()
    return stored()
  } finally {
    await file.close()
  }
}

async function* list(folder: string, prefix: string): AsyncIterable<BlobInfo> {
  const within = join(folder, ...prefix.split('/').slice(0, -1))
  const entries = await opendir(within, { recursive: true }).catch((error) => {
    if (isMissing(error)) return undefined
    throw explain(error)
  })
  for await (const entry of entries ?? []) {
    const path = join(entry.parentPath, entry.name)
    const key = relative(folder, path).split(sep).join('/')
    if (!entry.isFile() || key.startsWith(PARTIAL) || !key.startsWith(prefix)) continue
    const { size, mtime } = await stat(path)
    yield { key, size, modified: mtime }
  }
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT'

/** A failure of the disk says so; one of the content being stored (a broken upload) stays what it is. */
function explain(error: unknown): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException
  if (!code || !syscall || syscall === 'read') return error
  if (code === 'ENOENT') return blobMissing(error)
  const isFull = code === 'ENOSPC' || code === 'EDQUOT'
  return new MdraftError('unavailable', `The storage ${isFull ? 'is full' : 'does not answer'}.`, {
    fix: 'Try again later; the operator finds the cause in the log.',
    cause: error,
  })
}
