/** An analysis as a document to read: the same tree is written as Markdown and as Word. */
import { type Block, build, type Doc, type Inline } from '../../core/index.ts'
import type { Analysis, AnalysisType } from '../findings.ts'
import { factsOf, type Sheet, sharedSheets, sheetOfType, titles } from './tables.ts'

export const bold = (text: string): Inline => build.text(text, ['bold'])

export function docOf(title: string, blocks: readonly Block[]): Doc {
  return build.doc('md', blocks, { meta: { title } })
}

export function reportDoc(analysis: Analysis, types: readonly AnalysisType[]): Doc {
  const title = analysis.solicitation.title ?? analysis.document.title ?? analysis.document.filename
  const sheets = types.map((type) => sheetOfType(analysis, type))
  const shared = types.length > 1 ? sharedSheets(analysis).filter(({ rows }) => rows.length > 0) : []
  const heading = types.length === 1 ? `${titles[types[0]!]}: ${title}` : `Analysis: ${title}`
  return docOf(heading, [
    build.heading(1, heading),
    build.table(
      factsOf(analysis).map(([name, value]) =>
        build.row([build.cell(name, { header: true }), build.cell(value)]),
      ),
    ),
    ...[...sheets, ...shared].flatMap(sheetBlocks),
  ])
}

/** What fits the width of a page; ids and what only programs need stay in the spreadsheet. */
function sheetBlocks({ title, columns, rows }: Sheet): Block[] {
  const shown = columns.flatMap((column, index) =>
    column.hidden || column.onlyWide || rows.every((row) => row[index] === null || row[index] === '')
      ? []
      : [index],
  )
  return [
    build.heading(2, title),
    rows.length === 0
      ? build.paragraph('Nothing was found.')
      : build.table(
          [
            build.row(shown.map((index) => build.cell(columns[index]!.title))),
            ...rows.map((row) => build.row(shown.map((index) => build.cell(String(row[index] ?? ''))))),
          ],
          { headerRows: 1 },
        ),
  ]
}
