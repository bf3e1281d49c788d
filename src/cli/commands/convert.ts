/** `mdraft convert`: arguments to a plan, the plan to an exit status. */
import { existsSync, mkdirSync, statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join, parse } from 'node:path'
import { MdraftError } from '../../core/errors.ts'
import type { ConvertOptions, Format } from '../../core/index.ts'
import { readers } from '../../core/readers/index.ts'
import { createPool, type PoolOptions } from '../../platform/pool/pool.ts'
import { version } from '../../platform/version.ts'
import { type Command, Option } from '../command.ts'
import { type Fetch, listSources, type Source } from '../convert/inputs.ts'
import { openManifest } from '../convert/manifest.ts'
import { extensions, outputPaths, type Target } from '../convert/outputs.ts'
import { parsePages } from '../convert/page-ranges.ts'
import { type Plan, runPlan, type Tally } from '../convert/run.ts'
import { say } from '../say.ts'

type Flags = {
  readonly output?: string
  readonly to: Target
  readonly from?: Format
  readonly pages?: string
  readonly password?: string
  readonly ocr: ConvertOptions['ocr'] & string
  readonly ocrEngine: 'built-in' | 'tesseract'
  readonly lang: string
  readonly trackChanges: ConvertOptions['trackChanges'] & string
  readonly comments: ConvertOptions['comments'] & string
  readonly headersFooters: ConvertOptions['headersFooters'] & string
  readonly images?: string
  readonly frontMatter?: true
  readonly pageMarkers?: true
  readonly emphasis: 'on' | 'off'
  readonly map?: string
  readonly debug?: string
  readonly jobs?: string
  readonly timeout?: string
  readonly quiet?: true
  readonly failOnWarning?: true
  readonly resume?: true
}

const choice = (flags: string, about: string, choices: readonly string[], fallback?: string): Option => {
  const option = new Option(flags, about).choices(choices)
  return fallback === undefined ? option : option.default(fallback)
}

export function configure(command: Command): void {
  command
    .argument('<input...>', 'files, folders, globs, - for stdin, or http(s) addresses')
    .option('-o, --output <path>', 'file for one input, folder for several (one input prints to stdout)')
    .addOption(choice('--to <format>', 'output format', Object.keys(extensions), 'markdown'))
    .addOption(
      choice('--from <format>', 'input format, when the content does not tell', Object.keys(readers)),
    )
    .option('--pages <list>', 'pages to read, like 1-5,8')
    .option('--password <text>', 'password of an encrypted file')
    .addOption(
      choice('--ocr <when>', 'recognise text in pictures of pages', ['auto', 'always', 'never'], 'auto'),
    )
    .addOption(
      choice('--ocr-engine <name>', 'which engine recognises', ['built-in', 'tesseract'], 'built-in'),
    )
    .option('--lang <codes>', 'languages to recognise, like eng,deu', 'eng')
    .addOption(choice('--track-changes <how>', 'tracked changes', ['accept', 'reject', 'all'], 'accept'))
    .addOption(choice('--comments <how>', 'reviewers’ comments', ['keep', 'omit'], 'keep'))
    .addOption(choice('--headers-footers <how>', 'page furniture', ['auto', 'omit', 'show'], 'auto'))
    .option('--images <dir>', 'save pictures there and link them')
    .option('--front-matter', 'YAML with title, sha256, pages and warnings first')
    .option('--page-markers', '<!-- page: N --> where pages start')
    .addOption(
      choice(
        '--emphasis <how>',
        'bold and italic; off, links laid over PDF pages are plain text too',
        ['on', 'off'],
        'on',
      ),
    )
    .option('--map <path>', 'save the source map (JSON): file for one input, folder for several')
    .option(
      '--debug <dir>',
      'save a picture (SVG) of each page of a PDF or image there, with what was found drawn over it',
    )
    .option('--jobs <n>', 'files at once')
    .option('--timeout <seconds>', 'for one file')
    .option('--resume', 'leave out what an earlier run into the same folder has done')
    .option('--quiet', 'no progress, no warnings')
    .option('--fail-on-warning', 'exit 1 when something was lost or is in doubt')
    .action(async (inputs: string[], flags: Flags) => {
      process.exitCode = await convertAll(inputs, flags)
    })
}

async function convertAll(inputs: readonly string[], flags: Flags): Promise<number> {
  const options = optionsOf(flags)
  const isMany = inputs.length > 1 || inputs.some(isSeveral)
  if (isMany && flags.output === undefined)
    throw new MdraftError('bad_option', 'Several inputs need a folder to write to.', { fix: 'Add -o DIR.' })
  const jobs = wholeNumber('--jobs', flags.jobs) ?? (isMany ? Math.min(8, availableParallelism()) : 1)
  const pool = createPool({ size: jobs, ocr: await ocrOf(flags.ocrEngine) })
  pool.warm()
  const stop = () => {
    pool.close()
    process.exit(130) // 128 + SIGINT, as shells expect
  }
  process.once('SIGINT', stop).once('SIGTERM', stop)
  try {
    const plan = await planOf(inputs, flags, options, { isMany, jobs })
    const tally = await runPlan(plan, pool)
    if (isMany && !flags.quiet) say(summary(tally))
    return tally.failed > 0 ? 1 : 0
  } finally {
    pool.close()
  }
}

