/**
 * Whole files: `test/golden/<format>/<case>/input.*` and what mdraft makes of it. `npm run golden` writes the
 * expectations anew; the diff is reviewed. A case may hold `options.json` (as for `convert`); `expected.json` (the Doc)
 * is compared only where it is kept. A case that must fail keeps `expected.error.json` in place of the rest.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Conversion, type ConvertOptions, convert, MdraftError } from '../src/index.ts'
import { checkInvariants } from './invariants.ts'

const root = join(import.meta.dirname, 'golden')
const isUpdate = process.env.UPDATE_GOLDEN === '1'

const folders = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()

const cases = folders(root).flatMap((format) =>
  folders(join(root, format)).map((name) => `${format}/${name}`),
)

type Case = { readonly bytes: Uint8Array; readonly options: ConvertOptions }

function load(folder: string): Case {
  const input = readdirSync(folder).find((name) => name.startsWith('input.'))
  if (!input) throw new Error(`${folder} has no input.`)
  const options = join(folder, 'options.json')
  return {
    bytes: readFileSync(join(folder, input)),
    options: { name: input, ...(existsSync(options) ? JSON.parse(readFileSync(options, 'utf8')) : {}) },
  }
}

/** Compares with the file, or writes it; `undefined` means that there must be none. */
function matches(path: string, actual: string | undefined): void {
  if (isUpdate) {
    if (actual === undefined) rmSync(path, { force: true })
    else writeFileSync(path, actual)
    return
  }
  expect(actual).toBe(existsSync(path) ? readFileSync(path, 'utf8') : undefined)
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

async function attempt({ bytes, options }: Case): Promise<Conversion | MdraftError> {
  try {
    return await convert(bytes, options)
  } catch (error) {
    if (error instanceof MdraftError) return error
    throw error
  }
}

describe('golden', () => {
  test('there are cases', () => {
    expect(cases.length).toBeGreaterThan(10)
  })

  test.each(cases)('%s', async (name) => {
    const folder = join(root, name)
    const one = load(folder)
    const result = await attempt(one)
    const file = (suffix: string) => join(folder, `expected.${suffix}`)
    if (result instanceof MdraftError) {
      matches(file('error.json'), json(result))
      matches(file('md'), undefined)
      return
    }
    matches(file('error.json'), undefined)
    matches(file('md'), result.output)
    matches(file('warnings.json'), result.warnings.length > 0 ? json(result.warnings) : undefined)
    if (existsSync(file('json'))) matches(file('json'), json(result.doc))
    await checkInvariants(result)
    expect(JSON.stringify(await attempt(one)), 'the same bytes give the same result').toBe(
      JSON.stringify(result),
    )
  })
})

describe('the samples', () => {
  const samples = join(import.meta.dirname, '../samples')
  const files = existsSync(samples) ? readdirSync(samples).filter((name) => /\.(pdf|docx)$/.test(name)) : []
  test.each(files)('%s keeps what must hold of every result', async (name) => {
    const result = await convert(readFileSync(join(samples, name)), { name })
    expect(result.output.length).toBeGreaterThan(1_000)
    await checkInvariants(result)
  })
})
