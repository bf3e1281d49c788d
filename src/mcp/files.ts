/** Files under the folders that were given, and no others: links are followed before anything is compared. */
import { constants } from 'node:fs'
import { open, realpath, stat } from 'node:fs/promises'
import { basename, isAbsolute, join, sep } from 'node:path'
import { MdraftError } from '../core/index.ts'

export type OpenFile = (path: string) => Promise<{ name: string; bytes: Uint8Array }>

/** A missing file and a foreign one look the same: what is outside is not told. */
const refused = () =>
  new MdraftError('not_found', 'There is no such file in the folders that were given.', {
    fix: 'Give a path in one of them, or start with another --root.',
  })

const isInside = (path: string, root: string): boolean =>
  path.startsWith(root.endsWith(sep) ? root : `${root}${sep}`)

/** @throws MdraftError when a folder is none */
export async function filesUnder(roots: readonly string[], maxBytes: number): Promise<OpenFile> {
  const real = await Promise.all(
    roots.map(async (root) => {
      const path = await realpath(root).catch(() => undefined)
      if (!path || !(await stat(path)).isDirectory())
        throw new MdraftError('bad_option', `${root} is no folder.`, {
          fix: 'Give --root a folder that is there.',
        })
      return path
    }),
  )
  return async (path) => {
    if (path.includes('\0')) throw refused()
    const candidates = isAbsolute(path) ? [path] : real.map((root) => join(root, path))
    for (const candidate of candidates) {
      const found = await realpath(candidate).catch(() => undefined)
      if (found && real.some((root) => isInside(found, root)))
        return { name: basename(found), bytes: await readRegular(found, maxBytes) }
    }
    throw refused()
  }
}

/** The path has no links in it any more; one that appears now is not followed, and pipes and devices are not waited for. */
async function readRegular(path: string, maxBytes: number): Promise<Uint8Array> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    (cause: unknown) => {
      throw new MdraftError('not_readable', 'The file cannot be opened.', {
        fix: 'Check its permissions.',
        cause,
      })
    },
  )
  try {
    const before = await file.stat()
    if (!before.isFile()) throw refused()
    // A folder on the way may have become a link after it was looked at.
    if ((await realpath(path).catch(() => '')) !== path) throw refused()
    const now = await stat(path)
    if (now.ino !== before.ino || now.dev !== before.dev) throw refused()
    if (before.size > maxBytes)
      throw new MdraftError('too_large', `The file has ${before.size} bytes; the limit is ${maxBytes}.`)
    return await file.readFile()
  } finally {
    await file.close()
  }
}
