/** XLSX and XLSM (ECMA-376 part 1, chapter 18): sheets are read row by row and never stand in memory as a tree. */
import { attribute, child, descend, elements } from '../../../io/xml.ts'
import type { ReadContext } from '../../../reader.ts'
import { openPackage, type Package, relationshipId } from '../../ooxml/package.ts'
import { readMeta } from '../../ooxml/properties.ts'
import { newBudget } from '../cells.ts'
import { readExcel } from '../excel.ts'
import type { Sheet, Workbook } from '../workbook.ts'
import { readComments } from './comments.ts'
import { readFloats } from './drawings.ts'
import { readFormats } from './formats.ts'
import { readGrid, type Shared } from './grid.ts'
import { readStrings } from './strings.ts'

export async function readXlsx(bytes: Uint8Array, context: ReadContext): Promise<Workbook> {
  const file = await openPackage(bytes, context)
  if (/\.bin$/i.test(file.main)) return readExcel(bytes, context) // XLSB
  if (file.names.some((name) => /vbaProject\.bin$/i.test(name)))
    context.report.warn('macros-ignored', 'The workbook holds macros; they were not run or read.')
  const root = await file.xml(file.main)
  const links = await file.relationships(file.main)
  const part = (type: string) =>
    [...links.values()].find((link) => link.type === type && !link.external)?.target
  const shared: Shared = {
    strings: await readStrings(file, part('sharedStrings'), context),
    formats: await readFormats(file, part('styles')),
    is1904: /^(1|true)$/.test(attribute(child(root, 'workbookPr'), 'date1904') ?? ''),
    budget: newBudget(),
  }
  const sheets: Sheet[] = []
  const people = await persons(file)
  for (const entry of elements(descend(root, 'sheets'), 'sheet')) {
    context.progress({ stage: 'reading' })
    const target = links.get(relationshipId(entry, 'id') ?? '')?.target
    const name = attribute(entry, 'name') ?? `Sheet${sheets.length + 1}`
    const isHidden = /hidden/i.test(attribute(entry, 'state') ?? '')
    if (!target || !file.has(target)) {
      context.report.warn('part-missing', `The sheet "${name}" is not in the file.`, { path: name })
      continue
    }
    const comments = await readComments(file, target, people)
    const grid = await readGrid(file, target, name, comments, shared, context)
    sheets.push({ name, isHidden, ...grid, floats: await readFloats(file, target, name, context) })
  }
  return { sheets, meta: await readMeta(file) }
}

/** Names of those who wrote in threads (MS-XLSX 2.6.203). */
async function persons(file: Package): Promise<Map<string, string>> {
  const out = new Map<string, string>()
  for (const name of file.names) {
    if (!/(^|\/)persons\/[^/]+\.xml$/i.test(name)) continue
    for (const person of elements(await file.xml(name), 'person')) {
      const id = attribute(person, 'id')
      if (id !== undefined) out.set(id, attribute(person, 'displayName') ?? '')
    }
  }
  return out
}
