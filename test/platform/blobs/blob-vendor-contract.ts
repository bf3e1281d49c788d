/** What every adapter over a network promises beyond the contract: faults pass or are told, links end. */
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Blobs } from '../../../src/platform/blobs/blobs.ts'
import type { Vendor } from '../../vendors/server.ts'

type Storage = Vendor & { later(ms: number): void }
type Start = () => Promise<{ vendor: Storage; blobs: Blobs; impatient: Blobs }>

async function* bytes(size = 200_000) {
  yield Buffer.alloc(size, 'mdraft ')
}

export function blobFaults(name: string, start: Start): void {
  describe(`${name} when the network fails`, () => {
    let vendor: Storage
    let blobs: Blobs
    let impatient: Blobs
    beforeAll(async () => {
      ;({ vendor, blobs, impatient } = await start())
    })
    beforeEach(() => vendor.calm())
    afterAll(() => vendor.close())

    test.each([429, 503, 'cut'] as const)('%s passes when it is tried again', async (how) => {
      vendor.fail({ how, times: 1 })
      await blobs.write('f/passing', bytes())
      vendor.fail({ how, times: 1 })
      expect((await buffer(await blobs.read('f/passing'))).length).toBe(200_000)
      vendor.fail({ how, times: 1 })
      expect(await blobs.stat('f/passing')).toMatchObject({ size: 200_000 })
    })

    test('a vendor that stays down is told as unavailable, without its words', async () => {
      vendor.fail({ how: 503 })
      const error = await blobs.stat('f/down').catch((thrown) => thrown)
      expect(error).toMatchObject({ code: 'unavailable', transient: true })
      expect(error.message).toBe('The storage does not answer.')
      await expect(impatient.write('f/down', bytes())).rejects.toMatchObject({ code: 'unavailable' })
      vendor.calm()
      expect(await blobs.stat('f/down')).toBeUndefined()
    })

    test('a vendor that stays silent is given up', async () => {
      vendor.fail({ how: 'stall' })
      await expect(impatient.stat('f/silent')).rejects.toMatchObject({ code: 'unavailable' })
    })

    test('half a file is an error, never a shorter file', async () => {
      await blobs.write('f/half', bytes())
      vendor.fail({ how: 'half' })
      await expect(blobs.read('f/half').then((stream) => buffer(stream))).rejects.toThrow()
    })

    test('credentials that are refused are told as such', async () => {
      vendor.fail({ how: 403 })
      await expect(blobs.write('f/refused', bytes())).rejects.toMatchObject({
        code: 'unavailable',
        fix: expect.stringMatching(/credentials/),
      })
    })
  })
}

export function blobLinks(name: string, start: Start): void {
  describe(`links of ${name}`, () => {
    test('serve the file under its name for 300 seconds and no longer', async () => {
      const { vendor, blobs } = await start()
      await blobs.write('l/file', bytes())
      const disposition = 'attachment; filename="a b.pdf"'
      const link = (await blobs.link('l/file', { mime: 'application/pdf', disposition }))!
      expect(link).toMatch(/Expires=300&/)
      const answer = await fetch(link)
      expect(answer.headers.get('content-disposition')).toBe(disposition)
      expect(answer.headers.get('content-type')).toBe('application/pdf')
      expect((await answer.arrayBuffer()).byteLength).toBe(200_000)
      vendor.later(301_000)
      expect((await fetch(link)).status).toBe(403)
      await vendor.close()
    })
  })
}
