/** Tesseract as WebAssembly, in this process: no worker, no program, no network. The pool bounds and kills it. */
import { createRequire } from 'node:module'
import { MdraftError } from '../../core/errors.ts'
import type { Ocr, OcrOptions, OcrResult, Picture } from '../../core/ocr.ts'
import { modelOf, tesseractCode } from './models.ts'
import { asPgm } from './pgm.ts'
import { type TesseractBlock, wordsOf } from './tesseract-words.ts'

const require = createRequire(import.meta.url)

type Api = {
  Init(path: null, languages: string, engine: number): number
  SetVariable(name: string, value: string): boolean
  SetImageFile(exif: number, angle: number): number
  Recognize(monitor: null): number
  GetJSONText(page: number): string
  Clear(): void
  End(): void
}
type Core = {
  readonly FS: { writeFile(path: string, bytes: Uint8Array): void; unlink(path: string): void }
  readonly TessBaseAPI: new () => Api
}

const LSTM_ONLY = 1
/** Tesseract's page segmentation modes. */
const segmentation = { page: '3', line: '7' } as const

/** A module of one function that uses `v128.const`: valid only where SIMD is. */
const simdProbe = Uint8Array.of(
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
) // biome-ignore format: bytes

/**
 * Relaxed SIMD is no faster here and may round differently from one processor to the next; the same file must give
 * the same text everywhere, so it is not used. Without SIMD recognition takes five times as long.
 */
async function loadCore(): Promise<Core> {
  const hasSimd = WebAssembly.validate(simdProbe)
  const start: (options: object) => Promise<Core> = hasSimd
    ? require('tesseract.js-core/tesseract-core-simd-lstm.js')
    : require('tesseract.js-core/tesseract-core-lstm.js')
  const quiet = () => {}
  return start({ print: quiet, printErr: quiet })
}

/** One engine for one process. Languages are loaded at first use and kept while the same ones are asked for. */
export function openLocalOcr(): Ocr {
  let core: Promise<Core> | undefined
  let current: { readonly languages: string; readonly api: Api } | undefined

  const apiFor = async (languages: readonly string[]): Promise<{ core: Core; api: Api }> => {
    core ??= loadCore()
    const loaded = await core
    const codes = [...new Set(languages.map(tesseractCode))]
    const key = codes.join('+')
    if (current?.languages !== key) {
      const models = codes.map((code) => ({ code, bytes: modelOf(code) }))
      current?.api.End()
      current = undefined
      current = { languages: key, api: startApi(loaded, key, models) }
    }
    return { core: loaded, api: current.api }
  }

  return {
    name: 'tesseract-wasm',
    async recognise(picture, options) {
      options.signal?.throwIfAborted()
      const { core: loaded, api } = await apiFor(options.languages)
      return recognise(loaded, api, picture, options)
    },
    async close() {
      current?.api.End()
      current = undefined
      core = undefined
    },
  }
}

function startApi(
  core: Core,
  languages: string,
  models: readonly { code: string; bytes: Uint8Array }[],
): Api {
  for (const { code, bytes } of models) core.FS.writeFile(`${code}.traineddata`, bytes)
  const api = new core.TessBaseAPI()
  if (api.Init(null, languages, LSTM_ONLY) !== 0)
    throw new MdraftError('internal', `The text recognition engine did not start for "${languages}".`, {
      fix: 'Reinstall the packages: rm -rf node_modules && npm ci.',
    })
  for (const { code } of models) core.FS.unlink(`${code}.traineddata`)
  return api
}

function recognise(core: Core, api: Api, picture: Picture, { layout }: OcrOptions): OcrResult {
  core.FS.writeFile('/input', asPgm(picture))
  api.SetVariable('tessedit_pageseg_mode', segmentation[layout])
  api.SetVariable('user_defined_dpi', String(Math.round(Math.min(Math.max(picture.dpi, 70), 2400))))
  try {
    if (api.SetImageFile(1, 0) !== 0 || api.Recognize(null) !== 0)
      throw new MdraftError('internal', 'The text recognition engine could not read the page picture.')
    const { blocks } = JSON.parse(api.GetJSONText(0)) as { blocks: readonly TesseractBlock[] } // its own format
    return { words: wordsOf(blocks) }
  } finally {
    api.Clear()
    core.FS.unlink('/input')
  }
}
