/** `npm run build`: dist/ as it is published, the library with types, the command line, the server, the web app. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { buildWeb } from './web.ts'

const root = resolve(import.meta.dirname, '..')
const dist = join(root, 'dist')

/** Files of modules that are gone must not stay; the web app is only built again when it has changed. */
function clean(): void {
  if (!existsSync(dist)) return
  for (const name of readdirSync(dist)) if (name !== 'web') rmSync(join(dist, name), { recursive: true })
}

function compile(): void {
  const tsc = join(root, 'node_modules/.bin/tsc')
  const { status } = spawnSync(tsc, ['-p', join(root, 'tsconfig.build.json')], { stdio: 'inherit' })
  if (status !== 0) throw new Error('The types are not in order: run npm run check.')
}

clean()
compile()
await buildWeb()
