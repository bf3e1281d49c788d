/** Builds the web app into dist/web, or leaves the build that is there when nothing it is made of has changed. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { build } from 'vite'

const root = resolve(import.meta.dirname, '..')
const madeOf = [
  'web',
  'src/contract',
  'src/rfp/findings.ts',
  'samples',
  'vite.config.ts',
  'package-lock.json',
]
const stamp = join(root, 'node_modules/.cache/mdraft-web')

function filesOf(path: string): string[] {
  const full = join(root, path)
  if (!existsSync(full)) return []
  if (path.includes('.') && !path.endsWith('/')) return [path]
  return readdirSync(full, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort()
}

function fingerprint(): string {
  const hash = createHash('sha256')
  for (const file of madeOf.flatMap(filesOf)) hash.update(`${file}\0`).update(readFileSync(join(root, file)))
  return hash.digest('hex')
}

export async function buildWeb(): Promise<void> {
  const now = fingerprint()
  if (
    existsSync(join(root, 'dist/web/index.html')) &&
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === now
  )
    return
  process.stderr.write('mdraft: building the web app\n')
  await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'warn' })
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, now)
}

if (import.meta.main) await buildWeb()
