/** What the deployment files name must exist: commands of the program, variables of its configuration, files of the checkout. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const read = (path: string) => readFileSync(path, 'utf8')
const files = ['Dockerfile', 'compose.yaml', 'render.yaml'] as const
const program = read('src/cli/main.ts')
const known = new Set([...read('.env.example').matchAll(/^#?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name))

test.each(files)('%s runs commands that there are', (file) => {
  const text = read(file)
  const commands = [
    ...[...text.matchAll(/mdraft\.js (\w+)/g)].map(([, name]) => name!),
    ...[...text.matchAll(/(?:command|CMD|^CMD):? \["?(\w+)"?\]/gm)].map(([, name]) => name!),
  ]
  expect(commands.length).toBeGreaterThan(0)
  for (const name of commands) expect(program).toContain(`  ${name}: {`)
})

test('variables are those that the configuration knows', () => {
  const names = [
    ...[...read('compose.yaml').matchAll(/^ {4}([A-Z][A-Z0-9_]+): /gm)].map(([, name]) => name!),
    ...[...read('render.yaml').matchAll(/key: ([A-Z][A-Z0-9_]+)/g)].map(([, name]) => name!),
  ]
  const images = new Set(['POSTGRES_USER', 'POSTGRES_PASSWORD'])
  expect(names.filter((name) => !known.has(name) && !images.has(name))).toEqual([])
})

test('the image is built from files that the build context holds', () => {
  const context = read('.dockerignore')
    .split('\n')
    .filter((line) => line.startsWith('!'))
    .map((line) => line.slice(1))
  for (const name of context.filter((one) => !one.includes('*'))) expect(existsSync(name), name).toBe(true)
  for (const needed of ['src', 'web', 'migrations', 'samples', 'package-lock.json'])
    expect(context).toContain(needed)
})

test('a vendor’s library that the settings can ask for is in the image, whichever it is', () => {
  const lent = ['src', 'web'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => [...read(join(folder, name)).matchAll(/\blend\('([^']+)'/g)].map(([, lib]) => lib!)),
  )
  const { peerDependenciesMeta, devDependencies, dependencies } = JSON.parse(read('package.json'))
  expect(lent).toContain('@google-cloud/tasks')
  const installed = { ...dependencies, ...peerDependenciesMeta }
  expect(lent.filter((name) => !(name in installed))).toEqual([])
  // The image installs each optional peer in the version that is tested here.
  expect(read('Dockerfile')).toContain('Object.keys(d.peerDependenciesMeta)')
  expect(Object.keys(peerDependenciesMeta).filter((name) => !(name in devDependencies))).toEqual([])
})
