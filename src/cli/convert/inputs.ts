/** What the user named, as a list of things to convert: files, folders, globs, stdin, web addresses. */
import { glob, open, readdir, stat } from 'node:fs/promises'
import { basename, join, relative, resolve, sep } from 'node:path'
import { MdraftError } from '../../core/errors.ts'
import { defaultLimits } from '../../core/limits.ts'

export type Source = {
  /** As the user wrote it, for messages. */
  readonly label: string
  /** Name with extension: a hint for sniffing and for the name of the output. */
  readonly name: string
  /** Folder below the one the user named, where the output goes in the same shape; '' at its top. */
  readonly folder: string
  /** Found in a folder rather than named: of a kind we do not read, it is passed over. */
  readonly found: boolean
  /** Says whether it is still the file it was. Absent for streams. */
  readonly stamp?: { readonly size: number; readonly modified: number }
  load(): Promise<Uint8Array>
}

export type Fetch = (url: string) => Promise<{ readonly bytes: Uint8Array }>

/** `skip` is the output folder: it is not read when it lies inside an input. */
export async function listSources(
  inputs: readonly string[],
  fetch: Fetch,
  skip: string | undefined,
): Promise<Source[]> {
  const lists = await Promise.all(inputs.map((input) => sourcesOf(input, fetch, skip && resolve(skip))))
  const all = lists.flat()
  return [...new Map(all.map((source) => [source.label, source])).values()]
}

async function sourcesOf(input: string, fetch: Fetch, skip: string | undefined): Promise<Source[]> {
  if (input === '-') return [stdin()]
  if (/^https?:\/\//i.test(input)) return [webAddress(input, fetch)]
  const found = await stat(input).catch(() => undefined)
  if (found?.isDirectory()) return folderSources(input, skip)
  if (found) return [await fileSource(input, '', false)]
  const matches = /[*?[{]/.test(input) ? await Array.fromAsync(glob(input)) : []
  if (matches.length === 0)
    throw new MdraftError('not_found', `${input}: there is no such file or folder.`, {
      fix: 'Check the name; quote globs so that the shell leaves them alone.',
    })
  return (await Promise.all(matches.sort().map((path) => sourcesOf(path, fetch, skip)))).flat()
}

async function folderSources(root: string, skip: string | undefined): Promise<Source[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (path) =>
        !relative(root, path)
          .split(sep)
          .some((part) => part.startsWith('.')),
    )
    .filter((path) => !skip || !resolve(path).startsWith(skip + sep))
    .sort()
  return Promise.all(paths.map((path) => fileSource(path, relative(root, join(path, '..')), true)))
}

async function fileSource(path: string, folder: string, found: boolean): Promise<Source> {
  const { size, mtimeMs } = await stat(path)
  return {
    label: path,
    name: basename(path),
    folder,
    found,
    stamp: { size, modified: mtimeMs },
    load: () => readBounded(path),
  }
}

async function readBounded(path: string): Promise<Uint8Array> {
  let file: Awaited<ReturnType<typeof open>>
  try {
    file = await open(path)
  } catch (cause) {
    throw new MdraftError('not_readable', 'The file cannot be opened.', {
      fix: 'Check its permissions.',
      cause,
    })
  }
  try {
    const { size } = await file.stat()
    if (size > defaultLimits.fileBytes) throw tooLarge(`The file has ${size} bytes`)
    return await file.readFile()
  } finally {
    await file.close()
  }
}

const stdin = (): Source => ({
  label: '-',
  name: 'stdin',
  folder: '',
  found: false,
  load: async () => {
    const parts: Buffer[] = []
    let size = 0
    for await (const part of process.stdin) {
      const bytes = Buffer.from(part)
      size += bytes.length
      if (size > defaultLimits.fileBytes) throw tooLarge('The input')
      parts.push(bytes)
    }
    return Buffer.concat(parts)
  },
})

const tooLarge = (what: string) =>
  new MdraftError('too_large', `${what} is over the limit of ${defaultLimits.fileBytes} bytes.`, {
    fix: 'Split the file.',
  })

const webAddress = (url: string, fetch: Fetch): Source => ({
  label: url,
  name: nameOfAddress(url),
  folder: '',
  found: false,
  load: async () => (await fetch(url)).bytes,
})

export function nameOfAddress(url: string): string {
  const last = URL.canParse(url) ? new URL(url).pathname.split('/').filter(Boolean).at(-1) : undefined
  const name = last?.replace(/%20/g, ' ').replace(/[^\w. ()-]/g, '_')
  return name && /[\w]/.test(name) ? name : 'page.html'
}
