/**
 * Several files as one solicitation: their analyses joined, references between them resolved, contradictions between
 * them shown. Each row keeps the file it stands in.
 */
import { sha256 } from '../core/index.ts'
import { fold, rowIds } from './analyzers/requirements/ids.ts'
import { crosswalkOf } from './crosswalk.ts'
import type {
  Analysis,
  AnalysisWarning,
  ChecklistItem,
  Criterion,
  OutlineSection,
  Requirement,
} from './findings.ts'

/** The first file is the solicitation itself: where files are silent or say the same, it speaks. */
export function joinAnalyses(parts: readonly Analysis[]): Analysis {
  const [first] = parts
  if (!first) throw new RangeError('a package has at least one file')
  if (parts.length === 1) return first
  const { rows, idOf } = joinRows(parts)
  const { criteria, criterionOf } = joinCriteria(parts)
  const checklist = joinChecklist(parts)
  const outline = joinOutline(parts, idOf, criterionOf)
  const referred = referencesOf(parts)
  const warnings = [
    ...disagreements(checklist),
    ...parts.flatMap((part, index) => keptWarnings(part, index, parts, referred)),
  ]
  return {
    schema: 'mdraft.analysis/1',
    document: {
      filename: `${first.document.filename} + ${parts.length - 1} more`,
      sha256: sha256(parts.map(({ document }) => document.sha256).join('\n')),
      pages: parts.reduce((sum, { document }) => sum + (document.pages ?? 0), 0) || null,
      title: first.document.title,
    },
    documents: parts.map(({ document }, index) => ({
      ...document,
      referred_as: [...referred[index]!.keys()],
    })),
    solicitation: joinFacts(parts),
    compliance_matrix: rows,
    evaluation_criteria: criteria,
    annotated_outline: outline,
    submission_checklist: checklist,
    coverage: joinCoverage(parts, idOf),
    crosswalk: crosswalkOf({ requirements: rows, criteria, outline, warnings }),
    ...joinUse(parts),
    warnings,
  }
}

/** What a model read of all files together. */
function joinUse(parts: readonly Analysis[]): Pick<Analysis, 'model'> {
  const uses = parts.flatMap(({ model }) => model ?? [])
  if (uses.length === 0) return {}
  const model = uses.reduce((sum, use) => ({
    name: sum.name,
    windows: sum.windows + use.windows,
    windows_unread: sum.windows_unread + use.windows_unread,
    windows_cached: sum.windows_cached + use.windows_cached,
    input_tokens: sum.input_tokens + use.input_tokens,
    output_tokens: sum.output_tokens + use.output_tokens,
    cost_usd: sum.cost_usd === null || use.cost_usd === null ? null : sum.cost_usd + use.cost_usd,
    added: sum.added + use.added,
    confirmed: sum.confirmed + use.confirmed,
    unconfirmed: sum.unconfirmed + use.unconfirmed,
    dropped: sum.dropped + use.dropped,
    malformed: sum.malformed + use.malformed,
  }))
  return { model }
}

type IdOf = (part: Analysis, id: string) => string

function joinRows(parts: readonly Analysis[]): { rows: Requirement[]; idOf: IdOf } {
  const all = parts.flatMap((part) => part.compliance_matrix.map((row) => ({ part, row })))
  const ids = rowIds(all.map(({ row }) => row.requirement_text))
  const renamed = new Map<Analysis, Map<string, string>>(parts.map((part) => [part, new Map()]))
  const rows = all.map(({ part, row }, index): Requirement => {
    const { id, duplicateOf } = ids[index]!
    renamed.get(part)!.set(row.requirement_id, id)
    return { ...row, requirement_id: id, duplicate_of: duplicateOf, file: part.document.filename }
  })
  return { rows, idOf: (part, id) => renamed.get(part)!.get(id) ?? id }
}

