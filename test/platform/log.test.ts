import { expect, test } from 'vitest'
import { createLog } from '../../src/platform/log.ts'

test('an error is logged by kind, message and stack; what a library hangs on it is not', () => {
  const lines: string[] = []
  const log = createLog({ level: 'info', format: 'json' }, (line) => lines.push(line) > 0)
  const inner = Object.assign(new Error('inner'), { config: { body: 'The offeror shall' }, code: 429 })
  const outer = Object.assign(new Error('outer', { cause: inner }), {
    request: { authorization: 'Bearer x' },
  })
  log.error({ err: outer }, 'failed')
  const { err } = JSON.parse(lines[0]!)
  expect(err).toMatchObject({
    type: 'Error',
    message: 'outer',
    cause: { message: 'inner', code: 429, stack: expect.stringContaining('log.test.ts') },
  })
  expect(lines[0]).not.toMatch(/offeror|Bearer/)
})
