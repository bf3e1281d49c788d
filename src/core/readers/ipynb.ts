/** Jupyter notebooks (nbformat 3 and 4): cells in order, code with its outputs. */
import { code, doc, figure, formula, paragraph } from '../doc/build.ts'
import { linesToInline } from '../doc/inline.ts'
import type { Block, Doc } from '../doc/model.ts'
import { rewriteBlocks } from '../doc/walk.ts'
import { MdraftError } from '../errors.ts'
import { decodeText } from '../io/text.ts'
import type { FlowReader, ReadContext } from '../reader.ts'
import { readPage } from './html/html.ts'
import { readMarkdown } from './md/md.ts'

/** Checked as far as the reader needs it; everything else stays unknown. */
type Json = Readonly<Record<string, unknown>>

export const readIpynb: FlowReader = async ({ bytes }, context) => {
  const notebook = parse(decodeText(bytes, context.report))
  const language = languageOf(notebook)
  const blocks: Block[] = []
  for (const [index, cell] of cellsOf(notebook).entries()) {
    if (context.isLate()) {
      context.report.warn('deadline-reached', `Cells from ${index + 1} on were not read.`)
      break
    }
    const at = { path: `cell ${index + 1}` }
    const found = await cellBlocks(cell, language, context)
    blocks.push(...found.map((block) => ({ ...block, at })))
  }
  const metadata = object(notebook.metadata)
  return doc('ipynb', blocks, { meta: { title: metadata.title ? text(metadata.title) : undefined } })
}

function parse(source: string): Json {
  try {
    return object(JSON.parse(source))
  } catch (cause) {
    throw new MdraftError('malformed', 'The notebook is not valid JSON.', {
      cause,
      fix: 'Open it in Jupyter and save it again.',
    })
  }
}

const object = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
const array = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
/** Text is a string or a list of lines (nbformat, "multiline string"). */
const text = (value: unknown): string =>
  Array.isArray(value)
    ? value.filter((line) => typeof line === 'string').join('')
    : typeof value === 'string'
      ? value
      : ''

/** nbformat 3 keeps its cells in worksheets. */
const cellsOf = (notebook: Json): Json[] =>
  [
    ...array(notebook.cells),
    ...array(notebook.worksheets).flatMap((sheet) => array(object(sheet).cells)),
  ].map(object)

function languageOf(notebook: Json): string {
  const metadata = object(notebook.metadata)
  const stated = object(metadata.language_info).name ?? object(metadata.kernelspec).language
  return text(stated) || 'python'
}

async function cellBlocks(cell: Json, language: string, context: ReadContext): Promise<readonly Block[]> {
  const source = text(cell.source ?? cell.input)
  switch (cell.cell_type) {
    case 'markdown':
    case 'heading': {
      const level = typeof cell.level === 'number' ? cell.level : 1
      return markdown(cell.cell_type === 'heading' ? `${'#'.repeat(level)} ${source}` : source, cell, context)
    }
    case 'code': {
      const body = source.trim() === '' ? [] : [code(source, { language })]
      const outputs: Block[] = []
      for (const output of array(cell.outputs)) outputs.push(...(await outputBlocks(object(output), context)))
      return [...body, ...outputs]
    }
    default:
      return source.trim() === '' ? [] : [code(source)]
  }
}

async function markdown(source: string, cell: Json, context: ReadContext): Promise<readonly Block[]> {
  if (source.trim() === '') return []
  const read: Doc = await readMarkdown({ bytes: Buffer.from(source) }, context)
  return renamePictures(read.blocks, object(cell.attachments), context)
}

/** `attachment:name` in the text names a picture that the cell carries. */
function renamePictures(blocks: readonly Block[], attachments: Json, context: ReadContext): readonly Block[] {
  const named = (src: string): string => {
    const name = /^attachment:(.*)$/.exec(src)?.[1]
    if (name === undefined) return src
    const data = Object.entries(object(attachments[name])).find(([mime]) => mime.startsWith('image/'))
    return (data && keep(data[0], data[1], context)) ?? name
  }
  return rewriteBlocks(blocks, (block) => {
    if (block.type === 'figure') return block.src === undefined ? block : { ...block, src: named(block.src) }
    if (block.type !== 'paragraph') return block
    return {
      ...block,
      content: block.content.map((node) =>
        node.type === 'image' ? { ...node, src: named(node.src) } : node,
      ),
    }
  })
}

const keep = (mime: string, data: unknown, context: ReadContext): string | undefined =>
  context.keepImage({ bytes: Buffer.from(text(data), 'base64'), mime })

async function outputBlocks(output: Json, context: ReadContext): Promise<readonly Block[]> {
  if (output.output_type === 'stream') return plain(text(output.text))
  if (output.output_type === 'error' || output.output_type === 'pyerr')
    return plain(
      array(output.traceback).map(text).join('\n') || `${text(output.ename)}: ${text(output.evalue)}`,
    )
  // nbformat 3 has the representations beside one another in the output itself.
  const data = output.data === undefined ? legacyData(output) : object(output.data)
  for (const [mime, read] of representations) {
    const value = data[mime]
    if (value === undefined) continue
    const blocks = await read(value, context, mime)
    if (blocks.length > 0) return blocks
  }
  return []
}

const legacyData = (output: Json): Json => ({
  'text/markdown': output.markdown,
  'text/html': output.html,
  'text/latex': output.latex,
  'image/png': output.png,
  'image/jpeg': output.jpeg,
  'text/plain': output.text,
})

type ReadOutput = (
  value: unknown,
  context: ReadContext,
  mime: string,
) => Promise<readonly Block[]> | readonly Block[]

const picture: ReadOutput = (value, context, mime) => [figure('', { src: keep(mime, value, context) })]

/** The richest first: a table is better than its picture, a picture better than its description. */
const representations: readonly (readonly [string, ReadOutput])[] = [
  ['text/markdown', (value, context) => markdown(text(value), {}, context)],
  ['text/html', (value, context) => readPage(text(value), context).blocks],
  ['image/png', picture],
  ['image/jpeg', picture],
  ['image/gif', picture],
  ['image/svg+xml', () => [figure('')]],
  ['text/latex', (value) => latex(text(value))],
  ['text/plain', (value) => plain(text(value))],
  ['application/json', (value) => [code(JSON.stringify(value, null, 2), { language: 'json' })]],
]

function latex(source: string): readonly Block[] {
  const body = source
    .trim()
    .replace(/^\$+|\$+$/g, '')
    .replace(/^\\displaystyle\s*/, '')
    .trim()
  return body === '' ? [] : [formula(body)]
}

/** Terminal colours (ECMA-48, SGR) are not text. */
function plain(source: string): readonly Block[] {
  const body = source.replace(/\x1b\[[\d;]*[A-Za-z]/g, '').replace(/^\n+|\s+$/g, '')
  if (body === '') return []
  return body.includes('\n') || body.length < 200 ? [code(body)] : [paragraph(linesToInline(body))]
}
