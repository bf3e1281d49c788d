/** Document AI as it answers a page of known words: tokens, lines and their places, zeros left out as its JSON does. */
import { PNG } from 'pngjs'
import { googleWords } from './google.ts'
import { type Asked, type Vendor, vendor } from './server.ts'

export type Token = {
  readonly text: string
  /** Of the page, 0 to 1: left, top, right, bottom. */
  readonly box: readonly [number, number, number, number]
  readonly line: number
}
export type DocumentAi = Vendor & {
  /** What was sent, decoded. */
  readonly pictures: { readonly width: number; readonly height: number; readonly first: number }[]
}

export async function documentAiVendor(processor: string, tokens: readonly Token[]): Promise<DocumentAi> {
  const pictures: DocumentAi['pictures'][number][] = []
  const look = ({ body }: Asked) => {
    const { rawDocument } = JSON.parse(body.toString())
    const { width, height, data } = PNG.sync.read(Buffer.from(rawDocument.content, 'base64'))
    pictures.push({ width, height, first: data[0]! })
  }
  const server = await vendor((asked) => {
    if (asked.url.pathname !== `/v1/${processor}:process`) return { status: 404, body: googleWords(404) }
    look(asked)
    return { body: { document: documentOf(tokens) } }
  }, googleWords)
  return { ...server, pictures }
}

function documentOf(tokens: readonly Token[]) {
  let text = ''
  let at = 0
  const placed = tokens.map((token, index) => {
    const isLast = tokens[index + 1]?.line !== token.line
    const full = token.text + (isLast ? '\n' : ' ')
    const start = at
    text += full
    at += [...full].length
    return { ...token, start, end: at }
  })
  const anchor = (start: number, end: number) => ({
    textAnchor: {
      textSegments: [{ ...(start ? { startIndex: String(start) } : {}), endIndex: String(end) }],
    },
  })
  const poly = ([x0, y0, x1, y1]: Token['box']) => ({
    boundingPoly: {
      normalizedVertices: [
        [x0, y0],
        [x1, y0],
        [x1, y1],
        [x0, y1],
      ].map(([x, y]) => ({ ...(x ? { x } : {}), ...(y ? { y } : {}) })),
    },
  })
  const lines = [...new Set(tokens.map(({ line }) => line))].map((line) => {
    const own = placed.filter((token) => token.line === line)
    return { layout: anchor(own[0]!.start, own.at(-1)!.end) }
  })
  return {
    text,
    pages: [
      {
        pageNumber: 1,
        lines,
        tokens: placed.map(({ start, end, box }) => ({
          layout: { ...anchor(start, end), confidence: 0.97, orientation: 'PAGE_UP', ...poly(box) },
        })),
      },
    ],
  }
}
