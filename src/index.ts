/** mdraft: documents to faithful Markdown. */

import type { Conversion, ConvertOptions, Ocr, ReadResult, Tools } from './core/index.ts'
import { convert as convertWith, readDoc as readWith } from './core/index.ts'

export * from './core/index.ts'

/**
 * Converts one file, in this process. Scanned pages are recognised by the engine that ships with mdraft, unless
 * `tools.ocr` brings another or `options.ocr` is `never`.
 *
 * A file from a stranger can exhaust the process that reads it: give `tools.limits`, and a deadline as `tools.isLate`,
 * or run the command line, which reads every file in a child process under bounds.
 * @throws MdraftError when the file gives no document at all; lesser losses are `warnings`
 */
export const convert = (
  bytes: Uint8Array,
  options: ConvertOptions = {},
  tools: Tools = {},
): Promise<Conversion> => convertWith(bytes, options, { ocr: builtInOcr(), ...tools })

/** The first half of `convert`: a file as a Doc, to be printed by `write`. */
export const readDoc = (
  bytes: Uint8Array,
  options: Omit<ConvertOptions, 'to'> = {},
  tools: Tools = {},
): Promise<ReadResult> => readWith(bytes, options, { ocr: builtInOcr(), ...tools })

let engine: Promise<Ocr> | undefined

/** Loaded at the first page that needs it, and kept. */
const builtInOcr = (): Ocr => ({
  name: 'tesseract',
  recognise: async (picture, options) => {
    engine ??= import('./platform/ocr/local.ts').then(({ openLocalOcr }) => openLocalOcr())
    return (await engine).recognise(picture, options)
  },
})
