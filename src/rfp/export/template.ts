/**
 * The annotated outline as a document ready to write in: a heading for each section that the response needs, under it
 * a box with what the section must answer, under that the place to write.
 */
import { type Block, build, type Doc } from '../../core/index.ts'
import { pagesTold } from '../analyzers/checklist/pages.ts'
import type { Analysis, ChecklistItem, Criterion, OutlineSection, Requirement } from '../findings.ts'
import { bold, docOf } from './report.ts'

const rules = new Set<ChecklistItem['kind']>([
  'due_date',
  'method',
  'address',
  'copies',
  'page_limit',
  'font',
  'margin',
  'file_format',
  'naming',
])

/** `shaded` boxes for Word; in Markdown a quotation is what a reader sees as set apart. */
type Box = 'shaded' | 'quoted'

export function templateDoc(analysis: Analysis, style: Box): Doc {
  const box = boxes[style]
  const { annotated_outline: outline, solicitation, document } = analysis
  const name =
    solicitation.title ??
    document.title ??
    (solicitation.number ? `solicitation ${solicitation.number}` : document.filename.replace(/\.\w+$/, ''))
  const title = `Response to ${name}`
  return docOf(title, [
    build.heading(1, title),
    ...(solicitation.number ? [build.paragraph(`Solicitation ${solicitation.number}`)] : []),
    box([
      line(
        'How to use this document',
        'Write under each box. Boxes quote the solicitation: delete them before you submit.',
      ),
    ]),
    ...ruleBlocks(analysis, box),
    ...(outline.length === 0
      ? [build.paragraph('The solicitation does not say which sections the response needs.')]
      : outline.flatMap((section, index) =>
          sectionBlocks(
            section,
            analysis,
            box,
            new Set(outline.slice(0, index).flatMap((one) => one.criterion_ids)),
          ),
        )),
    ...restBlocks(analysis, box),
  ])
}

type MakeBox = (blocks: readonly Block[]) => Block
const boxes: { readonly [B in Box]: MakeBox } = {
  shaded: (blocks) => build.table([build.row([build.cell(blocks, { header: true })])]),
  quoted: (blocks) => build.quote(blocks),
}

const line = (label: string, text: string): Block => build.paragraph([bold(`${label}: `), build.text(text)])

const placeOf = ({
  rfp_reference,
  page,
  file,
}: Pick<Requirement, 'rfp_reference' | 'page' | 'file'>): string =>
  [file, rfp_reference, page === null ? '' : `p. ${page}`].filter(Boolean).join(', ')

type Entry = { readonly text: string; readonly place: string; readonly under?: readonly Entry[] }

const items = (found: readonly Entry[]): Block[] =>
  found.length === 0
    ? []
    : [
        build.list(
          found.map(({ text, place, under = [] }) =>
            build.item([
              build.paragraph([build.text(text), ...(place ? [build.text(` [${place}]`, ['italic'])] : [])]),
              ...items(under),
            ]),
          ),
        ),
      ]

/** A lead-in stands once, with what hangs on it below. */
function statements(rows: readonly Requirement[]): Entry[] {
  const found: (Entry & { readonly under: Entry[] })[] = []
  for (const row of rows) {
    const entry = { text: row.requirement_text, place: placeOf(row), under: [] }
    const last = found.at(-1)
    if (row.stem_text === null) found.push(entry)
    else if (last?.text === row.stem_text) last.under.push(entry)
    else found.push({ text: row.stem_text, place: '', under: [entry] })
  }
  return found
}

function ruleBlocks({ submission_checklist, annotated_outline }: Analysis, box: MakeBox): Block[] {
  // What a section's own box says is not said again.
  const told = new Set(annotated_outline.map(({ page_limit }) => pagesTold(page_limit ?? '')))
  const found = submission_checklist.filter(
    ({ kind, value, conflict_group }) =>
      rules.has(kind) && !(kind === 'page_limit' && conflict_group === null && told.has(pagesTold(value))),
  )
  if (found.length === 0) return []
  return [
    build.heading(2, 'Rules for the whole response'),
    box([
      ...items(
        found.map((item) => ({
          text: `${words(item.kind)}: ${item.value}${item.conflict_group ? ' (the solicitation contradicts itself here)' : ''}`,
          place: placeOf(item),
        })),
      ),
    ]),
  ]
}

const words = (kind: string): string => kind.charAt(0).toUpperCase() + kind.slice(1).replaceAll('_', ' ')

/** "CovLtr", "SubCost[Insert Name]": a table of files calls its rows by their names, not by numbers. */
const isFileName = (number: string): boolean =>
  /^[A-Za-z]{2,}\w*(?:\s?\[.*)?$/.test(number) && !/^(?:[IVXLC]+|volumes?|tab|part|section)$/i.test(number)

/** `told`: criteria that an earlier section quotes in full. */
function sectionBlocks(
  section: OutlineSection,
  analysis: Analysis,
  box: MakeBox,
  told: ReadonlySet<string>,
): Block[] {
  const { number, title, level, volume, page_limit, format_notes } = section
  const wanted = new Set(section.requirement_ids)
  const scored = new Set(section.criterion_ids)
  const requirements = analysis.compliance_matrix.filter(({ requirement_id }) => wanted.has(requirement_id))
  const criteria = analysis.evaluation_criteria.filter(({ criterion_id }) => scored.has(criterion_id))
  const notes = [
    ...(isFileName(number) ? [line('File name', number)] : []),
    ...(volume ? [line('Volume', volume)] : []),
    ...(page_limit ? [line('Page limit', page_limit)] : []),
    ...(format_notes ? [line('Format', format_notes)] : []),
    ...(requirements.length > 0 ? [build.paragraph([bold('This section must answer')])] : []),
    ...items(statements(requirements)),
    ...(criteria.length > 0 ? [build.paragraph([bold('It is judged by')])] : []),
    ...items(
      criteria.map((one) => ({
        text: told.has(one.criterion_id) ? one.name : judgement(one),
        place: placeOf(one),
      })),
    ),
  ]
  return [
    build.heading(level + 1, isFileName(number) ? title : [number, title].filter(Boolean).join(' ')),
    ...(notes.length > 0 ? [box(notes)] : []),
    build.paragraph('[Write here]'),
  ]
}

function judgement({ name, points, percent, weight, method, gate, relative_importance }: Criterion): string {
  const measure =
    points !== null
      ? `${points} points`
      : percent !== null
        ? `${percent} %`
        : (weight ?? method ?? relative_importance)
  return [name, measure, gate ? 'failing it excludes' : null].filter(Boolean).join(' – ')
}

/** What binds the bidder and stands under no section: nothing may be lost on the way into the template. */
function restBlocks({ annotated_outline, compliance_matrix }: Analysis, box: MakeBox): Block[] {
  const placed = new Set(annotated_outline.flatMap(({ requirement_ids }) => requirement_ids))
  const rest = compliance_matrix.filter(
    ({ requirement_id, actor, is_clause, duplicate_of, obligation }) =>
      actor === 'offeror' &&
      !is_clause &&
      duplicate_of === null &&
      obligation !== 'may' &&
      !placed.has(requirement_id),
  )
  if (rest.length === 0) return []
  return [build.heading(2, 'Instructions that belong to no one section'), box(items(statements(rest)))]
}
