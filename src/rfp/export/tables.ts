/** The results as tables of plain values: what CSV, spreadsheets and reports have in common. */
import {
  type Analysis,
  type AnalysisType,
  analysisTypes,
  type ChecklistItem,
  type Criterion,
  type OutlineSection,
  type Requirement,
} from '../findings.ts'

export type Value = string | number | null

export type Column<Row> = {
  /** The field's name in the contract. */
  readonly key: string
  readonly title: string
  /** In characters. */
  readonly width: number
  readonly value: (row: Row, index: number) => Value
  /** For programs: in the file, but not shown. */
  readonly hidden?: true
  /** Too much for a page of a report. */
  readonly onlyWide?: true
}

/** What a sheet needs to know of a cell is its column. */
export type Sheet = {
  readonly name: string
  readonly title: string
  readonly columns: readonly Omit<Column<never>, 'value'>[]
  readonly rows: readonly (readonly Value[])[]
}

const yes = (is: boolean): string => (is ? 'yes' : '')
const listed = (values: readonly string[]): string => values.join('; ')

/** Which file of a package a row is from; nothing when there is but one. */
const file = {
  key: 'file',
  title: 'File',
  width: 22,
  value: ({ file: of }: { file?: string | undefined }) => of ?? null,
}

const requirements: readonly Column<Requirement>[] = [
  // The number that the highlighted source prints beside the requirement.
  { key: 'number', title: 'No.', width: 6, value: (_, index) => index + 1 },
  { key: 'requirement_id', title: 'ID', width: 14, hidden: true, value: (row) => row.requirement_id },
  { key: 'rfp_reference', title: 'Reference', width: 18, value: (row) => row.rfp_reference },
  file,
  { key: 'page', title: 'Page', width: 7, value: (row) => row.page },
  { key: 'section_title', title: 'Section', width: 26, onlyWide: true, value: (row) => row.section_title },
  { key: 'stem_text', title: 'Lead-in', width: 30, onlyWide: true, value: (row) => row.stem_text },
  { key: 'requirement_text', title: 'Requirement', width: 80, value: (row) => row.requirement_text },
  { key: 'obligation', title: 'Obligation', width: 11, value: (row) => row.obligation },
  { key: 'binding_word', title: 'Binding word', width: 13, onlyWide: true, value: (row) => row.binding_word },
  { key: 'actor', title: 'Who', width: 11, value: (row) => row.actor },
  { key: 'category', title: 'Category', width: 16, value: (row) => row.category },
  { key: 'is_clause', title: 'Clause', width: 8, onlyWide: true, value: (row) => yes(row.is_clause) },
  {
    key: 'cross_references',
    title: 'See also',
    width: 20,
    onlyWide: true,
    value: (row) => listed(row.cross_references),
  },
  { key: 'duplicate_of', title: 'Repeats', width: 14, onlyWide: true, value: (row) => row.duplicate_of },
  { key: 'confidence', title: 'Confidence', width: 11, onlyWide: true, value: (row) => row.confidence },
  { key: 'source', title: 'Found by', width: 10, onlyWide: true, value: (row) => row.source },
]

const criteria: readonly Column<Criterion>[] = [
  { key: 'criterion_id', title: 'ID', width: 14, hidden: true, value: (row) => row.criterion_id },
  { key: 'parent_id', title: 'Part of', width: 14, hidden: true, value: (row) => row.parent_id },
  { key: 'name', title: 'Criterion', width: 40, value: (row) => row.name },
  { key: 'weight', title: 'Weight', width: 14, value: (row) => row.weight },
  { key: 'points', title: 'Points', width: 8, value: (row) => row.points },
  { key: 'percent', title: 'Percent', width: 9, value: (row) => row.percent },
  {
    key: 'relative_importance',
    title: 'Importance',
    width: 40,
    value: (row) => row.relative_importance,
  },
  { key: 'method', title: 'Rated by', width: 20, value: (row) => row.method },
  { key: 'gate', title: 'Pass or out', width: 11, value: (row) => yes(row.gate) },
  { key: 'rfp_reference', title: 'Reference', width: 18, value: (row) => row.rfp_reference },
  file,
  { key: 'page', title: 'Page', width: 7, value: (row) => row.page },
  {
    key: 'verbatim',
    title: 'In the words of the buyer',
    width: 80,
    onlyWide: true,
    value: (row) => row.verbatim,
  },
]

const outline: readonly Column<OutlineSection>[] = [
  { key: 'number', title: 'Number', width: 10, value: (row) => row.number },
  { key: 'level', title: 'Level', width: 7, onlyWide: true, value: (row) => row.level },
  { key: 'title', title: 'Section', width: 50, value: (row) => row.title },
  { key: 'volume', title: 'Volume', width: 20, value: (row) => row.volume },
  { key: 'page_limit', title: 'Page limit', width: 18, value: (row) => row.page_limit },
  { key: 'format_notes', title: 'Format', width: 40, value: (row) => row.format_notes },
  {
    key: 'requirement_ids',
    title: 'Requirements',
    width: 40,
    onlyWide: true,
    value: (row) => listed(row.requirement_ids),
  },
  {
    key: 'criterion_ids',
    title: 'Criteria',
    width: 30,
    onlyWide: true,
    value: (row) => listed(row.criterion_ids),
  },
  file,
]