/** The same criterion printed in two files is one. */
function joinCriteria(parts: readonly Analysis[]): { criteria: Criterion[]; criterionOf: IdOf } {
  const criteria: Criterion[] = []
  const renamed = new Map<Analysis, Map<string, string>>(parts.map((part) => [part, new Map()]))
  const known = new Map<string, string>()
  const taken = new Set<string>()
  for (const part of parts)
    for (const one of part.evaluation_criteria) {
      const key = `${fold(one.name)} ${fold(one.verbatim)}`
      const id = known.get(key) ?? freeId(one.criterion_id, taken)
      renamed.get(part)!.set(one.criterion_id, id)
      if (known.has(key)) continue
      known.set(key, id)
      criteria.push({ ...one, criterion_id: id, file: part.document.filename })
    }
  const criterionOf: IdOf = (part, id) => renamed.get(part)!.get(id) ?? id
  const partOf = new Map(parts.map((part) => [part.document.filename, part]))
  return {
    criteria: criteria.map((one) =>
      one.parent_id === null
        ? one
        : { ...one, parent_id: criterionOf(partOf.get(one.file!)!, one.parent_id) },
    ),
    criterionOf,
  }
}

function freeId(id: string, taken: Set<string>): string {
  let free = id
  for (let turn = 2; taken.has(free); turn++) free = `${id}-${turn}`
  taken.add(free)
  return free
}

/** Facts of which there can be but one. */
const single: readonly ChecklistItem['kind'][] = ['due_date', 'qa_deadline', 'validity']

function joinChecklist(parts: readonly Analysis[]): ChecklistItem[] {
  const known = new Set<string>()
  const taken = new Set<string>()
  const items = parts.flatMap(({ submission_checklist, document }, index) =>
    submission_checklist.flatMap((item): ChecklistItem[] => {
      const key = `${item.kind} ${fold(item.verbatim)}`
      if (index > 0 && known.has(key)) return []
      known.add(key)
      return [{ ...item, item_id: freeId(item.item_id, taken), file: document.filename }]
    }),
  )
  const torn = single.filter(
    (kind) => new Set(items.filter((item) => item.kind === kind).map(momentOf)).size > 1,
  )
  return items.map((item) => (torn.includes(item.kind) ? { ...item, conflict_group: item.kind } : item))
}

/** Date and time without the words for the zone: "ET" and "Eastern time" do not disagree. */
const momentOf = ({ value }: ChecklistItem): string =>
  /^\d{4}-\d\d-\d\d(?: \d\d:\d\d)?/.exec(value)?.[0] ?? fold(value)

const called: Partial<Record<ChecklistItem['kind'], string>> = {
  due_date: 'due dates',
  qa_deadline: 'deadlines for questions',
  validity: 'validity periods',
}

function disagreements(checklist: readonly ChecklistItem[]): AnalysisWarning[] {
  return single.flatMap((kind): AnalysisWarning[] => {
    const items = checklist.filter((item) => item.kind === kind && item.conflict_group === kind)
    if (items.length < 2) return []
    const places = items.map(
      ({ value, file, page }) =>
        `${value} (${[file, page === null ? null : `page ${page}`].filter(Boolean).join(', ')})`,
    )
    return [
      {
        code: `conflicting-${kind.replaceAll('_', '-')}`,
        message: `The files state different ${called[kind]}: ${places.join('; ')}.`,
        page: items[0]!.page,
        ...(items[0]!.file ? { file: items[0]!.file } : {}),
      },
    ]
  })
}

/** The outline of the file that asks most of the response; ties go to the earlier file. */
function joinOutline(parts: readonly Analysis[], idOf: IdOf, criterionOf: IdOf): OutlineSection[] {
  const weight = ({ annotated_outline }: Analysis): number =>
    annotated_outline.length === 0
      ? 0
      : 1 + new Set(annotated_outline.flatMap(({ requirement_ids }) => requirement_ids)).size
  const best = parts.toSorted((a, b) => weight(b) - weight(a))[0]!
  return best.annotated_outline.map((section) => ({
    ...section,
    requirement_ids: section.requirement_ids.map((id) => idOf(best, id)),
    criterion_ids: section.criterion_ids.map((id) => criterionOf(best, id)),
    file: best.document.filename,
  }))
}

const missing = /^(.{3,60}?) is referred to\b/

