import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { MdraftError } from '../../src/core/index.ts'
import { isPublicAddress } from '../../src/platform/addresses.ts'
import { type FetchOptions, fetchPublic } from '../../src/platform/fetch.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

/** A server on loopback, counting who comes. */
async function serve(answer: RequestListener): Promise<{ port: number; hits: () => number }> {
  let hits = 0
  const server = createServer((request, response) => {
    hits++
    answer(request, response)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { port: (server.address() as AddressInfo).port, hits: () => hits }
}

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'fetched',
    (error: unknown) => (error instanceof MdraftError ? error.code : String(error)),
  )
/** As if example names stood for loopback and loopback were public. */
const local: FetchOptions = {
  isAllowed: (address) => address === '127.0.0.1',
  lookup: async () => [{ address: '127.0.0.1', family: 4 }],
}

describe('addresses that are refused before anything is asked', () => {
  const refused = [
    // loopback, in every spelling
    'http://127.0.0.1/',
    'http://127.1/',
    'http://127.0.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0x7f.0.0.1/',
    'http://0177.0.0.1/',
    'http://017700000001/',
    'http://127.0.0.1./',
    'http://127.255.255.254/',
    'http://0/',
    'http://0.0.0.0/',
    'http://0.1.2.3/',
    'http://localhost/',
    'http://LOCALHOST/',
    'http://localhost./',
    'http://a.localhost/',
    'http://[::1]/',
    'http://[::]/',
    'http://[0:0:0:0:0:0:0:1]/',
    'http://①②⑦.⓪.⓪.①/',
    'http://127。0。0。1/',
    // private and shared networks
    'http://10.0.0.1/',
    'http://10.255.255.255/',
    'http://172.16.0.1/',
    'http://172.31.255.255/',
    'http://192.168.1.1/',
    'http://192.168.0x1.1/',
    'http://100.64.0.1/',
    'http://100.127.255.254/',
    'http://198.18.0.1/',
    'http://[fc00::1]/',
    'http://[fd12:3456::1]/',
    'http://[fec0::1]/',
    // link-local and metadata servers
    'http://169.254.169.254/latest/meta-data/',
    'http://169.254.170.2/',
    'http://2852039166/',
    'http://0xa9fea9fe/',
    'http://[fe80::1]/',
    'http://metadata.google.internal/',
    'http://metadata/',
    'http://printer.local/',
    'http://wiki.corp/',
    'http://router.home.arpa/',
    // IPv4 inside IPv6
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://[::127.0.0.1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[64:ff9b::169.254.169.254]/',
    'http://[64:ff9b:1::1]/',
    'http://[2002:7f00:1::]/',
    'http://[2002:a9fe:a9fe::1]/',
    'http://[2001:0:7f00:1::1]/',
    // reserved, documentation, multicast
    'http://192.0.0.1/',
    'http://192.0.2.1/',
    'http://198.51.100.1/',
    'http://203.0.113.1/',
    'http://192.88.99.1/',
    'http://224.0.0.1/',
    'http://240.0.0.1/',
    'http://255.255.255.255/',
    'http://[ff02::1]/',
    'http://[2001:db8::1]/',
    'http://[100::1]/',
    'http://[3fff::1]/',
    // not the web
    'file:///etc/passwd',
    'ftp://example.com/',
    'gopher://example.com/',
    'data:text/plain,x',
    'javascript:alert(1)',
    'dict://example.com:11111/',
    'jar:http://example.com!/',
    'http://',
    'http:///etc/passwd',
    'http://user@example.com/',
    'http://user:secret@example.com/',
    'http://example.com:22/',
    'http://example.com:25/',
    'http://example.com:0/',
    'http://[fe80::1%25eth0]/',
    'http://example.com@127.0.0.1/',
    'http://127.0.0.1#@example.com/',
    'http://127.0.0.1\\@example.com/',
    'not an address',
  ]
  test('there are enough of them', () => {
    expect(new Set(refused).size).toBeGreaterThanOrEqual(60)
  })
  test.each(refused)('%s', async (address) => {
    let lookups = 0
    const lookup = async () => {
      lookups++
      return [{ address: '93.184.216.34', family: 4 }]
    }
    expect(await codeOf(fetchPublic(address, { lookup, millis: 2_000 }))).toBe('forbidden_address')
    expect(lookups).toBe(0)
  })
})

describe('names', () => {
  test('a name that stands for a private address is refused', async () => {
    const { port, hits } = await serve((_, response) => response.end('secret'))
    for (const address of ['127.0.0.1', '10.1.2.3', '::ffff:127.0.0.1', 'fe80::1'])
      expect(
        await codeOf(
          fetchPublic(`http://evil.example:${port}/`, { lookup: async () => [{ address, family: 4 }] }),
        ),
      ).toBe('forbidden_address')
    expect(hits()).toBe(0)
  })

  test('so is one that stands for a public and a private one', async () => {
    const lookup = async () => [
      { address: '93.184.216.34', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ]
    expect(await codeOf(fetchPublic('http://evil.example/', { lookup }))).toBe('forbidden_address')
  })

  test('a name is asked for once: what it stands for later does not matter', async () => {
    const { port, hits } = await serve((_, response) => response.end('ok'))
    let asked = 0
    const lookup = async () => [{ address: asked++ === 0 ? '127.0.0.1' : '10.0.0.1', family: 4 }]
    const { bytes } = await fetchPublic(`http://rebinding.example:${port}/`, { ...local, lookup })
    expect(Buffer.from(bytes).toString()).toBe('ok')
    expect([asked, hits()]).toEqual([1, 1])
  })

  test('a name that nobody knows', async () => {
    expect(await codeOf(fetchPublic('http://nothing.example/', { lookup: async () => [] }))).toBe(
      'unavailable',
    )
  })
})

describe('redirects', () => {
  test.each([
    'http://169.254.169.254/latest/',
    'http://[::1]/',
    'file:///etc/passwd',
    '//10.0.0.1/',
    'http://2130706433/',
  ])('to %s are refused', async (location) => {
    const { port, hits } = await serve((_, response) => response.writeHead(302, { location }).end())
    const options: FetchOptions = {
      ...local,
      isAllowed: (address) => address === '127.0.0.1' && hits() === 0,
    }
    expect(await codeOf(fetchPublic(`http://a.example:${port}/`, options))).toBe('forbidden_address')
    expect(hits()).toBe(1)
  })

  test('are followed, relative ones too, but not for ever', async () => {
    const { port, hits } = await serve(({ url }, response) => {
      if (url === '/end') response.end('there')
      else response.writeHead(307, { location: url === '/loop' ? '/loop' : 'end' }).end()
    })
    expect(await fetchPublic(`http://a.example:${port}/start`, local)).toMatchObject({
      url: `http://a.example:${port}/end`,
    })
    expect(await codeOf(fetchPublic(`http://a.example:${port}/loop`, local))).toBe('unavailable')
    expect(hits()).toBe(2 + 6)
  })
})

describe('bounds and answers', () => {
  test('size, also when the server packs it', async () => {
    const big = Buffer.alloc(3_000_000)
    const { port } = await serve(({ url }, response) => {
      if (url === '/packed') response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(big))
      else response.end(big)
    })
    const base = `http://a.example:${port}`
    expect((await fetchPublic(`${base}/packed`, local)).bytes.byteLength).toBe(big.length)
    for (const path of ['/', '/packed'])
      expect(await codeOf(fetchPublic(base + path, { ...local, maxBytes: 1_000_000 }))).toBe('too_large')
  })

  test('time, before and during the answer', async () => {
    const { port } = await serve(({ url }, response) => {
      if (url === '/drip') response.write('x')
    })
    for (const path of ['/', '/drip'])
      expect(await codeOf(fetchPublic(`http://a.example:${port}${path}`, { ...local, millis: 300 }))).toBe(
        'timeout',
      )
  })

  test('errors of the server', async () => {
    const { port } = await serve(({ url }, response) => {
      response.writeHead(Number(url?.slice(1))).end()
    })
    expect(await codeOf(fetchPublic(`http://a.example:${port}/404`, local))).toBe('not_found')
    expect(await codeOf(fetchPublic(`http://a.example:${port}/500`, local))).toBe('unavailable')
    expect(await codeOf(fetchPublic('http://a.example:1/', local))).toBe('forbidden_address')
  })

  test('no cookies, no credentials, nothing about this machine is sent', async () => {
    let sent: object = {}
    const { port } = await serve(({ headers }, response) => {
      sent = headers
      response.end()
    })
    await fetchPublic(`http://a.example:${port}/`, local)
    expect(sent).toEqual({
      host: `a.example:${port}`,
      connection: 'close',
      accept: '*/*',
      'accept-encoding': 'identity',
      'user-agent': 'mdraft',
    })
  })
})

test.each([
  ['8.8.8.8', true],
  ['93.184.216.34', true],
  ['172.15.0.1', true],
  ['172.32.0.1', true],
  ['100.63.255.255', true],
  ['2606:4700::1111', true],
  ['2a00:1450::1', true],
  ['', false],
  ['example.com', false],
])('isPublicAddress %s', (address, expected) => {
  expect(isPublicAddress(address)).toBe(expected)
})
