/** What every storage adapter promises; each adapter's test calls this. */
import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Blobs, readText, writeText } from '../../../src/platform/blobs/blobs.ts'

async function collectGarbage(): Promise<void> {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  for (let n = 0; n < 5; n++) {
    collect()
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

export function blobContract(
  name: string,
  make: () => Promise<{ blobs: Blobs; close?: () => Promise<void> }>,
): void {
  describe(`${name} keeps the contract of blobs`, () => {
    let blobs: Blobs
    let close: (() => Promise<void>) | undefined
    beforeAll(async () => {
      ;({ blobs, close } = await make())
    })
    afterAll(() => close?.())

    const bytes = (size: number) => Buffer.alloc(size, 'mdraft ')
    async function* chunks(content: Buffer, size = 64 * 1024) {
      for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size)
    }
    const keys = async (prefix: string) => {
      const found: string[] = []
      for await (const { key } of blobs.list(prefix)) found.push(key)
      return found.sort()
    }

    test('what is written is read, with its size and hash', async () => {
      const content = bytes(1_000_003)
      const stored = await blobs.write('a/whole', chunks(content))
      expect(stored).toEqual({
        size: content.length,
        sha256: createHash('sha256').update(content).digest('hex'),
      })
      expect((await buffer(await blobs.read('a/whole'))).equals(content)).toBe(true)
      expect(await blobs.stat('a/whole')).toMatchObject({ key: 'a/whole', size: content.length })
    })

    test('an empty file is a file', async () => {
      expect(await blobs.write('a/empty', chunks(bytes(0)))).toMatchObject({ size: 0 })
      expect((await buffer(await blobs.read('a/empty'))).length).toBe(0)
    })

    test('a range has both its ends', async () => {
      await blobs.write('a/range', chunks(Buffer.from('0123456789')))
      expect((await buffer(await blobs.read('a/range', { start: 2, end: 5 }))).toString()).toBe('2345')
      expect((await buffer(await blobs.read('a/range', { start: 9, end: 9 }))).toString()).toBe('9')
    })

    test('writing again replaces', async () => {
      await blobs.write('a/again', chunks(Buffer.from('first')))
      await blobs.write('a/again', chunks(Buffer.from('second')))
      expect((await buffer(await blobs.read('a/again'))).toString()).toBe('second')
    })

    test('text comes back as it was', async () => {
      await writeText(blobs, 'a/text.gz', '# Über\n'.repeat(10_000))
      expect(await readText(blobs, 'a/text.gz')).toBe('# Über\n'.repeat(10_000))
      expect((await blobs.stat('a/text.gz'))!.size).toBeLessThan(5_000)
    })

    test('over the limit nothing is stored, and reading stops at once', async () => {
      let sent = 0
      async function* endless() {
        for (;;) {
          sent += 65_536
          yield bytes(65_536)
        }
      }
      await expect(blobs.write('a/large', endless(), { maxBytes: 1_000_000 })).rejects.toMatchObject({
        code: 'too_large',
      })
      expect(await blobs.stat('a/large')).toBeUndefined()
      expect(sent).toBeLessThan(8_000_000)
    })

    test('a source that fails midway leaves nothing', async () => {
      async function* broken() {
        yield bytes(100_000)
        throw new Error('connection reset')
      }
      await expect(blobs.write('a/broken', broken())).rejects.toThrow()
      expect(await blobs.stat('a/broken')).toBeUndefined()
      expect(await keys('a/broken')).toEqual([])
    })

    test('a missing file is told by its code', async () => {
      await expect(blobs.read('a/nowhere')).rejects.toMatchObject({ code: 'not_found' })
      expect(await blobs.stat('a/nowhere')).toBeUndefined()
    })

    test('removing is final and harmless when repeated', async () => {
      await blobs.write('a/gone', chunks(bytes(10)))
      await blobs.remove(['a/gone', 'a/never'])
      await blobs.remove(['a/gone'])
      expect(await blobs.stat('a/gone')).toBeUndefined()
    })

    test('a list has what starts with the prefix', async () => {
      for (const key of ['l/1/x', 'l/1/y', 'l/2/x']) await blobs.write(key, chunks(bytes(3)))
      expect(await keys('l/1/')).toEqual(['l/1/x', 'l/1/y'])
      expect(await keys('l/')).toHaveLength(3)
      expect(await keys('none/')).toEqual([])
    })

    test.each(['../secret', 'a/../../b', '/etc/passwd', 'a//b', '.partial/x', 'Ünïcode', 'a\\b', ''])(
      'refuses the key %j',
      async (key) => {
        await expect(blobs.read(key)).rejects.toThrow()
        await expect(blobs.write(key, chunks(bytes(1)))).rejects.toThrow()
      },
    )

    test('a file that was opened and that nobody reads harms nobody', async () => {
      await blobs.write('a/unread', chunks(bytes(1_000)))
      for (let n = 0; n < 20; n++) await blobs.read('a/unread')
      await collectGarbage()
      expect((await buffer(await blobs.read('a/unread'))).length).toBe(1_000)
    })

    test('checks itself', async () => {
      await blobs.check()
    })
  })
}
