/** Starts a child that can compute and answer, and nothing else. */
import { type ChildProcess, fork } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Node's permission model: only our code and its libraries may be read; no writing, no processes, no network (the
 * last from Node 25 on). Worker threads are allowed because the OCR engine runs in one; they inherit the denials.
 */
export function spawnChild(entry: URL, heapBytes: number): ChildProcess {
  const file = realpathSync(fileURLToPath(entry))
  return fork(file, [], {
    env: {},
    execArgv: [
      '--permission',
      ...readable(file).map((path) => `--allow-fs-read=${path}`),
      '--allow-worker',
      '--disable-warning=PERM0006', // says what the line above says
      '--disable-warning=ExperimentalWarning',
      `--max-old-space-size=${Math.round(heapBytes / 2 ** 20)}`,
      // V8 would let what is young grow to thrice this: no faster, and 60 MB more for a book of 1,500 pages.
      '--max-semi-space-size=8',
    ],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
}

/** The code beside the entry, this package's own (`src` or `dist`), and every `node_modules` that resolution may reach. */
function readable(entry: string): string[] {
  const own = realpathSync(fileURLToPath(new URL('../../', import.meta.url)))
  const modules = ancestors(own)
    .flatMap((folder) => [join(folder, 'node_modules'), join(folder, 'package.json')])
    .filter((path) => existsSync(path))
  return [...new Set([`${dirname(entry)}/`, own, ...modules])]
}

function ancestors(path: string): string[] {
  const parent = dirname(path)
  return parent === path ? [path] : [path, ...ancestors(parent)]
}