async function planOf(
  inputs: readonly string[],
  flags: Flags,
  options: ConvertOptions,
  { isMany, jobs }: { isMany: boolean; jobs: number },
): Promise<Plan> {
  const isIntoFolder =
    isMany || (flags.output !== undefined && (isFolder(flags.output) || /[\\/]$/.test(flags.output)))
  const folder = isIntoFolder ? flags.output : undefined
  const sources = await listSources(inputs, fetchAddress, folder)
  if (isMany && sources.length === 0)
    throw new MdraftError('not_found', 'The folder holds no files.', { fix: 'Check the path.' })
  if (folder !== undefined) mkdirSync(folder, { recursive: true })
  const outputs =
    folder !== undefined
      ? outputPaths(sources, folder, flags.to)
      : flags.output === undefined
        ? undefined
        : [flags.output]
  const seconds = positive('--timeout', flags.timeout)
  return {
    sources,
    ...(outputs ? { outputs } : {}),
    options,
    isWord: flags.to === 'docx',
    ...(flags.images === undefined ? {} : { images: flags.images }),
    ...(flags.debug === undefined ? {} : { debugFolder: debugFolders(flags.debug, isMany) }),
    ...(flags.map === undefined ? {} : { mapPath: mapPaths(flags.map, isMany, folder) }),
    jobs,
    ...(seconds === undefined ? {} : { deadline: seconds * 1000 }),
    quiet: flags.quiet === true,
    failOnWarning: flags.failOnWarning === true,
    ...(isMany && folder !== undefined
      ? { manifest: openManifest(folder, JSON.stringify([version(), flags.to, options])) }
      : {}),
    resume: flags.resume === true,
  }
}

const isSeveral = (input: string): boolean => isFolder(input) || (/[*?[{]/.test(input) && !existsSync(input))

/** Loaded only when an address is named. */
const fetchAddress: Fetch = async (url) => (await import('../../platform/fetch.ts')).fetchPublic(url)

/** The tesseract program is faster than the engine that ships with mdraft, where it is installed. */
async function ocrOf(engine: Flags['ocrEngine']): Promise<PoolOptions['ocr'] & {}> {
  if (engine === 'built-in') return 'child'
  const { openOcr } = await import('../../platform/ocr/open.ts')
  return openOcr({ engine: 'tesseract', command: 'tesseract' })
}

function optionsOf(flags: Flags): ConvertOptions {
  return {
    ...(flags.to === 'docx' ? {} : { to: flags.to }),
    ...(flags.from ? { from: flags.from } : {}),
    ...(flags.pages ? { pages: parsePages(flags.pages) } : {}),
    ...(flags.password ? { password: flags.password } : {}),
    ocr: flags.ocr,
    languages: flags.lang.split(/[,+]/).filter(Boolean),
    trackChanges: flags.trackChanges,
    comments: flags.comments,
    headersFooters: flags.headersFooters,
    emphasis: flags.emphasis === 'on',
    frontMatter: flags.frontMatter === true,
    pageMarkers: flags.pageMarkers === true,
    ...(flags.debug === undefined ? {} : { debug: true }),
  }
}

const mapPaths = (map: string, isMany: boolean, folder: string | undefined) => (output: string | undefined) =>
  isMany && output && folder
    ? join(map, dirname(output).slice(folder.length), `${parse(output).name}.map.json`)
    : map

/** Of several files, each has a folder of its own. */
const debugFolders = (debug: string, isMany: boolean) => (source: Source) =>
  isMany ? join(debug, source.folder, source.name.replace(/[\\/]/g, '_')) : debug

const summary = ({ ok, partial, failed, passedOver, already }: Tally): string =>
  [
    `${ok + partial} converted`,
    partial > 0 ? `${partial} of them partly` : '',
    already > 0 ? `${already} already done` : '',
    passedOver > 0 ? `${passedOver} passed over` : '',
    failed > 0 ? `${failed} failed` : '',
  ]
    .filter(Boolean)
    .join(', ')

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false

function positive(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (Number.isFinite(value) && value > 0) return value
  throw new MdraftError('bad_option', `${flag} ${text} is not a number above 0.`)
}

function wholeNumber(flag: string, text: string | undefined): number | undefined {
  const value = positive(flag, text)
  if (value === undefined || (Number.isInteger(value) && value <= 64)) return value
  throw new MdraftError('bad_option', `${flag} ${text} is not a whole number from 1 to 64.`)
}
