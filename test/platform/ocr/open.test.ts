import { expect, test } from 'vitest'
import { openOcr } from '../../../src/platform/ocr/open.ts'

test('the built-in engine runs in the child', async () => {
  expect(await openOcr({ engine: 'built-in', command: 'tesseract' })).toBe('child')
})

test('a configured program that is not there is refused at the start, with the fix', async () => {
  await expect(openOcr({ engine: 'tesseract', command: 'no-such-program' })).rejects.toMatchObject({
    code: 'bad_option',
    fix: expect.stringContaining('TESSERACT_COMMAND'),
  })
})
