/** Converts every source, several at a time, and accounts for each. */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { asMdraftError } from '../../core/errors.ts'
import type { ConvertOptions, Image, Progress } from '../../core/index.ts'
import type { CallOptions, Pool, Print } from '../../platform/pool/pool.ts'
import { complain, say, warningLine } from '../say.ts'
import type { Source } from './inputs.ts'
import type { Manifest } from './manifest.ts'
import { createProgressBar } from './progress-bar.ts'

export type Plan = {
  readonly sources: readonly Source[]
  /** One for each source; absent: everything goes to stdout. */
  readonly outputs?: readonly string[]
  readonly options: ConvertOptions
  readonly isWord: boolean
  readonly images?: string
  /** Where the debug pictures of a source go. */
  readonly debugFolder?: (source: Source) => string
  /** Where the source map of an output goes. */
  readonly mapPath?: (output: string | undefined) => string
  readonly jobs: number
  readonly deadline?: number
  readonly quiet: boolean
  readonly failOnWarning: boolean
  readonly manifest?: Manifest
  readonly resume: boolean
}

export type Tally = { ok: number; partial: number; failed: number; passedOver: number; already: number }

export async function runPlan(plan: Plan, pool: Pool): Promise<Tally> {
  const tally: Tally = { ok: 0, partial: 0, failed: 0, passedOver: 0, already: 0 }
  const bar = createProgressBar(plan.sources.length, plan.quiet)
  const queue = plan.sources.map((source, at) => ({ source, output: plan.outputs?.[at] }))
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { source, output } = next
      tally[await convertOne(source, output, plan, pool, bar)]++
      bar.fileDone(source.label)
    }
  }
  await Promise.all(Array.from({ length: plan.jobs }, worker))
  bar.hide()
  return tally
}

/** What a file became: text, or a Word document. */
type Made = Pick<Print, 'warnings' | 'partial' | 'images' | 'map' | 'pictures'> & {
  readonly output: string | Uint8Array
}

async function wordOf(bytes: Uint8Array, options: ConvertOptions, call: CallOptions, pool: Pool) {
  const { bytes: output, ...rest } = await pool.word(bytes, options, call)
  return { output, ...rest }
}

type Bar = ReturnType<typeof createProgressBar>

async function convertOne(
  source: Source,
  output: string | undefined,
  plan: Plan,
  pool: Pool,
  bar: Bar,
): Promise<keyof Tally> {
  if (plan.resume && output && plan.manifest?.isDone(source, output)) return 'already'
  try {
    const options = { ...plan.options, name: source.name, ...imageFolder(output, plan.images) }
    const call = {
      deadline: plan.deadline,
      onProgress: (progress: Progress) => bar.page(source.label, progress),
    }
    const bytes = await source.load()
    const result: Made = plan.isWord
      ? { ...(await wordOf(bytes, options, call, pool)), images: [], map: [] }
      : await pool.print(bytes, options, call)
    await save(result, output, plan)
    if (plan.debugFolder) await savePictures(result.pictures, plan.debugFolder(source))
    bar.hide()
    const isWarned = tellWarnings(source.label, result, plan)
    const outcome = result.partial ? 'partial' : 'ok'
    plan.manifest?.add(source, { output: output ?? '-', outcome, warnings: result.warnings.length })
    return plan.failOnWarning && isWarned ? 'failed' : outcome
  } catch (error) {
    bar.hide()
    return fail(source, output, error, plan)
  }
}

function fail(source: Source, output: string | undefined, error: unknown, plan: Plan): keyof Tally {
  const { code, message } = asMdraftError(error)
  const isPassedOver = source.found && code === 'unsupported_format'
  plan.manifest?.add(source, {
    output: output ?? '-',
    outcome: isPassedOver ? 'passed-over' : 'failed',
    error: code,
  })
  if (!isPassedOver) complain(source.label, error)
  else if (!plan.quiet) say(`mdraft: ${source.label}: passed over: ${message}`)
  return isPassedOver ? 'passedOver' : 'failed'
}

/** Doubts and losses are said; what is merely worth knowing is in the JSON and the front matter. */
function tellWarnings(label: string, { warnings }: Made, { quiet }: Plan): boolean {
  const loud = warnings.filter(({ level }) => level !== 'note')
  if (!quiet) for (const warning of loud) say(warningLine(label, warning))
  return loud.length > 0
}

/** The folder of the pictures as links in `output` must name it. */
function imageFolder(output: string | undefined, images: string | undefined): ConvertOptions {
  if (images === undefined) return {}
  const folder = output === undefined ? images : relative(dirname(output), images)
  return { images: 'extract', imageFolder: folder.split(sep).join('/') }
}

async function save(result: Made, output: string | undefined, plan: Plan): Promise<void> {
  if (output === undefined) await print(result.output)
  else {
    await mkdir(dirname(output), { recursive: true })
    await writeFile(output, result.output)
  }
  if (plan.images !== undefined) await saveImages(result.images, plan.images)
  if (plan.mapPath) {
    const path = plan.mapPath(output)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, `${JSON.stringify(result.map)}\n`)
  }
}

/** Numbered with leading zeros, so that they stand in order in every list of files. */
async function savePictures(pictures: Made['pictures'] = [], folder: string): Promise<void> {
  if (pictures.length > 0) await mkdir(folder, { recursive: true })
  for (const { page, svg } of pictures)
    await writeFile(join(folder, `page-${String(page).padStart(4, '0')}.svg`), svg)
}

async function saveImages(images: readonly Image[], folder: string): Promise<void> {
  if (images.length > 0) await mkdir(folder, { recursive: true })
  for (const { name, bytes } of images) await writeFile(join(folder, name), bytes)
}

const print = (text: string | Uint8Array): Promise<void> =>
  new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()))
  })
