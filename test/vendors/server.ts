/** A vendor on this machine: speaks its protocol over real HTTP, keeps what it was asked, and can be told to fail. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

export type Asked = {
  readonly method: string
  readonly url: URL
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}
export type Told = {
  readonly status?: number
  readonly headers?: Record<string, string>
  readonly body?: Buffer | string | object
}
/** A status; or the connection is cut, is cut in the middle of the answer, or stays silent. */
type Failure = number | 'cut' | 'half' | 'stall'
type Fault = {
  readonly how: Failure
  readonly times?: number
  readonly when?: (asked: Asked) => boolean
  readonly headers?: Record<string, string>
}

export type Vendor = {
  readonly url: string
  readonly asked: Asked[]
  /** From now on, until used up. */
  fail(fault: Fault): void
  calm(): void
  close(): Promise<void>
}

/** `words`: how the vendor says a status in its body. */
export async function vendor(
  answer: (asked: Asked) => Told | Promise<Told>,
  words: (status: number) => object = () => ({}),
): Promise<Vendor> {
  const asked: Asked[] = []
  let faults: { fault: Fault; left: number }[] = []
  const server = createServer(async (request, response) => {
    try {
      const url = new URL(request.url ?? '/', 'http://vendor')
      const body = await buffer(request)
      const one: Asked = { method: request.method ?? '', url, headers: request.headers, body }
      asked.push(one)
      const due = faults.find(({ fault, left }) => left > 0 && (fault.when?.(one) ?? true))
      if (due) due.left--
      if (due?.fault.how === 'stall') return
      if (due?.fault.how === 'cut') return void request.socket.destroy()
      if (typeof due?.fault.how === 'number')
        return send(response, {
          status: due.fault.how,
          headers: due.fault.headers ?? {},
          body: words(due.fault.how),
        })
      send(response, await answer(one), due?.fault.how === 'half')
    } catch {
      // A client that went away in the middle of its request.
      response.destroy()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    fail: (fault) => faults.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY }),
    calm: () => {
      faults = []
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function send(response: ServerResponse, { status = 200, headers = {}, body = '' }: Told, half = false): void {
  const isPlain = typeof body === 'string' || Buffer.isBuffer(body)
  const bytes = Buffer.from(isPlain ? body : JSON.stringify(body))
  response.writeHead(status, {
    ...(isPlain ? {} : { 'content-type': 'application/json' }),
    'content-length': String(bytes.length),
    ...headers,
  })
  if (!half) return void response.end(bytes)
  response.write(bytes.subarray(0, bytes.length / 2), () => setTimeout(() => response.destroy(), 20))
}
