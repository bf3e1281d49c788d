import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PNG } from 'pngjs'
import { afterAll, describe, expect, test } from 'vitest'

const bin = fileURLToPath(new URL('../../bin/mdraft.js', import.meta.url))
const root = mkdtempSync(join(tmpdir(), 'mdraft-cli-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

type Run = { readonly status: number | null; readonly out: string; readonly err: string }

function mdraft(args: readonly string[], input = ''): Promise<Run> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [bin, ...args], { cwd: root })
    let out = ''
    let err = ''
    child.stdout.on('data', (part) => (out += part))
    child.stderr.on('data', (part) => (err += part))
    child.on('close', (status) => resolve({ status, out, err }))
    child.stdin.end(input)
  })
}

const folder = (name: string, files: Record<string, string | Uint8Array>): string => {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(root, name, path, '..'), { recursive: true })
    writeFileSync(join(root, name, path), content)
  }
  return name
}
const tree = (path: string): string[] =>
  readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name).slice(join(root, path).length + 1))
    .sort()
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

describe('one input', () => {
  test('prints to stdout', async () => {
    folder('one', { 'a.txt': 'Hello.\n' })
    expect(await mdraft(['convert', 'one/a.txt'])).toEqual({ status: 0, out: 'Hello.\n', err: '' })
  })

  test('is read from stdin', async () => {
    expect((await mdraft(['convert', '-'], 'From a pipe.')).out).toBe('From a pipe.\n')
  })

  test('goes to the file named by -o, or into the folder', async () => {
    folder('out', { 'a.txt': 'Hello.' })
    await mdraft(['convert', 'out/a.txt', '-o', 'out/b.md'])
    await mdraft(['convert', 'out/a.txt', '-o', 'out/sub/'])
    expect(tree('out')).toEqual(['a.txt', 'b.md', 'sub/a.md'])
  })

  test('--debug draws the pages', async () => {
    const picture = new PNG({ width: 60, height: 40, fill: true })
    folder('debug', { 'a.png': PNG.sync.write(picture), 'b.png': PNG.sync.write(picture) })
    await mdraft(['convert', 'debug/a.png', '--ocr', 'never', '--debug', 'debug/one'])
    await mdraft([
      'convert',
      'debug/a.png',
      'debug/b.png',
      '--ocr',
      'never',
      '-o',
      'debug/out',
      '--debug',
      'debug/two',
    ])
    expect(tree('debug/one')).toEqual(['page-0001.svg'])
    expect(tree('debug/two')).toEqual(['a.png/page-0001.svg', 'b.png/page-0001.svg'])
  }, 20_000)

  test('gives its source map', async () => {
    folder('map', { 'a.txt': 'Hello.' })
    await mdraft(['convert', 'map/a.txt', '--map', 'map/a.json'])
    expect(JSON.parse(read('map/a.json'))).toMatchObject([{ start: 0, end: 6, block: 'p1' }])
  })
})

describe('exit status and messages', () => {
  test('1 and one line for a file that cannot be read', async () => {
    folder('bad', { 'empty.pdf': '' })
    const run = await mdraft(['convert', 'bad/empty.pdf'])
    expect(run).toMatchObject({ status: 1, out: '' })
    expect(run.err).toBe(
      'mdraft: bad/empty.pdf: The file is empty (0 bytes). Check that the upload or copy finished.\n',
    )
  })

  test.each([
    [['convert']],
    [['convert', 'a', '--to', 'docm']],
    [['convert', 'a', '--pages', '5-1']],
    [['convert', 'a', '--jobs', '0']],
    [['convert', 'a', 'b']],
    [['convert', 'a', '--nonsense']],
    [['nonsense']],
  ])('2 for usage: %j', async (args) => {
    const run = await mdraft(args)
    expect(run.status).toBe(2)
    expect(run.err).toMatch(/^mdraft: /)
  })

  test('1 for a name that does not exist', async () => {
    expect(await mdraft(['convert', 'nothing-there.pdf'])).toMatchObject({ status: 1, out: '' })
  })

  test('--fail-on-warning makes a doubt a failure', async () => {
    folder('warn', { 'a.txt': new Uint8Array([0x63, 0x61, 0x66, 0xe9]) })
    const plain = await mdraft(['convert', 'warn/a.txt'])
    expect(plain).toMatchObject({ status: 0, out: 'café\n' })
    expect(plain.err).toContain('mdraft: warn/a.txt: warning: ')
    expect(await mdraft(['convert', 'warn/a.txt', '--fail-on-warning'])).toMatchObject({ status: 1 })
    expect(await mdraft(['convert', 'warn/a.txt', '--quiet'])).toMatchObject({ status: 0, err: '' })
  })
})

describe('many inputs', () => {
  test('a folder keeps its shape, and two of one name keep their extensions', async () => {
    folder('many', {
      'a.txt': 'A',
      'a.csv.txt': 'x',
      'b.txt': 'B',
      'b.md.txt': 'C',
      'deep/er/c.txt': 'D',
      'deep/C.txt': 'E',
      'same.txt': '1',
      'same.text': '2',
    })
    const run = await mdraft(['convert', 'many', '-o', 'many-out'])
    expect(run).toMatchObject({ status: 0, out: '', err: '8 converted\n' })
    expect(tree('many-out')).toEqual([
      'a.csv.md',
      'a.md',
      'b.md',
      'b.md.md',
      'deep/C.md',
      'deep/er/c.md',
      'same.text.md',
      'same.txt.md',
    ])
  })

  test('a file that fails does not stop the others', async () => {
    folder('mixed', { 'good.txt': 'Good.', 'empty.txt': '', 'program.bin': new Uint8Array([0, 1, 2, 3]) })
    const run = await mdraft(['convert', 'mixed', '-o', 'mixed-out', '--jobs', '2'])
    expect(run.status).toBe(1)
    expect(run.err).toContain('mdraft: mixed/empty.txt: The file is empty')
    expect(run.err).toContain('mixed/program.bin: passed over')
    expect(run.err).toContain('1 converted, 1 passed over, 1 failed')
    expect(tree('mixed-out')).toEqual(['good.md'])
  })

  test('globs are understood, and the output folder is not read again', async () => {
    folder('glob', { 'a.txt': 'A', 'b.log': 'B', 'out/old.txt': 'old' })
    await mdraft(['convert', 'glob/*.txt', '-o', 'glob/out'])
    expect(tree('glob/out')).toEqual(['a.md', 'old.txt'])
    await mdraft(['convert', 'glob', '-o', 'glob/out'])
    expect(tree('glob/out')).toEqual(['a.md', 'b.md', 'old.txt'])
  })

  test('--resume leaves out what is done and unchanged', async () => {
    folder('resume', { 'a.txt': 'A', 'b.txt': 'B', 'c.txt': '' })
    await mdraft(['convert', 'resume', '-o', 'resume-out'])
    writeFileSync(join(root, 'resume/b.txt'), 'B changed')
    utimesSync(join(root, 'resume/b.txt'), new Date(), new Date(1_900_000_000_000))
    const again = await mdraft(['convert', 'resume', '-o', 'resume-out', '--resume'])
    expect(again.err).toContain('1 converted, 1 already done, 1 failed')
    expect(read('resume-out/b.md')).toBe('B changed\n')
    const otherwise = await mdraft(['convert', 'resume', '-o', 'resume-out', '--resume', '--page-markers'])
    expect(otherwise.err).toContain('2 converted')
  })
})
