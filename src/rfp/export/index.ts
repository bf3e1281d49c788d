/** Analyses as files: a table of writers. Pure: the same analysis gives the same bytes. */
import { MdraftError, write, writeWord } from '../../core/index.ts'
import { type Analysis, type AnalysisType, analysisTypes, type ExportFormat } from '../findings.ts'
import { csvOf } from './csv.ts'
import { icsOf } from './ics.ts'
import { reportDoc } from './report.ts'
import { sharedSheets, sheetOfType } from './tables.ts'
import { templateDoc } from './template.ts'
import type { Book } from './xlsx.ts'

export type ExportOptions = {
  readonly type: AnalysisType | 'all'
  /** The source as a browser finds it; pages are linked to it as `#page=N`. */
  readonly source?: string | undefined
}

export const typesOf = (type: AnalysisType | 'all'): AnalysisType[] =>
  type === 'all' ? (Object.keys(analysisTypes) as AnalysisType[]) : [type]

type Writer = (analysis: Analysis, options: ExportOptions) => string | Promise<string | Uint8Array>

/** One part keeps what says which document it is of. */
function partOf(analysis: Analysis, type: AnalysisType | 'all'): Partial<Analysis> {
  if (type === 'all') return analysis
  const others = Object.values(analysisTypes).filter((field) => field !== analysisTypes[type])
  return Object.fromEntries(
    Object.entries(analysis).filter(([field]) => !(others as string[]).includes(field)),
  ) as Partial<Analysis> // fields were only taken away
}

const writers: { readonly [F in ExportFormat]: Writer } = {
  json: (analysis, { type }) => `${JSON.stringify(partOf(analysis, type), null, 2)}\n`,
  csv: (analysis, { type }) => {
    if (type === 'all')
      throw new MdraftError('bad_option', 'CSV holds one table, and an analysis has four.', {
        fix: 'Name the one you want, or take XLSX.',
      })
    return csvOf(sheetOfType(analysis, type))
  },
  markdown: (analysis, { type }) =>
    write(
      type === 'annotated-outline' ? templateDoc(analysis, 'quoted') : reportDoc(analysis, typesOf(type)),
      [],
    ).output,
  docx: (analysis, { type }) =>
    writeWord(
      type === 'annotated-outline' ? templateDoc(analysis, 'shaded') : reportDoc(analysis, typesOf(type)),
    ),
  xlsx: async (analysis, { type, source }) => {
    const { xlsxOf } = await import('./xlsx.ts')
    const sheets = typesOf(type).map((one) => sheetOfType(analysis, one))
    return xlsxOf({
      sheets: type === 'all' ? [...sheets, ...sharedSheets(analysis)] : sheets,
      pageUrl: (page) => (source === undefined || analysis.documents ? null : `${source}#page=${page}`),
    })
  },
  ics: (analysis) => icsOf(analysis),
}

/** Tables of any kind, for a workbook that people edit. */
export type Workbook = Pick<Book, 'sheets' | 'choices'>
export async function writeWorkbook(book: Workbook): Promise<Uint8Array> {
  const { xlsxOf } = await import('./xlsx.ts')
  return xlsxOf(book)
}

/** @throws MdraftError `bad_option` when the format cannot hold what is asked for */
export async function exportAnalysis(
  analysis: Analysis,
  format: ExportFormat,
  options: ExportOptions = { type: 'all' },
): Promise<Uint8Array> {
  const made = await writers[format](analysis, options)
  return typeof made === 'string' ? new TextEncoder().encode(made) : made
}
