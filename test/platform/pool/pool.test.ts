import { fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import { type ErrorCode, MdraftError, type Progress } from '../../../src/core/index.ts'
import { createPool, type Pool, type PoolOptions } from '../../../src/platform/pool/pool.ts'

const MB = 2 ** 20
const bytes = new Uint8Array([1])
const open: Pool[] = []
afterEach(() => {
  for (const pool of open.splice(0)) pool.close()
})

const pool = (options: Partial<PoolOptions> = {}): Pool => {
  const made = createPool({ size: 1, ...options })
  open.push(made)
  return made
}
const hostile = (options: Partial<PoolOptions> = {}): Pool =>
  pool({ entry: new URL('./hostile-child.ts', import.meta.url), ...options })
const deed = async (on: Pool, name: string, call = {}) =>
  (await on.convert(bytes, { name }, call)).output.trim()
const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
const codeOf = async (work: Promise<unknown>): Promise<ErrorCode | 'fulfilled' | 'untyped'> =>
  work.then(
    () => 'fulfilled' as const,
    (error: unknown) => (error instanceof MdraftError ? error.code : 'untyped'),
  )

describe('a file read in a child', () => {
  test('gives what convert gives', async () => {
    const on = pool()
    const file = new TextEncoder().encode('First.\n\nSecond.\n')
    const whole = await on.convert(file, { name: 'a.txt' })
    expect(whole.output).toBe('First.\n\nSecond.\n')
    expect(whole.doc.blocks.map((block) => block.id)).toEqual(['p1', 'p2'])
    expect(whole.map.map((range) => range.block)).toEqual(['p1', 'p2'])
    expect('doc' in (await on.print(file, { name: 'a.txt' }))).toBe(false)
  })

  test('gives typed errors with their fix', async () => {
    const failed = pool().convert(new Uint8Array(0))
    await expect(failed).rejects.toMatchObject({
      code: 'empty_input',
      fix: expect.stringContaining('upload'),
    })
  })

  test('an analysis of a Doc runs in the child too', async () => {
    const on = pool()
    const { doc } = await on.convert(new TextEncoder().encode('The contractor shall report.'), {
      name: 'a.txt',
    })
    const analysis = await on.analyze(doc, { filename: 'a.txt', sha256: 'x' })
    expect(analysis.schema).toBe('mdraft.analysis/1')
  })
})

test('a heap of one owner does not delay the first of another', async () => {
  const on = pool()
  const order: string[] = []
  const ask = async (owner: string, n: number) => {
    await on.print(new TextEncoder().encode('Text.'), { name: 'a.txt' }, { owner })
    order.push(`${owner}${n}`)
  }
  const heap = Array.from({ length: 5 }, (_, n) => ask('heap', n))
  await Promise.all([...heap, ask('other', 0), ask('third', 0)])
  expect(order).toEqual(['heap0', 'other0', 'third0', 'heap1', 'heap2', 'heap3', 'heap4'])
})

describe('what a child may not do', () => {
  test.each([
    'read a file',
    'write a file',
    'start a process',
    'connect',
    'look up a name',
    'read a file from a worker',
  ])('%s', async (name) => {
    expect(await deed(hostile(), name)).toBe('denied')
  })

  test('see the environment of its parent', async () => {
    expect(await deed(hostile(), 'read the environment')).toBe('')
  })
})

describe('a breach ends the job with its own code, and the next job succeeds', () => {
  test.each<[string, ErrorCode, Partial<PoolOptions>, object]>([
    ['loop for ever', 'timeout', {}, { deadline: 600 }],
    ['wait for ever', 'timeout', {}, { deadline: 600 }],
    ['loop for ever', 'timeout', { limits: { silenceMillis: 700 } }, {}],
    ['fill the heap', 'memory', { limits: { residentBytes: 250 * MB } }, {}],
    ['fill buffers', 'memory', { limits: { residentBytes: 250 * MB } }, {}],
    ['fill buffers without pause', 'memory', { limits: { residentBytes: 250 * MB } }, {}],
    ['exit', 'crashed', {}, {}],
    ['abort', 'crashed', {}, {}],
    ['throw in a timer', 'crashed', {}, {}],
    ['overflow the stack', 'nested_too_deep', {}, {}],
    ['be malformed', 'malformed', {}, {}],
    ['break something', 'internal', {}, {}],
  ])('%s → %s', async (name, code, options, call) => {
    const on = hostile(options)
    expect(await codeOf(deed(on, name, call))).toBe(code)
    expect(await deed(on, 'be good')).toBe('good')
  })

  test('an internal error says nothing of the inside but to the operator', async () => {
    const error = await deed(hostile(), 'break something').catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(MdraftError)
    expect((error as MdraftError).message).not.toContain('secret')
    expect(String((error as MdraftError).cause)).toContain('x is not a function')
  })

  test('memory stays near the ceiling although the child allocates as fast as it can', async () => {
    const on = hostile({ limits: { residentBytes: 300 * MB } })
    let peak = 0
    const probe = setInterval(() => {
      for (const pid of on.pids) peak = Math.max(peak, residentOf(pid))
    }, 5)
    await codeOf(deed(on, 'fill buffers without pause'))
    clearInterval(probe)
    if (process.platform === 'linux') expect(peak).toBeGreaterThan(200 * MB)
    expect(peak).toBeLessThan(700 * MB)
  })
})

const residentOf = (pid: number): number => {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}

describe('the life of a child', () => {
  test('it serves several files', async () => {
    const on = hostile()
    expect(await deed(on, 'tell the pid')).toBe(await deed(on, 'tell the pid'))
  })

  test('it is replaced after its share of jobs', async () => {
    const on = hostile({ jobsPerChild: 2 })
    const pids = [
      await deed(on, 'tell the pid'),
      await deed(on, 'tell the pid'),
      await deed(on, 'tell the pid'),
    ]
    expect(pids[0]).toBe(pids[1])
    expect(pids[2]).not.toBe(pids[1])
  })

  test('it is replaced when it holds too much while idle', async () => {
    const on = hostile({ idleBytes: MB })
    expect(await deed(on, 'tell the pid')).not.toBe(await deed(on, 'tell the pid'))
  })

  test('it never serves again after an abort, and dies at once', async () => {
    const on = hostile()
    const before = await deed(on, 'tell the pid')
    const stop = new AbortController()
    const work = codeOf(deed(on, 'loop for ever', { signal: stop.signal }))
    setTimeout(() => stop.abort(), 100)
    expect(await work).toBe('aborted')
    expect(await deed(on, 'tell the pid')).not.toBe(before)
    await expect.poll(() => isAlive(Number(before)), { timeout: 2_000 }).toBe(false)
  })

  test('it dies with a parent that is killed, even while it loops', async () => {
    const parent = fork(new URL('./parent.ts', import.meta.url), { stdio: 'ignore' })
    const pid = await new Promise<number>((resolve) =>
      parent.once('message', (said) => resolve(Number(said))),
    )
    parent.kill('SIGKILL')
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false)
  })

  test('close ends running and waiting work', async () => {
    const on = hostile()
    const works = [deed(on, 'wait for ever'), deed(on, 'be good')].map(codeOf)
    await new Promise((resolve) => setTimeout(resolve, 50))
    on.close()
    expect(await Promise.all(works)).toEqual(['aborted', 'aborted'])
    expect(on.pids).toEqual([])
  })

  test('work waits for a free child and keeps its order', async () => {
    const on = hostile({ size: 2 })
    const pids = await Promise.all(Array.from({ length: 6 }, () => deed(on, 'tell the pid')))
    expect(new Set(pids).size).toBe(2)
  })
})

describe('time', () => {
  test('near the deadline readers are told, and what they have comes back', async () => {
    const seen: Progress[] = []
    const on = hostile()
    await deed(on, 'be good') // started, so that the deadline is for the work alone
    const pages = await deed(on, 'read pages until late', {
      deadline: 1_000,
      onProgress: (progress: Progress) => seen.push(progress),
    })
    expect(Number(pages)).toBeGreaterThan(1)
    expect(seen.length).toBe(Number(pages))
  })
})

describe('text recognition by the parent', () => {
  test('rasters go up and words come down', async () => {
    const ocr = {
      name: 'test',
      recognise: async (picture: { grey: Uint8Array }, options: { languages: readonly string[] }) => ({
        words: [
          {
            text: `${options.languages} ${picture.grey.join()}`,
            x0: 0,
            y0: 0,
            x1: 1,
            y1: 1,
            confidence: 1,
            line: 0,
          },
        ],
      }),
    }
    expect(await deed(hostile({ ocr }), 'recognise')).toBe('deu 1,2,3,4')
  })
})
