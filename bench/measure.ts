import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Reading } from './engine-child.ts'
import type { Engine } from './engines.ts'

const SECONDS = 900
const child = fileURLToPath(new URL('./engine-child.ts', import.meta.url))

/** @returns the reading, or why there is none */
export function measure(
  { kind, name }: Engine,
  paths: readonly string[],
  warm: boolean,
): Promise<Reading | string> {
  return new Promise((resolve) => {
    const process = fork(child, [], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
    const timer = setTimeout(() => {
      process.kill('SIGKILL')
      resolve(`no answer after ${SECONDS} s`)
    }, SECONDS * 1000)
    process.once('message', (message: { reading?: Reading; missing?: string }) => {
      resolve(message.reading ?? message.missing ?? 'no answer')
    })
    process.once('exit', (code, signal) => {
      clearTimeout(timer)
      resolve(`ended with ${signal ?? code}`)
    })
    process.send({ kind, name, paths, warm })
  })
}

/** Rows as a Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
