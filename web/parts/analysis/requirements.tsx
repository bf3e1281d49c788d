import type { Analysis, Requirement } from '../../../src/contract/analyses.ts'
import { type Column, DataTable } from './data-table.tsx'
import { Quote } from './quote.tsx'
import type { ViewProps } from './view-props.ts'
import { obligationLook, sentence } from './words.ts'

const columns: readonly Column<Requirement>[] = [
  {
    id: 'reference',
    header: 'Reference',
    track: '5.5rem',
    value: (row) => row.rfp_reference,
    cell: (row) => (
      <span className="font-mono text-xs break-words">
        {row.rfp_reference || '–'}
        {row.page !== null && <span className="block text-ink-3">p. {row.page}</span>}
      </span>
    ),
  },
  {
    id: 'text',
    header: 'Requirement',
    track: 'minmax(14rem, 1fr)',
    value: (row) => `${row.requirement_text} ${row.section_title ?? ''} ${row.requirement_id}`,
    cell: (row) => (
      <span className={row.duplicate_of ? 'text-ink-3' : ''}>
        {row.stem_text && <span className="line-clamp-1 text-ink-3 text-sm">{row.stem_text}</span>}
        <Quote text={row.requirement_text} word={row.binding_word} />
      </span>
    ),
  },
  {
    id: 'obligation',
    header: 'Binding',
    track: '4.6rem',
    value: (row) => row.obligation,
    facet: sentence,
    cell: (row) => <span className={`chip ${obligationLook[row.obligation]}`}>{row.obligation}</span>,
  },
  {
    id: 'actor',
    header: 'Who',
    track: '5.2rem',
    value: (row) => row.actor,
    facet: sentence,
    cell: (row) => <span className="text-ink-2">{sentence(row.actor)}</span>,
  },
  {
    id: 'category',
    header: 'Category',
    track: '6.6rem',
    value: (row) => row.category,
    facet: sentence,
    cell: (row) => <span className="text-ink-2">{sentence(row.category)}</span>,
  },
]

type Props = ViewProps & { readonly only: readonly string[] | null; readonly onAll: () => void }

export function Requirements({ analysis, active, onOpen, only, onAll }: Props) {
  const rows = only
    ? analysis.compliance_matrix.filter((row) => only.includes(row.requirement_id))
    : analysis.compliance_matrix
  return (
    <DataTable
      label="Compliance matrix"
      rows={rows}
      columns={columns}
      rowId={(row) => row.requirement_id}
      active={active}
      onOpen={(row) => onOpen(row.requirement_id, row)}
      empty="No requirement was found in this document."
      detail={(row) => <Detail row={row} analysis={analysis} />}
      tools={
        only && (
          <button type="button" className="btn border-accent bg-accent-soft" onClick={onAll}>
            Of one section <span aria-hidden="true">×</span>
            <span className="sr-only">Show all requirements</span>
          </button>
        )
      }
    />
  )
}

function Detail({ row, analysis }: { row: Requirement; analysis: Analysis }) {
  const same =
    row.duplicate_of && analysis.compliance_matrix.find((one) => one.requirement_id === row.duplicate_of)
  const facts: readonly (readonly [string, string | null | false | undefined])[] = [
    ['Id', row.requirement_id],
    ['Section', row.section_title],
    ['Lead-in', row.stem_text],
    ['Cites', row.cross_references.join(', ')],
    [
      'Same as',
      same && `${same.requirement_id}, ${same.rfp_reference}${same.page === null ? '' : `, p. ${same.page}`}`,
    ],
    ['Clause', row.is_clause && 'Standard clause text'],
    [
      'Found by',
      `${{ rule: 'Rules', llm: 'Language model', both: 'Rules and language model' }[row.source]}, ${Math.round(row.confidence * 100)} % sure`,
    ],
  ]
  return (
    <dl className="grid grid-cols-[5rem_1fr] gap-x-3 gap-y-1 rounded-md bg-surface px-3 py-2 text-sm">
      {facts.map(
        ([term, value]) =>
          value && (
            <div key={term} className="contents">
              <dt className="text-ink-3">{term}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  )
}
