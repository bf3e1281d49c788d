/** A comparison of versions as a file. */
import { type Block, build, type Inline, write } from '../../core/index.ts'
import type { Change, Comparison, ComparisonFormat, Word } from '../amendments/comparison.ts'
import { docOf } from './report.ts'
import { type Column, type Sheet, sheetOf } from './tables.ts'

const titles: { readonly [K in Change['kind']]: string } = {
  changed: 'Changed',
  added: 'Added',
  removed: 'Removed',
}

export async function exportComparison(
  comparison: Comparison,
  format: ComparisonFormat,
): Promise<Uint8Array> {
  if (format === 'xlsx') {
    const { xlsxOf } = await import('./xlsx.ts')
    return xlsxOf({ sheets: sheetsOf(comparison) })
  }
  const text =
    format === 'json'
      ? `${JSON.stringify(comparison, null, 2)}\n`
      : write(docOf('Changes', blocksOf(comparison)), []).output
  return new TextEncoder().encode(text)
}

const changes: readonly Column<Change>[] = [
  { key: 'change_id', title: 'ID', width: 14, hidden: true, value: ({ change_id }) => change_id },
  {
    key: 'requirement_id',
    title: 'Requirement',
    width: 14,
    hidden: true,
    value: (one) => (one.old ?? one.new)?.requirement_id ?? null,
  },
  { key: 'kind', title: 'Change', width: 10, value: ({ kind }) => titles[kind] },
  {
    key: 'reference',
    title: 'Reference',
    width: 20,
    value: (one) => (one.new ?? one.old)?.rfp_reference ?? null,
  },
  { key: 'old_page', title: 'Old page', width: 9, value: (one) => one.old?.page ?? null },
  { key: 'old_text', title: 'Old text', width: 60, value: (one) => one.old?.text ?? null },
  { key: 'new_page', title: 'New page', width: 9, value: (one) => one.new?.page ?? null },
  { key: 'new_text', title: 'New text', width: 60, value: (one) => one.new?.text ?? null },
  { key: 'words', title: 'Words', width: 50, value: ({ words }) => words.flatMap(marked).join(' ') },
  { key: 'answer', title: 'By answer', width: 14, value: ({ answer }) => answer },
]
const marked = ({ kind, text }: Word): string[] =>
  kind === 'same' ? [] : [`${kind === 'added' ? 'now' : 'was'}: ${text}`]

const directives: readonly Column<Comparison['directives'][number]>[] = [
  { key: 'text', title: 'What the amendment says', width: 90, value: ({ text }) => text },
  { key: 'from', title: 'From', width: 30, value: ({ from }) => from },
  { key: 'to', title: 'To', width: 30, value: ({ to }) => to },
  { key: 'page', title: 'Page', width: 7, value: ({ page }) => page },
  { key: 'answer', title: 'By answer', width: 14, value: ({ answer }) => answer },
]
const dates: readonly Column<Comparison['dates'][number]>[] = [
  { key: 'kind', title: 'Date', width: 16, value: ({ kind }) => kind },
  { key: 'old', title: 'Was', width: 40, value: (one) => one.old.join('; ') },
  { key: 'new', title: 'Is', width: 40, value: (one) => one.new.join('; ') },
]

const sheetsOf = (comparison: Comparison): Sheet[] => [
  sheetOf('changes', 'Changes', changes as readonly Column<never>[], comparison.changes),
  sheetOf('directives', 'Amendment says', directives as readonly Column<never>[], comparison.directives),
  sheetOf('dates', 'Dates', dates as readonly Column<never>[], comparison.dates),
]

function blocksOf(comparison: Comparison): Block[] {
  const { old, new: now, form, unchanged, not_repeated } = comparison
  const count = (kind: Change['kind']) => comparison.changes.filter((one) => one.kind === kind).length
  return [
    build.heading(1, `Changes from ${old.filename} to ${now.filename}`),
    build.paragraph(
      `${count('changed')} changed, ${count('added')} added, ${count('removed')} removed; ${unchanged} requirements are unchanged.${form === 'full' ? '' : ' The new file says only what changes: what it does not mention stays.'}`,
    ),
    ...not_repeated.map(({ from, to, requirement_ids }) =>
      build.paragraph(
        `Pages ${from}–${to} of the old version are not in the new one (${requirement_ids.length} requirements).`,
      ),
    ),
    ...comparison.dates.flatMap(({ kind, old: was, new: is }) => [
      build.paragraph(`${kind.replaceAll('_', ' ')}: ${was.join('; ') || 'not stated'} → ${is.join('; ')}`),
    ]),
    ...(['changed', 'added', 'removed'] as const).flatMap((kind) => section(kind, comparison.changes)),
    ...(comparison.directives.length === 0
      ? []
      : [
          build.heading(2, 'What the amendment says it changes'),
          build.list(
            comparison.directives.map(({ text, page, answer }) =>
              build.item([build.paragraph([build.text(text), ...placeOf(page, answer)])]),
            ),
          ),
        ]),
  ]
}

const placeOf = (page: number | null, answer: string | null): Inline[] => {
  const place = [answer, page === null ? null : `p. ${page}`].filter(Boolean).join(', ')
  return place === '' ? [] : [build.text(` [${place}]`, ['italic'])]
}

function section(kind: Change['kind'], all: readonly Change[]): Block[] {
  const found = all.filter((one) => one.kind === kind)
  if (found.length === 0) return []
  return [
    build.heading(2, titles[kind]),
    build.list(
      found.map(({ words, old, new: now, answer }) => {
        const side = now ?? old
        return build.item([
          build.paragraph([
            build.text(side?.rfp_reference ? `${side.rfp_reference}: ` : '', ['bold']),
            ...words.flatMap(inlineOf),
            ...placeOf(side?.page ?? null, answer),
          ]),
        ])
      }),
    ),
  ]
}

const inlineOf = ({ kind, text }: Word): Inline[] => [
  build.text(text, kind === 'same' ? [] : kind === 'added' ? ['bold'] : ['strike']),
  build.text(' '),
]
