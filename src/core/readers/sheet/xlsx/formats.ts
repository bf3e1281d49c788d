/** Number formats of cells (ECMA-376 part 1, 18.8.30). */
import { attribute, child, elements } from '../../../io/xml.ts'
import type { Package } from '../../ooxml/package.ts'
import { builtInFormat } from '../sheetjs.ts'

/** The format's code of each cell style. */
export type Formats = readonly (string | number)[]

export async function readFormats(file: Package, part: string | undefined): Promise<Formats> {
  const root = part && file.has(part) ? await file.xml(part) : undefined
  const codes = new Map<number, string>()
  for (const format of elements(child(root, 'numFmts'), 'numFmt')) {
    const id = Number(attribute(format, 'numFmtId'))
    const code = attribute(format, 'formatCode')
    if (code !== undefined) codes.set(id, code)
  }
  return elements(child(root, 'cellXfs'), 'xf').map((style) => {
    const id = Number(attribute(style, 'numFmtId') ?? '0')
    // 14 is the date that follows the reader's settings: told apart by its number.
    return id === 14 ? 14 : (codes.get(id) ?? builtInFormat(id) ?? 'General')
  })
}
