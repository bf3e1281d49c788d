import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { diskBlobs } from '../../../src/platform/blobs/disk.ts'
import { blobContract } from './blob-contract.ts'

const temporary = () => mkdtempSync(join(tmpdir(), 'mdraft-blobs-'))

blobContract('disk', async () => {
  const folder = temporary()
  return { blobs: diskBlobs(folder), close: async () => rmSync(folder, { recursive: true }) }
})

test('a write that fails leaves no partial file behind', async () => {
  const folder = temporary()
  const blobs = diskBlobs(folder)
  async function* broken() {
    yield Buffer.from('half')
    throw new Error('gone')
  }
  await expect(blobs.write('x', broken())).rejects.toThrow()
  expect(readdirSync(join(folder, '.partial'))).toEqual([])
  rmSync(folder, { recursive: true })
})

test('a folder that cannot be written is told as unavailable', async () => {
  const folder = temporary()
  writeFileSync(join(folder, '.partial'), '')
  chmodSync(folder, 0o500)
  await expect(diskBlobs(folder).check()).rejects.toMatchObject({ code: 'unavailable' })
  rmSync(folder, { recursive: true })
})
