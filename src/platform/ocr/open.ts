/** Which engine reads scanned pages: the child's own, or one of this process's that the children ask. */
import { MdraftError, type Ocr } from '../../core/index.ts'
import { openTesseractProgram, tesseractVersion } from './program.ts'

export type OcrSettings = { readonly engine: 'built-in' | 'tesseract'; readonly command: string }

/** @throws MdraftError when the configured engine is not there: better at the start than at the first scan */
export async function openOcr({ engine, command }: OcrSettings): Promise<'child' | Ocr> {
  if (engine === 'built-in') return 'child'
  if ((await tesseractVersion(command)) === undefined)
    throw new MdraftError('bad_option', 'OCR_ENGINE is "tesseract", but that program cannot be run.', {
      fix: 'Install it (Debian: apt-get install tesseract-ocr), set TESSERACT_COMMAND, or remove OCR_ENGINE.',
    })
  return openTesseractProgram({ command })
}
