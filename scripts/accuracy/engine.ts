/** mdraft as the scorers call it: a path in, Markdown out. Emphasis is off because they count marks as wrong text. */
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { convert as run } from '../../src/core/index.ts'
import { openLocalOcr } from '../../src/platform/ocr/local.ts'

const ocr = openLocalOcr()

export async function convert(path: string): Promise<string> {
  const { output } = await run(await readFile(path), { name: basename(path), emphasis: false }, { ocr })
  return output
}
