/** `mdraft analyze`: requests for proposal to findings. */

import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join, parse } from 'node:path'
import { MdraftError } from '../../core/index.ts'
import { loadLlm } from '../../platform/config/config.ts'
import { type Analyst, linkRows } from '../../platform/llm/analyze.ts'
import { openLlm } from '../../platform/llm/llm.ts'
import { createPool, type Pool } from '../../platform/pool/pool.ts'
import {
  type Analysis,
  type AnalysisType,
  analysisTypes,
  type ExportFormat,
  exportAnalysis,
  exportFormats,
  joinAnalyses,
  type ModelUse,
  typesOf,
} from '../../rfp/index.ts'
import { estimateOf } from '../../rfp/model/index.ts'
import { analyzeFile, readDoc } from '../analyze/read.ts'
import { type Command, Option } from '../command.ts'
import { complain, say } from '../say.ts'

type Flags = {
  readonly type: AnalysisType | 'all'
  readonly to: ExportFormat
  readonly output?: string
  readonly highlight?: string
  readonly timeout?: string
  readonly llm?: string
  readonly estimate?: true
}

const extensions: { readonly [F in ExportFormat]: string } = {
  json: 'json',
  csv: 'csv',
  xlsx: 'xlsx',
  docx: 'docx',
  markdown: 'md',
  ics: 'ics',
}

export function configure(command: Command): void {
  command
    .argument('<file...>', 'the solicitation: one file, or the files of one package')
    .addOption(
      new Option('--type <part>', 'what to find')
        .choices([...Object.keys(analysisTypes), 'all'])
        .default('all'),
    )
    .addOption(new Option('--to <format>', 'output format').choices(exportFormats).default('json'))
    .option('-o, --output <path>', 'write into that file or folder instead of to stdout')
    .option('--highlight <file>', 'write a copy of the PDF with the requirements highlighted and numbered')
    .option('--timeout <seconds>', 'for reading one file')
    .option(
      '--llm <provider:model>',
      'language model that adds to what the rules find (default: MDRAFT_LLM, else none)',
    )
    .option('--estimate', 'say what asking the model would use and cost, and send nothing')
    .action(async (files: string[], flags: Flags) => {
      process.exitCode = await analyzeAll(files, flags)
    })
}

async function analyzeAll(files: readonly string[], flags: Flags): Promise<number> {
  const pool = createPool({ size: 1 })
  try {
    const analyst = await analystOf(flags.llm)
    if (flags.estimate) return await tellEstimate(files, flags, { pool, analyst })
    pool.warm()
    const analysis = await analyzeFiles(files, flags, { pool, analyst })
    if (analysis.model) say(wordsOf(analysis.model))
    if (flags.highlight !== undefined) await putHighlighted(files, analysis, flags.highlight, pool)
    await put(analysis, flags)
    return 0
  } catch (error) {
    return complain(files.join(', '), error)
  } finally {
    pool.close()
  }
}

type Tools = { readonly pool: Pool; readonly analyst: Analyst | undefined }

/** Several files are one solicitation. */
async function analyzeFiles(files: readonly string[], flags: Flags, tools: Tools): Promise<Analysis> {
  const analyses: Analysis[] = []
  for (const file of files) analyses.push((await analyzeFile(file, tools, flags.timeout)).analysis)
  const analysis = analyses.length === 1 ? analyses[0]! : joinAnalyses(analyses)
  return tools.analyst ? linkRows(analysis, tools.analyst) : analysis
}

async function analystOf(model: string | undefined): Promise<Analyst | undefined> {
  const settings = await loadLlm(model)
  return settings && { llm: openLlm(settings), settings }
}

async function tellEstimate(
  files: readonly string[],
  flags: Flags,
  { pool, analyst }: Tools,
): Promise<number> {
  if (!analyst)
    throw new MdraftError('bad_option', 'There is no language model to ask.', {
      fix: 'Name one by --llm provider:model, or in MDRAFT_LLM.',
    })
  const { llm, settings } = analyst
  const asked = { questions: 0, input: 0, output: 0, cost: settings.price ? 0 : null }
  for (const file of files) {
    const { doc } = await readDoc(file, pool, flags.timeout)
    const one = estimateOf(await pool.questions(doc, settings), settings.price)
    asked.questions += one.questions
    asked.input += one.input
    asked.output += one.output
    if (asked.cost !== null) asked.cost += one.cost ?? 0
  }
  const cost =
    asked.cost === null ? 'set MDRAFT_LLM_PRICE to see the cost' : `about $${asked.cost.toFixed(4)}`
  process.stdout.write(
    `${llm.name} would read ${asked.questions} parts: up to ${asked.input} tokens in and ${asked.output} out, ${cost}.\n`,
  )
  return 0
}

function wordsOf({ name, windows, windows_unread, added, dropped, ...used }: ModelUse): string {
  const cost = used.cost_usd === null ? '' : `, about $${used.cost_usd.toFixed(4)}`
  return `mdraft: ${name} read ${windows - windows_unread} of ${windows} parts and added ${added} rows; ${dropped} without ground were dropped; ${used.input_tokens} tokens in, ${used.output_tokens} out${cost}.`
}

async function put(analysis: Analysis, { type, to, output }: Flags): Promise<void> {
  const isFolder = output !== undefined && (output.endsWith('/') || (await isDirectory(output)))
  if (to === 'csv' && type === 'all' && !isFolder)
    say(
      'mdraft: CSV holds one table: this is the compliance matrix. Name another by --type, or all by -o FOLDER/.',
    )
  if (!isFolder) {
    const bytes = await exportAnalysis(analysis, to, {
      type: to === 'csv' && type === 'all' ? 'compliance-matrix' : type,
    })
    if (output !== undefined) await writeFile(output, bytes)
    else await new Promise<void>((done) => process.stdout.write(bytes, () => done()))
    return
  }
  await mkdir(output, { recursive: true })
  const base = parse(analysis.documents?.[0]?.filename ?? analysis.document.filename).name
  // A table to a file; the other formats hold everything.
  for (const one of to === 'csv' ? typesOf(type) : [type]) {
    const name = [base, one === 'all' ? 'analysis' : one, extensions[to]].join('.')
    await writeFile(join(output, name), await exportAnalysis(analysis, to, { type: one }))
  }
}

const isDirectory = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => undefined))?.isDirectory() ?? false

async function putHighlighted(
  files: readonly string[],
  analysis: Analysis,
  output: string,
  pool: Pool,
): Promise<void> {
  const [file] = files
  if (files.length > 1 || file === undefined)
    throw new MdraftError('bad_option', '--highlight marks one PDF.', {
      fix: 'Analyse each file of the package by itself to mark it.',
    })
  const bytes = await readFile(file)
  if (!bytes.subarray(0, 1024).includes('%PDF-'))
    throw new MdraftError('bad_option', '--highlight marks PDFs only.', {
      fix: 'Convert the file to PDF first.',
    })
  await writeFile(output, await pool.highlight(bytes, analysis))
}
