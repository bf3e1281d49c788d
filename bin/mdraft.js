#!/usr/bin/env node
import { spawnSync } from 'node:child_process'
// The checkout runs its sources by type stripping, the published package its build.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const source = here('../src/cli/main.ts')
const main = existsSync(source) ? source : here('../dist/cli/main.js')

if (Number(process.versions.node.split('.')[0]) >= 24) await import(main)
else {
  const own = here('../node_modules/.bin/node')
  if (!existsSync(own)) {
    console.error(
      `mdraft: Node ${process.versions.node} is too old: mdraft needs Node 24 or newer. Install it, or run: npx -p node@24 mdraft`,
    )
    process.exit(2)
  }
  const { status, signal } = spawnSync(own, [main, ...process.argv.slice(2)], { stdio: 'inherit' })
  process.exit(status ?? (signal ? 1 : 0))
}