const checklist: readonly Column<ChecklistItem>[] = [
  { key: 'item_id', title: 'ID', width: 14, hidden: true, value: (row) => row.item_id },
  { key: 'kind', title: 'What', width: 14, value: (row) => row.kind },
  { key: 'value', title: 'Value', width: 44, value: (row) => row.value },
  {
    key: 'verbatim',
    title: 'In the words of the buyer',
    width: 80,
    onlyWide: true,
    value: (row) => row.verbatim,
  },
  { key: 'rfp_reference', title: 'Reference', width: 18, value: (row) => row.rfp_reference },
  file,
  { key: 'page', title: 'Page', width: 7, value: (row) => row.page },
  { key: 'mandatory', title: 'Mandatory', width: 11, value: (row) => yes(row.mandatory) },
  { key: 'conflict_group', title: 'Conflict', width: 14, value: (row) => row.conflict_group },
]

export const titles: { readonly [T in AnalysisType]: string } = {
  'compliance-matrix': 'Compliance matrix',
  'evaluation-criteria': 'Evaluation criteria',
  'annotated-outline': 'Annotated outline',
  'submission-checklist': 'Submission checklist',
}

const tables = {
  'compliance-matrix': requirements,
  'evaluation-criteria': criteria,
  'annotated-outline': outline,
  'submission-checklist': checklist,
} as const satisfies {
  readonly [T in AnalysisType]: readonly Column<Analysis[(typeof analysisTypes)[T]][number]>[]
}

/** The column of files stands only where rows are of several. */
export function sheetOf(
  name: string,
  title: string,
  columns: readonly Column<never>[],
  rows: readonly object[],
): Sheet {
  const hasFiles = rows.some((row) => 'file' in row && row.file !== undefined)
  const kept = columns.filter(({ key }) => key !== 'file' || hasFiles)
  return {
    name,
    title,
    columns: kept.map(({ value: _, ...column }) => column),
    rows: rows.map((row, index) => kept.map(({ value }) => value(row as never, index))), // columns and rows come in pairs
  }
}

export const sheetOfType = (analysis: Analysis, type: AnalysisType): Sheet =>
  sheetOf(type, titles[type], tables[type] as readonly Column<never>[], analysis[analysisTypes[type]])

type Gap = { readonly code: string; readonly message: string }
const gaps: readonly Column<Gap>[] = [
  { key: 'code', title: 'Kind', width: 30, value: ({ code }) => code },
  { key: 'message', title: 'What is missing', width: 100, value: ({ message }) => message },
]
type Question = { readonly text: string; readonly about: string }
const questions: readonly Column<Question>[] = [
  { key: 'text', title: 'Question', width: 100, value: ({ text }) => text },
  { key: 'about', title: 'About', width: 30, value: ({ about }) => about },
]
type Warned = Analysis['warnings'][number]
const warnings: readonly Column<Warned>[] = [
  { key: 'code', title: 'Kind', width: 30, value: ({ code }) => code },
  { key: 'message', title: 'What to look at', width: 100, value: ({ message }) => message },
  file,
  { key: 'page', title: 'Page', width: 7, value: ({ page }) => page },
]

/** What belongs to no one of the four: gaps, questions to the buyer, warnings. */
export function sharedSheets({ crosswalk, warnings: warned }: Analysis): Sheet[] {
  return [
    sheetOf('gaps', 'Gaps', gaps, crosswalk?.gaps ?? []),
    sheetOf('questions', 'Questions to the buyer', questions, crosswalk?.questions ?? []),
    sheetOf('warnings', 'Warnings', warnings, warned),
  ]
}

/** What the solicitation is, a fact a line. */
export function factsOf({
  document,
  documents,
  solicitation,
  coverage,
}: Analysis): readonly [string, string][] {
  const facts: readonly (readonly [string, string | number | null])[] = [
    ['Solicitation', solicitation.number],
    ['Title', solicitation.title ?? document.title],
    ['Issued by', solicitation.issuing_office],
    ['Kind', solicitation.type],
    ['NAICS', solicitation.naics],
    ['Set-aside', solicitation.set_aside],
    ['Contract', solicitation.contract_type],
    [
      documents ? 'Files' : 'File',
      documents ? listed(documents.map(({ filename }) => filename)) : document.filename,
    ],
    ['Pages', document.pages],
    ['Sentences read', coverage.sentences],
  ]
  return facts.flatMap(([name, value]) => (value === null ? [] : [[name, String(value)] as [string, string]]))
}
