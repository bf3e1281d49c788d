import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')

type Import = { readonly from: string; readonly to: string }

/** Files of ours as paths from the root, and package names. */
function imports(file: string): Import[] {
  const source = readFileSync(join(root, file), 'utf8')
  const found = source.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*|\bexport\s+\*\s+from\s*)['"]([^'"]+)['"]/g)
  return [...found].map(([, to]) => ({
    from: file,
    to: to!.startsWith('.') ? relative(root, resolve(root, dirname(file), to!)) : to!,
  }))
}

const files = (folder: string): string[] =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
        .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    : []

const src = files('src')
const web = files('web')
const all = [...src, ...web].flatMap(imports)
const isOurs = (to: string) => to.startsWith('src/') || to.startsWith('web/')
const show = (found: Import[]) => found.map(({ from, to }) => `${from} -> ${to}`)
const breaking = (rule: (edge: Import) => boolean) => show(all.filter(rule))

const within = (path: string, ...rooms: string[]) =>
  rooms.some((room) => path === room || path.startsWith(`${room}/`))
const packageName = (to: string) =>
  to.startsWith('@') ? to.split('/').slice(0, 2).join('/') : to.split('/')[0]!

describe('who may never import whom', () => {
  test('core/doc imports nothing', () => {
    expect(breaking(({ from, to }) => within(from, 'src/core/doc') && !within(to, 'src/core/doc'))).toEqual(
      [],
    )
  })

  test('readers, layout, enrich and writers never import each other', () => {
    const rooms = ['readers', 'layout', 'enrich', 'writers'].map((room) => `src/core/${room}`)
    const room = (path: string) => rooms.find((name) => within(path, name))
    // Importing the table of formats or outputs by name (sniff, convert) is for the files beside them.
    expect(breaking(({ from, to }) => !!room(from) && !!room(to) && room(from) !== room(to))).toEqual([])
  })

  test('core imports no other room and no network, database or log library', () => {
    const outside = ['src/rfp', 'src/platform', 'src/server', 'src/cli', 'src/contract', 'web']
    const libraries = [
      'fastify',
      'pg',
      'kysely',
      'pg-boss',
      'pino',
      'prom-client',
      'undici',
      'ioredis',
      'tesseract.js-core',
    ]
    const builtins = [
      'node:http',
      'node:https',
      'node:net',
      'node:fs',
      'node:fs/promises',
      'node:child_process',
      'node:os',
    ]
    // The PDF engine is WebAssembly: its own package's binary has to be read from somewhere.
    const mayReadFiles = 'src/core/readers/pdf/pdfium.ts'
    expect(
      breaking(
        ({ from, to }) =>
          within(from, 'src/core') &&
          !(from === mayReadFiles && to === 'node:fs/promises') &&
          (within(to, ...outside) || [...libraries, ...builtins].includes(isOurs(to) ? '' : to)),
      ),
    ).toEqual([])
  })

  test('rfp sees only the face of core', () => {
    expect(
      breaking(
        ({ from, to }) =>
          within(from, 'src/rfp') && isOurs(to) && !within(to, 'src/rfp') && to !== 'src/core/index.ts',
      ),
    ).toEqual([])
  })

  test('platform imports no server, cli or web file', () => {
    expect(
      breaking(({ from, to }) => within(from, 'src/platform') && within(to, 'src/server', 'src/cli', 'web')),
    ).toEqual([])
  })

  test('a noun of the server reaches another only through its service, and only downward', () => {
    const order = [
      'audit',
      'accounts',
      'teams',
      'plans',
      'webhooks',
      'jobs',
      'documents',
      'proposals',
      'analyses',
      'agents',
      'belongings',
      'mcp',
      'admin',
      'ops',
    ]
    const noun = (path: string) => order.findIndex((name) => within(path, `src/server/${name}`))
    expect(
      breaking(({ from, to }) => {
        const [a, b] = [noun(from), noun(to)]
        if (a < 0 || b < 0 || a === b) return false
        // A worker reaches jobs through their runner.
        return b > a || !/\/(service|jobs\/runner)\.ts$/.test(to)
      }),
    ).toEqual([])
  })

  test('inside a noun: routes → service → store', () => {
    expect(
      breaking(
        ({ from, to }) =>
          within(from, 'src/server') &&
          ((/\/service\.ts$/.test(from) && /\/routes\.ts$/.test(to)) ||
            (/\/store\.ts$/.test(from) && /\/(routes|service)\.ts$/.test(to)) ||
            (/\/routes\.ts$/.test(from) && /\/store\.ts$/.test(to))),
      ),
    ).toEqual([])
  })

  test('web imports contract and nothing else of src', () => {
    expect(
      breaking(({ from, to }) => within(from, 'web') && within(to, 'src') && !within(to, 'src/contract')),
    ).toEqual([])
  })

  test('contract imports only the findings of rfp', () => {
    expect(
      breaking(
        ({ from, to }) =>
          within(from, 'src/contract') &&
          isOurs(to) &&
          !within(to, 'src/contract') &&
          to !== 'src/rfp/findings.ts',
      ),
    ).toEqual([])
  })

  test('the index of a folder is not imported by the folder’s own files', () => {
    expect(
      breaking(
        ({ from, to }) =>
          to.endsWith('/index.ts') &&
          dirname(from) === dirname(to) &&
          !/^src\/(core|rfp)\/[a-z-]+\.ts$/.test(from),
      ),
    ).toEqual([])
  })

  test('only the configuration reads the environment', () => {
    const readers = src.filter((file) => /\bprocess\.env\b/.test(readFileSync(join(root, file), 'utf8')))
    expect(readers.filter((file) => file !== 'src/platform/config/config.ts')).toEqual([])
  })

  test('a third-party library is imported by one file of the server side', () => {
    const shared = ['zod', 'fastify', 'fastify-type-provider-zod', 'kysely', 'saxes']
    const owners = new Map<string, Set<string>>()
    for (const { from, to } of src.flatMap(imports)) {
      if (isOurs(to) || to.startsWith('node:')) continue
      const name = packageName(to)
      if (shared.includes(name) || /^(hast|mdast|unist)/.test(name)) continue
      owners.set(name, (owners.get(name) ?? new Set()).add(from))
    }
    expect(
      [...owners]
        .filter(([, from]) => from.size > 1)
        .map(([name, from]) => `${name}: ${[...from].join(', ')}`),
    ).toEqual([])
  })

  test('no two files import each other in a loop', () => {
    const edges = new Map<string, string[]>()
    for (const { from, to } of all) if (isOurs(to)) edges.set(from, [...(edges.get(from) ?? []), to])
    const state = new Map<string, 'open' | 'done'>()
    const loops: string[] = []
    const visit = (file: string, path: string[]) => {
      if (state.get(file) === 'done') return
      if (state.get(file) === 'open') {
        loops.push([...path.slice(path.indexOf(file)), file].join(' -> '))
        return
      }
      state.set(file, 'open')
      for (const next of edges.get(file) ?? []) visit(next, [...path, file])
      state.set(file, 'done')
    }
    for (const file of edges.keys()) visit(file, [])
    expect(loops).toEqual([])
  })
})
