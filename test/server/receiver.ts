/** A receiver of webhooks: a real HTTP server that keeps what it was sent and answers as it is told. */
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export type Received = { readonly headers: IncomingHttpHeaders; readonly body: string; readonly url: string }

export async function openReceiver() {
  const received: Received[] = []
  let answer = 204
  let location: string | undefined
  let isSilent = false
  const server = createServer(async (request, response) => {
    received.push({ headers: request.headers, body: await text(request), url: request.url! })
    if (isSilent) return
    response.writeHead(answer, location ? { location } : {}).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/told`,
    port,
    received,
    answer: (status: number, to?: string) => {
      answer = status
      location = to
      isSilent = false
    },
    silence: () => {
      isSilent = true
    },
    close: () => {
      server.closeAllConnections()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
export type Receiver = Awaited<ReturnType<typeof openReceiver>>
