/** What is measured: mdraft and its peers, each as a function from a file to Markdown. */
import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'

export type Convert = (path: string) => Promise<string>
export type Engine = {
  readonly name: string
  readonly kind: 'pdf' | 'docx'
  /** Throws when the engine is not installed. */
  readonly load: () => Promise<Convert>
}

/** Peers live in bench/node_modules only; their types are none of our business. */
const peer = async (name: string): Promise<Record<string, never>> =>
  (await import(name)) as Record<string, never>
// biome-ignore lint/suspicious/noExplicitAny: see above
const any = (value: unknown): any => value

async function mdraft(): Promise<Convert> {
  const { convert } = await import('../src/core/index.ts')
  return async (path) => (await convert(await readFile(path), { emphasis: false, ocr: 'never' })).output
}

export const engines: readonly Engine[] = [
  { name: 'mdraft', kind: 'pdf', load: mdraft },
  {
    name: 'liteparse',
    kind: 'pdf',
    load: async () => {
      const { LiteParse } = any(await peer('@llamaindex/liteparse'))
      const parser = new LiteParse({ outputFormat: 'markdown', ocrEnabled: false, imageMode: 'off' })
      return async (path) => (await parser.parse(path)).text
    },
  },
  {
    name: 'pdf-inspector',
    kind: 'pdf',
    load: async () => {
      const { processPdf } = any(await peer('@firecrawl/pdf-inspector'))
      return async (path) => processPdf(await readFile(path)).markdown ?? ''
    },
  },
  {
    name: 'pdf2md',
    kind: 'pdf',
    load: async () => {
      const module = any(await peer('@opendocsg/pdf2md'))
      return async (path) => (module.default ?? module)(await readFile(path))
    },
  },
  {
    name: 'pdftotext',
    kind: 'pdf',
    load: async () => {
      execFileSync('pdftotext', ['-v'], { stdio: 'ignore' })
      return async (path) => execFileSync('pdftotext', [path, '-'], { encoding: 'utf8', maxBuffer: 2 ** 28 })
    },
  },
  { name: 'mdraft', kind: 'docx', load: mdraft },
  {
    name: 'mammoth + turndown',
    kind: 'docx',
    load: async () => {
      const mammoth = any(await peer('mammoth'))
      const Turndown = any(await peer('turndown')).default
      const html = mammoth.default?.convertToHtml ?? mammoth.convertToHtml
      return async (path) => new Turndown().turndown((await html({ path })).value)
    },
  },
  {
    name: 'pandoc',
    kind: 'docx',
    load: async () => {
      execFileSync('pandoc', ['--version'], { stdio: 'ignore' })
      const options = { encoding: 'utf8', maxBuffer: 2 ** 28 } as const
      return async (path) => execFileSync('pandoc', ['-f', 'docx', '-t', 'gfm', path], options)
    },
  },
  {
    name: 'pandoc (WASM)',
    kind: 'docx',
    load: async () => {
      const { convert } = any(await peer('pandoc-wasm'))
      return async (path) => {
        const files = { 'in.docx': new Blob([await readFile(path)]) }
        return (await convert({ from: 'docx', to: 'gfm', 'input-files': ['in.docx'] }, null, files)).stdout
      }
    },
  },
]
