// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
import type { ReactNode } from 'react'
import { Problem } from './shell/problem.tsx'

/** What the rows of an infinite query need to be shown. */
type Source = {
  readonly error: unknown
  readonly isPending: boolean
  readonly hasNextPage: boolean
  readonly isFetchingNextPage: boolean
  fetchNextPage(): unknown
  refetch(): unknown
}

type Props = {
  readonly label: string
  readonly heads: readonly string[]
  readonly source: Source
  readonly empty: string
  /** The rows, as `tr`. */
  readonly children: readonly ReactNode[]
}

/** A plain table of a list that comes page by page. */
export function Rows({ label, heads, source, empty, children }: Props) {
  if (source.error)
    return (
      <Problem error={source.error}>
        <button type="button" className="btn" onClick={() => source.refetch()}>
          Try again
        </button>
      </Problem>
    )
  if (source.isPending)
    return (
      <p className="flex items-center justify-center gap-2 p-8 text-ink-3">
        <span className="spinner" /> Opening…
      </p>
    )
  if (children.length === 0) return <p className="card p-8 text-center text-ink-3">{empty}</p>
  return (
    <>
      <section aria-label={label} tabIndex={0} className="card overflow-x-auto">
        <table className="list-table">
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head === '' ? <span className="sr-only">Actions</span> : head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      </section>
      {source.hasNextPage && (
        <button
          type="button"
          className="btn mx-auto mt-4 flex"
          disabled={source.isFetchingNextPage}
          onClick={() => source.fetchNextPage()}
        >
          Show more
        </button>
      )}
    </>
  )
}
