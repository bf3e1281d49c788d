// biome-ignore-all lint/a11y/useSemanticElements: rows are placed one by one, which the elements of a table do not allow
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and walks its rows
/** A table that sorts, filters, draws only the rows in sight, and walks with j and k. */
import {
  columnFilteringFeature,
  createColumnHelper,
  createFilteredRowModel,
  createSortedRowModel,
  filterFn_includesString,
  globalFilteringFeature,
  rowSortingFeature,
  sortFn_alphanumeric,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { isTyping, useKey } from '../keys.ts'
import { Icon } from '../shell/icons.tsx'
import { FacetMenu } from './facet-menu.tsx'

export type Column<Row> = {
  readonly id: string
  readonly header: string
  /** What is sorted and searched. */
  readonly value: (row: Row) => string | number
  readonly cell: (row: Row) => ReactNode
  /** A track of the grid, for example `minmax(16rem, 1fr)`. */
  readonly track: string
  readonly align?: 'right'
  /** Offers the values of this column as a filter. */
  readonly facet?: (value: string) => string
}

type Props<Row> = {
  readonly label: string
  readonly rows: readonly Row[]
  readonly columns: readonly Column<Row>[]
  readonly rowId: (row: Row) => string
  /** The row the user chose; opening the same again shows its place again. */
  readonly active: string | null
  readonly onOpen: (row: Row) => void
  /** Shown below the chosen row. */
  readonly detail?: (row: Row) => ReactNode
  readonly depth?: (row: Row) => number
  readonly tools?: ReactNode
  readonly empty: string
}

const features = tableFeatures({
  columnFilteringFeature,
  globalFilteringFeature,
  rowSortingFeature,
  filteredRowModel: createFilteredRowModel(),
  sortedRowModel: createSortedRowModel(),
  filterFns: { includesString: filterFn_includesString },
  sortFns: { alphanumeric: sortFn_alphanumeric },
})

/** What stands in a row and does something of its own when it is clicked. */
const isItsOwn = (target: EventTarget): boolean =>
  target instanceof Element &&
  target.closest('button, a, input, select, textarea, label, [data-still]') !== null

export function DataTable<Row extends object>(props: Props<Row>) {
  const { label, rows: data, columns, rowId, active, onOpen, detail, depth, tools, empty } = props
  const [search, setSearch] = useState('')
  const [facets, setFacets] = useState<Readonly<Record<string, readonly string[]>>>({})
  const scroller = useRef<HTMLDivElement>(null)
  const searchBox = useRef<HTMLInputElement>(null)
  const defs = useMemo(() => {
    const helper = createColumnHelper<typeof features, Row>()
    return helper.columns(
      columns.map(({ id, header, value }) =>
        helper.accessor(value, {
          id,
          header,
          sortFn: 'alphanumeric',
          filterFn: (row, column, wanted: readonly string[]) => wanted.includes(String(row.getValue(column))),
        }),
      ),
    )
  }, [columns])
  const stable = useMemo(() => [...data], [data])
  const columnFilters = useMemo(
    () => Object.entries(facets).flatMap(([id, value]) => (value.length > 0 ? [{ id, value }] : [])),
    [facets],
  )
  const table = useTable({
    features,
    columns: defs,
    data: stable,
    getRowId: rowId,
    globalFilterFn: 'includesString' as const,
    getColumnCanGlobalFilter: () => true,
    state: { columnFilters, globalFilter: search },
  })
  const rows = table.getRowModel().rows
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 44,
    getItemKey: (index) => rows[index]!.id,
    overscan: 8,
  })

  const at = rows.findIndex((row) => row.id === active)
  const step = (by: number) => {
    const next = rows[Math.min(rows.length - 1, Math.max(0, at < 0 ? 0 : at + by))]
    if (next) onOpen(next.original)
  }
  useKey('j', () => step(1))
  useKey('k', () => step(-1))
  useKey('/', (event) => {
    event.preventDefault()
    searchBox.current?.focus()
  })
  const scrollToRow = useRef(virtual.scrollToIndex)
  scrollToRow.current = virtual.scrollToIndex
  useEffect(() => {
    if (active === null || at < 0) return
    scrollToRow.current(at, { align: 'auto' })
    // The row grows when its details open; then all of it should be in sight.
    const timer = setTimeout(() => scrollToRow.current(at, { align: 'auto' }), 60)
    return () => clearTimeout(timer)
  }, [active, at])
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }
    const by = moves[event.key]
    if (by === undefined || isTyping(event.target)) return
    event.preventDefault()
    step(by)
  }

  const template = columns.map((column) => column.track).join(' ')
  const sorting = table.state.sorting
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex flex-wrap items-center gap-2 border-line border-b px-3 py-2">
        <label className="relative min-w-40 flex-1">
          <span className="sr-only">Filter {label}</span>
          <Icon name="search" className="pointer-events-none absolute top-2 left-2.5 text-ink-3" />
          <input
            ref={searchBox}
            type="search"
            className="field w-full pl-8"
            placeholder="Filter rows"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') searchBox.current?.blur()
            }}
          />
        </label>
        {columns.map(
          ({ id, header, facet, value }) =>
            facet && (
              <FacetMenu
                key={id}
                label={header}
                values={data.map((row) => String(value(row)))}
                name={facet}
                chosen={facets[id] ?? []}
                onChange={(chosen) => setFacets({ ...facets, [id]: chosen })}
              />
            ),
        )}
        {tools}
      </div>
      <div
        ref={scroller}
        role="grid"
        aria-label={label}
        aria-rowcount={rows.length + 1}
        tabIndex={0}
        onKeyDown={onKeyDown}
        className="min-h-0 flex-1 overflow-auto outline-offset-[-2px]"
      >
        <div role="rowgroup" className="sticky top-0 z-10 min-w-fit border-line border-b bg-paper">
          <div
            role="row"
            aria-rowindex={1}
            className="grid gap-x-3 px-3"
            style={{ gridTemplateColumns: template }}
          >
            {columns.map(({ id, header, align }) => {
              const direction = sorting.find((one) => one.id === id)
              return (
                <div
                  key={id}
                  role="columnheader"
                  tabIndex={-1}
                  aria-sort={direction ? (direction.desc ? 'descending' : 'ascending') : 'none'}
                  className={align === 'right' ? 'text-right' : ''}
                >
                  <button
                    type="button"
                    className="inline-flex h-8 items-center gap-1 font-medium text-ink-3 text-xs hover:text-ink"
                    onClick={() => table.getColumn(id)?.toggleSorting()}
                  >
                    {header}
                    {direction && <Icon name={direction.desc ? 'down' : 'up'} className="size-3" />}
                  </button>
                </div>
              )
            })}
          </div>
        </div>
        {rows.length === 0 ? (
          <p className="p-8 text-center text-ink-3">
            {data.length === 0 ? empty : 'No row matches the filter.'}
          </p>
        ) : (
          <div role="rowgroup" className="relative min-w-fit" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map(({ index, start, key }) => {
              const row = rows[index]!
              const isActive = row.id === active
              return (
                <div
                  key={key}
                  data-index={index}
                  ref={virtual.measureElement}
                  role="row"
                  tabIndex={-1}
                  aria-rowindex={index + 2}
                  aria-selected={isActive}
                  data-row={row.id}
                  className={`absolute inset-x-0 top-0 cursor-pointer border-line border-b ${isActive ? 'bg-mark-soft' : 'hover:bg-sunken'}`}
                  style={{ transform: `translateY(${start}px)` }}
                  onClick={(event) => {
                    if (isItsOwn(event.target) || String(getSelection()) !== '') return
                    onOpen(row.original)
                  }}
                  onKeyDown={(event) => {
                    if (event.key === 'Enter' && !isItsOwn(event.target)) onOpen(row.original)
                  }}
                >
                  <div
                    className="grid items-start gap-x-3 px-3 py-2"
                    style={{ gridTemplateColumns: template }}
                  >
                    {columns.map(({ id, cell, align }, column) => (
                      <div
                        key={id}
                        role="gridcell"
                        tabIndex={-1}
                        className={`min-w-0 ${align === 'right' ? 'text-right tabular-nums' : ''}`}
                        style={column === 0 && depth ? { paddingLeft: depth(row.original) * 18 } : undefined}
                      >
                        {cell(row.original)}
                      </div>
                    ))}
                  </div>
                  {isActive && detail && (
                    <div role="gridcell" aria-colspan={columns.length} className="px-3 pb-3">
                      {detail(row.original)}
                    </div>
                  )}
                </div>
              )
            })}
          </div>
        )}
      </div>
      <p className="border-line border-t px-3 py-1.5 text-ink-3 text-xs tabular-nums" aria-live="polite">
        {rows.length === data.length ? `${data.length} rows` : `${rows.length} of ${data.length} rows`}
      </p>
    </div>
  )
}
