import type { ChecklistItem } from '../../../src/contract/analyses.ts'
import { Icon } from '../shell/icons.tsx'
import { type Column, DataTable } from './data-table.tsx'
import type { ViewProps } from './view-props.ts'
import { dateKinds, daysUntil, kindName, momentOf } from './words.ts'

const shown = (item: ChecklistItem): string => {
  const moment = momentOf(item.value)
  return moment ? [moment.day, moment.time].filter(Boolean).join(', ') : item.value
}

const columns: readonly Column<ChecklistItem>[] = [
  {
    id: 'kind',
    header: 'What',
    track: '7.5rem',
    value: (row) => row.kind,
    facet: (value) => kindName(value as ChecklistItem['kind']), // the values of this column are kinds
    cell: (row) => <span className="font-medium">{kindName(row.kind)}</span>,
  },
  {
    id: 'value',
    header: 'Value',
    track: 'minmax(13rem, 1fr)',
    value: (row) => `${row.value} ${row.verbatim}`,
    cell: (row) => (
      <>
        {shown(row)}
        {row.conflict_group && <span className="chip ml-2 bg-danger-soft text-danger">Conflict</span>}
        {!row.mandatory && <span className="chip ml-2">Optional</span>}
      </>
    ),
  },
  {
    id: 'reference',
    header: 'Reference',
    track: '5.5rem',
    value: (row) => row.rfp_reference,
    cell: (row) => (
      <span className="font-mono text-xs">
        {row.rfp_reference || '–'}
        {row.page !== null && <span className="block text-ink-3">p. {row.page}</span>}
      </span>
    ),
  },
]

export function Checklist({ analysis, active, onOpen }: ViewProps) {
  const items = analysis.submission_checklist
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <Dates items={items} active={active} onOpen={onOpen} />
      <Conflicts items={items} active={active} onOpen={onOpen} />
      <DataTable
        label="Submission checklist"
        rows={items}
        columns={columns}
        rowId={(row) => row.item_id}
        active={active}
        onOpen={(row) => onOpen(row.item_id, row)}
        empty="No fact about the submission was found in this document."
        detail={(row) => (
          <blockquote className="rounded-md bg-surface px-3 py-2 text-ink-2 text-sm">
            {row.verbatim}
          </blockquote>
        )}
      />
    </div>
  )
}

type Part = { items: readonly ChecklistItem[] } & Pick<ViewProps, 'active' | 'onOpen'>

function Dates({ items, active, onOpen }: Part) {
  const dates = items
    .flatMap((item) => {
      const moment = dateKinds.includes(item.kind) ? momentOf(item.value) : undefined
      return moment ? [{ item, moment }] : []
    })
    .sort((one, other) => one.moment.sort.localeCompare(other.moment.sort))
  if (dates.length === 0) return null
  return (
    <section
      aria-label="Dates"
      className="grid max-h-64 shrink-0 grid-cols-[repeat(auto-fit,minmax(9.5rem,1fr))] gap-2 overflow-auto border-line border-b p-3"
    >
      {dates.map(({ item, moment }) => (
        <button
          key={item.item_id}
          type="button"
          onClick={() => onOpen(item.item_id, item)}
          className={`flex flex-col rounded-lg border p-2.5 text-left ${item.kind === 'due_date' ? 'border-accent bg-accent-soft' : 'border-line bg-surface'} ${active === item.item_id ? 'outline-2 outline-mark-line' : ''}`}
        >
          <span className="flex items-center gap-1.5 text-ink-2 text-xs">
            <Icon name="calendar" className="size-3.5" />
            {kindName(item.kind)}
          </span>
          <span className="mt-1 block font-semibold">{moment.day}</span>
          <span className="block text-ink-2 text-sm">{moment.time ?? 'Time not stated'}</span>
          <Countdown value={item.value} />
        </button>
      ))}
    </section>
  )
}

function Countdown({ value }: { value: string }) {
  const days = daysUntil(value)
  if (days === undefined) return null
  const text = days < 0 ? 'passed' : days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`
  return <span className="mt-1 block text-ink-3 text-xs">{text}</span>
}

function Conflicts({ items, active, onOpen }: Part) {
  const groups = [
    ...Map.groupBy(
      items.filter((item) => item.conflict_group),
      (item) => item.conflict_group,
    ),
  ].filter(([, group]) => group.length > 1)
  if (groups.length === 0) return null
  return (
    <section
      aria-label="Statements that disagree"
      className="max-h-64 shrink-0 space-y-3 overflow-auto border-line border-b p-3"
    >
      {groups.map(([name, group]) => (
        <div key={name} className="overflow-hidden rounded-lg border border-danger/40">
          <h3 className="flex items-center gap-1.5 bg-danger-soft px-3 py-1.5 font-semibold text-danger text-sm">
            <Icon name="warning" /> {kindName(group[0]!.kind)}: the document disagrees with itself
          </h3>
          <div className="grid grid-cols-[repeat(auto-fit,minmax(12rem,1fr))] gap-px bg-line">
            {group.map((item) => (
              <button
                key={item.item_id}
                type="button"
                className={`p-3 text-left hover:bg-sunken ${active === item.item_id ? 'bg-mark-soft' : 'bg-surface'}`}
                onClick={() => onOpen(item.item_id, item)}
              >
                <span className="block font-semibold">{shown(item)}</span>
                <span className="mt-1 line-clamp-3 block font-serif text-ink-2 text-sm">
                  “{item.verbatim}”
                </span>
                <span className="mt-1 block font-mono text-ink-3 text-xs">
                  {item.rfp_reference}
                  {item.page !== null && ` · p. ${item.page}`}
                </span>
              </button>
            ))}
          </div>
        </div>
      ))}
    </section>
  )
}
