/**
 * Packs the package as it would be published, installs it into an empty folder, and uses it as a newcomer would: the
 * command, the library, the types. Prints its weight; fails when something does not work or it is too heavy.
 * Needs the registry, and minutes: `node scripts/pack-check.ts`.
 */
import { execFileSync } from 'node:child_process'
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const MAX_MEGABYTES = 250
/** npm must run on this Node, or it installs what fits another; it stands beside the node that runs this. */
const path = `${dirname(process.execPath)}:${process.env.PATH}`

const run = (folder: string, command: string, ...args: string[]): string =>
  execFileSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, PATH: path },
    maxBuffer: 2 ** 28,
  })

function bytesOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + lstatSync(join(entry.parentPath, entry.name)).size, 0)
}

function heaviest(modules: string): string {
  const packages = readdirSync(modules).flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(modules, name)).map((inner) => `${name}/${inner}`) : [name],
  )
  return packages
    .filter((name) => lstatSync(join(modules, name)).isDirectory())
    .map((name) => ({ name, size: bytesOf(join(modules, name)) }))
    .sort((one, other) => other.size - one.size)
    .slice(0, 15)
    .map(({ name, size }) => `  ${(size / 1e6).toFixed(1).padStart(6)} MB  ${name}`)
    .join('\n')
}

function expect(what: string, isSo: boolean): void {
  console.log(`${isSo ? 'ok  ' : 'FAIL'}  ${what}`)
  if (!isSo) process.exitCode = 1
}

const folder = mkdtempSync(join(tmpdir(), 'mdraft-pack-'))
try {
  run(root, 'npm', 'run', 'build')
  const [{ filename, size, unpackedSize }] = JSON.parse(
    run(root, 'npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', folder),
  )
  console.log(`packed: ${(size / 1e6).toFixed(1)} MB, unpacked ${(unpackedSize / 1e6).toFixed(1)} MB`)
  const home = join(folder, 'home')
  mkdirSync(home)
  writeFileSync(
    join(home, 'package.json'),
    JSON.stringify({ name: 'newcomer', type: 'module', private: true }),
  )
  run(home, 'npm', 'install', '--no-audit', '--no-fund', join(folder, filename))

  const modules = join(home, 'node_modules')
  const megabytes = bytesOf(modules) / 1e6
  expect(`installed: ${megabytes.toFixed(0)} MB (at most ${MAX_MEGABYTES})`, megabytes <= MAX_MEGABYTES)
  console.log(heaviest(modules))

  const sample = readdirSync(join(root, 'samples')).find((name) => name.endsWith('.pdf'))
  const pdf = join(root, 'samples', sample ?? '')
  writeFileSync(join(home, 'x.pdf'), readFileSync(pdf))
  const bin = join(modules, '.bin/mdraft')
  expect('mdraft --version', /^\d+\.\d+\.\d+/.test(run(home, process.execPath, bin, '--version')))
  const markdown = run(home, process.execPath, bin, 'convert', 'x.pdf')
  expect(`mdraft convert x.pdf: ${markdown.length} characters`, markdown.length > 1_000)
  writeFileSync(
    join(home, 'use.mjs'),
    `import { readFileSync } from 'node:fs'
import { convert } from 'mdraft'
import { analyze } from 'mdraft/rfp'
const { output, doc } = await convert(readFileSync('x.pdf'), { name: 'x.pdf' })
const { compliance_matrix } = analyze(doc, { filename: 'x.pdf', sha256: '' })
console.log(JSON.stringify({ same: output.length, requirements: compliance_matrix.length }))
process.exit()`,
  )
  const used = JSON.parse(run(home, process.execPath, 'use.mjs'))
  expect(`import { convert } from 'mdraft' gives the same`, used.same === markdown.length)
  expect(`import { analyze } from 'mdraft/rfp': ${used.requirements} requirements`, used.requirements > 0)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
