/** Which engine reads scanned pages: the child's own, or one of this process's that the children ask. */
import { MdraftError, type Ocr } from '../../core/index.ts'
import type { DocumentAiSettings } from './document-ai.ts'
import { openTesseractProgram, tesseractVersion } from './program.ts'

export type OcrSettings = {
  readonly engine: 'built-in' | 'tesseract' | 'document-ai'
  readonly command: string
  readonly documentAi?: DocumentAiSettings | undefined
}

/** @throws MdraftError when the configured engine is not there: better at the start than at the first scan */
export async function openOcr({ engine, command, documentAi }: OcrSettings): Promise<'child' | Ocr> {
  if (engine === 'built-in') return 'child'
  if (engine === 'document-ai' && documentAi)
    return (await import('./document-ai.ts')).openDocumentAi(documentAi)
  if ((await tesseractVersion(command)) === undefined)
    throw new MdraftError('bad_option', 'OCR_ENGINE is "tesseract", but that program cannot be run.', {
      fix: 'Install it (Debian: apt-get install tesseract-ocr), set TESSERACT_COMMAND, or remove OCR_ENGINE.',
    })
  return openTesseractProgram({ command })
}
