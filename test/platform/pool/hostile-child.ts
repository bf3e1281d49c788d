/** A child whose jobs do what a reader exploited by a hostile file would try. The job's name says which. */
import { spawnSync } from 'node:child_process'
import { lookup } from 'node:dns/promises'
import { readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { doc, paragraph } from '../../../src/core/doc/build.ts'
import { MdraftError, type Tools, write } from '../../../src/core/index.ts'
import { serveJobs } from '../../../src/platform/pool/serve-jobs.ts'

const deeds: Record<string, (tools: Tools) => unknown> = {
  'be good': () => 'good',
  'tell the pid': () => process.pid,
  'loop for ever': () => {
    for (;;);
  },
  'wait for ever': () => new Promise(() => {}),
  'fill the heap': () => {
    const kept: object[] = []
    for (;;) kept.push(Array.from({ length: 1000 }, (_, at) => ({ at })))
  },
  'fill buffers': async () => {
    const kept: Uint8Array[] = []
    for (;;) {
      kept.push(new Uint8Array(16 * 2 ** 20).fill(1))
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  },
  'fill buffers without pause': () => {
    const kept: Uint8Array[] = []
    for (;;) kept.push(new Uint8Array(16 * 2 ** 20).fill(1))
  },
  exit: () => process.exit(3),
  abort: () => process.abort(),
  'overflow the stack': () => {
    const deeper = (n: number): number => deeper(n + 1) + 1
    return deeper(0)
  },
  'throw in a timer': () =>
    new Promise(() => {
      setTimeout(() => {
        throw new Error('late')
      })
    }),
  'be malformed': () => {
    throw new MdraftError('malformed', 'It is damaged.', { fix: 'Mend it.' })
  },
  'break something': () => {
    throw new TypeError('x is not a function at /secret/path')
  },
  'read pages until late': async (tools) => {
    let page = 0
    while (!tools.isLate?.()) {
      page++
      tools.onProgress?.({ stage: 'reading', page })
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    return page
  },
  'read a file': () => readFileSync('/etc/hostname', 'utf8'),
  'write a file': () => writeFileSync(join(tmpdir(), 'mdraft-escaped'), 'x'),
  'read the environment': () => Object.keys(process.env).join(),
  'start a process': () => spawnSync('true').pid,
  connect: () =>
    new Promise((resolve, reject) => {
      connect(9, '127.0.0.1', () => resolve('connected')).on('error', reject)
    }),
  'look up a name': () => lookup('localhost'),
  'read a file from a worker': () =>
    new Promise((resolve, reject) => {
      const code = `require('node:worker_threads').parentPort.postMessage(require('node:fs').readFileSync('/etc/hostname', 'utf8'))`
      new Worker(code, { eval: true }).on('message', resolve).on('error', reject)
    }),
  recognise: async (tools) => {
    const picture = { width: 2, height: 2, grey: new Uint8Array([1, 2, 3, 4]), dpi: 300 }
    return (await tools.ocr?.recognise(picture, { languages: ['deu'], layout: 'page' }))?.words[0]?.text
  },
}

serveJobs(async ({ work }, tools) => {
  if (work.task !== 'convert') throw new Error('Only convert is asked here.')
  let said: string
  try {
    said = String(await deeds[work.options.name ?? '']!(tools))
  } catch (error) {
    if (
      error instanceof Error &&
      'code' in error &&
      /^(ERR_ACCESS_DENIED|EACCES|EPERM)$/.test(String(error.code))
    )
      said = 'denied'
    else throw error
  }
  const spoken = doc('txt', [paragraph(said)])
  return { ...write(spoken, []), doc: spoken, format: 'txt', warnings: [], partial: false, images: [] }
})
