/** The `tesseract` program of the system. It needs processes, so it serves from the parent, never inside a child. */
import { execFile, spawn } from 'node:child_process'
import { promisify } from 'node:util'
import { MdraftError } from '../../core/errors.ts'
import type { Ocr, OcrOptions, OcrWord, Picture } from '../../core/ocr.ts'
import { tesseractCode } from './models.ts'
import { asPgm } from './pgm.ts'

const run = promisify(execFile)

/** Its version, or undefined when it cannot be run. */
export async function tesseractVersion(command = 'tesseract'): Promise<string | undefined> {
  try {
    const { stdout, stderr } = await run(command, ['--version'], { timeout: 10_000 })
    return /tesseract v?(\S+)/.exec(stdout + stderr)?.[1]
  } catch {
    return undefined
  }
}

export type ProgramOptions = {
  readonly command?: string
  /** Milliseconds for one picture. */
  readonly timeout?: number
}

export function openTesseractProgram({ command = 'tesseract', timeout = 20_000 }: ProgramOptions = {}): Ocr {
  return {
    name: 'tesseract',
    async recognise(picture, options) {
      const languages = options.languages.map(tesseractCode).join('+')
      const tsv = await ask(command, argumentsFor(options, languages, picture), picture, {
        timeout,
        ...(options.signal ? { signal: options.signal } : {}),
      })
      return { words: wordsOfTsv(tsv) }
    },
  }
}

const argumentsFor = ({ layout }: OcrOptions, languages: string, { dpi }: Picture): readonly string[] => [
  'stdin',
  'stdout',
  '-l',
  languages,
  '--psm',
  layout === 'page' ? '3' : '7',
  '--dpi',
  String(Math.round(Math.min(Math.max(dpi, 70), 2400))),
  'tsv',
]

function ask(
  command: string,
  args: readonly string[],
  picture: Picture,
  options: { timeout: number; signal?: AbortSignal },
): Promise<string> {
  return new Promise((resolve, reject) => {
    // One thread: the pool decides how many pages are read at once.
    const child = spawn(command, args, { ...options, env: { OMP_THREAD_LIMIT: '1' }, killSignal: 'SIGKILL' })
    const out: Buffer[] = []
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => {
      if (said.length < 4_000) said += chunk.toString()
    })
    child.on('error', (cause) => reject(failure(cause.name === 'AbortError' ? 'stopped' : 'missing', cause)))
    child.on('close', (status, signal) => {
      // It goes on without a language that it lacks, as long as it has one.
      if (status === 0 && !LACKS.test(said)) resolve(Buffer.concat(out).toString('utf8'))
      else reject(failure(signal ? 'slow' : said, undefined))
    })
    // The program may end before it has read everything; its exit says why.
    child.stdin.on('error', () => {})
    child.stdin.end(asPgm(picture))
  })
}

const LACKS = /Failed loading language '(\w+)'/

function failure(said: string, cause: unknown): MdraftError {
  if (said === 'stopped') return new MdraftError('aborted', 'Text recognition was stopped.', { cause })
  if (said === 'slow') return new MdraftError('timeout', 'Text recognition of a page took too long.')
  if (said === 'missing')
    return new MdraftError('unavailable', 'The tesseract program cannot be started.', {
      fix: 'Install it (Debian: apt-get install tesseract-ocr), or use the engine that ships with mdraft.',
      cause,
    })
  const language = LACKS.exec(said)?.[1]
  if (language)
    return new MdraftError('missing_package', `The tesseract program has no model for "${language}".`, {
      fix: `Install its data (Debian: apt-get install tesseract-ocr-${language.replaceAll('_', '-')}).`,
    })
  return new MdraftError('unavailable', 'The tesseract program could not read a page picture.', {
    cause: said,
  })
}

/** Columns: level page block par line word left top width height conf text (tesseract(1), tsv). */
function wordsOfTsv(tsv: string): OcrWord[] {
  const lines = new Map<string, number>()
  return tsv.split('\n').flatMap((row) => {
    const [level, page, block, par, lineNumber, , left, top, width, height, confidence, text] =
      row.split('\t')
    if (level !== '5' || !text?.trim()) return []
    const key = [page, block, par, lineNumber].join()
    if (!lines.has(key)) lines.set(key, lines.size)
    const [x0, y0] = [Number(left), Number(top)]
    return [
      {
        text: text.trim(),
        x0,
        y0,
        x1: x0 + Number(width),
        y1: y0 + Number(height),
        confidence: Math.min(Math.max(Number(confidence), 0), 100) / 100,
        line: lines.get(key)!,
      },
    ]
  })
}