/** Of each file: by which names the others refer to it. */
function referencesOf(parts: readonly Analysis[]): Map<string, true>[] {
  const names = [
    ...new Set(
      parts.flatMap(({ warnings }) =>
        warnings.flatMap(({ code, message }) =>
          code === 'missing-attachment' ? (missing.exec(message)?.[1] ?? []) : [],
        ),
      ),
    ),
  ]
  return parts.map(({ document }) => {
    const own = names.filter((name) => isCalled(document, name))
    return new Map(own.map((name) => [name, true as const]))
  })
}

const short: Readonly<Record<string, string>> = {
  attachment: 'att(?:ach(?:ment)?)?',
  appendix: 'app(?:endix)?',
  exhibit: 'exh?(?:ibit)?',
  enclosure: 'encl?(?:osure)?',
  annexure: 'annex(?:ure)?',
  annex: 'annex(?:ure)?',
}

/** "Attachment 2" is the file "Att_02_Pricing.xlsx", or one that is titled so. */
function isCalled({ filename, title }: Analysis['document'], name: string): boolean {
  const [, kind, number] = /^(\p{L}+)\W*(\w+)$/u.exec(name) ?? []
  if (!kind || !number) return false
  const word = short[kind.toLowerCase()] ?? kind.toLowerCase()
  const pattern = new RegExp(
    `(?<![\\p{L}\\d])${word}[\\s._#-]*(?:no)?[\\s._#-]*0*${number}(?![\\p{L}\\d])`,
    'iu',
  )
  return pattern.test(filename) || (title !== null && pattern.test(title))
}

/** What each file complained of, less what the others settle. */
function keptWarnings(
  part: Analysis,
  index: number,
  parts: readonly Analysis[],
  referred: readonly ReadonlyMap<string, true>[],
): AnalysisWarning[] {
  const has = {
    'no-requirements': parts.some(({ compliance_matrix }) => compliance_matrix.length > 0),
    'no-criteria': parts.some(({ evaluation_criteria }) => evaluation_criteria.length > 0),
    'no-due-date': parts.some(({ submission_checklist }) =>
      submission_checklist.some(({ kind }) => kind === 'due_date'),
    ),
  } as const
  return part.warnings.flatMap((warning): AnalysisWarning[] => {
    const { code, message } = warning
    if (code in has) return has[code as keyof typeof has] || index > 0 ? [] : [warning]
    if (single.some((kind) => code === `conflicting-${kind.replaceAll('_', '-')}`)) return []
    const file = part.document.filename
    if (code !== 'missing-attachment') return [{ ...warning, file }]
    const name = missing.exec(message)?.[1]
    if (name && referred.some((names) => names.has(name))) return []
    return [{ ...warning, message: message.replace('not in this file', 'not in the package'), file }]
  })
}

/** Of each fact, what the first file says that says anything. */
function joinFacts(parts: readonly Analysis[]): Analysis['solicitation'] {
  const all = parts.map(({ solicitation }) => solicitation)
  const first = <K extends keyof Analysis['solicitation']>(key: K): Analysis['solicitation'][K] =>
    all.find((one) => one[key] !== null)?.[key] ?? all[0]![key]
  return {
    number: first('number'),
    title: first('title'),
    issuing_office: first('issuing_office'),
    type: first('type'),
    naics: first('naics'),
    set_aside: first('set_aside'),
    contract_type: first('contract_type'),
  }
}

function joinCoverage(parts: readonly Analysis[], idOf: IdOf): Analysis['coverage'] {
  const by: Record<string, number> = {}
  for (const { coverage } of parts)
    for (const [name, count] of Object.entries(coverage.by_disposition)) by[name] = (by[name] ?? 0) + count
  const passages = parts.flatMap((part) =>
    (part.coverage.passages ?? []).map((sentence) => ({
      ...sentence,
      requirement_id: sentence.requirement_id && idOf(part, sentence.requirement_id),
    })),
  )
  return {
    sentences: parts.reduce((sum, { coverage }) => sum + coverage.sentences, 0),
    by_disposition: by,
    ...(passages.length > 0 ? { passages } : {}),
  }
}
