import { useQuery } from '@tanstack/react-query'
import { rowStateNames } from '../../src/contract/proposals.ts'
import { sharedQuery } from '../api/proposals.ts'
import { obligationLook } from '../parts/analysis/words.ts'
import { rowStateLooks, stateNames } from '../parts/proposal/states.ts'
import { plural } from '../parts/say.ts'
import { Problem } from '../parts/shell/problem.tsx'
import { TableScroll } from '../parts/table-scroll.tsx'
import { dueText } from '../parts/when.ts'

/** What a link shows: the matrix, to read. */
export function SharedPage({ token }: { token: string }) {
  const { data, error } = useQuery(sharedQuery(token))
  if (error)
    return (
      <div className="m-auto w-full p-6">
        <Problem error={error} />
      </div>
    )
  if (!data)
    return (
      <p className="m-auto flex items-center gap-2 text-ink-3">
        <span className="spinner" /> Opening…
      </p>
    )
  const { title, client, due, status, rows } = data
  return (
    <div className="mx-auto w-full max-w-5xl px-4 py-8 sm:px-6">
      <p className="eyebrow">Shared with you</p>
      <h1 className="font-semibold font-serif text-2xl">{title}</h1>
      <p className="mb-5 text-ink-2">
        {[client, due && `Due ${dueText(due)}`, stateNames[status], plural(rows.length, 'requirement')]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {rows.length === 0 ? (
        <p className="card p-8 text-center text-ink-3">The matrix is empty.</p>
      ) : (
        <div className="card overflow-hidden [&_section]:overflow-x-auto">
          <TableScroll className="list-table min-w-[40rem]">
            <thead>
              <tr>
                <th scope="col">Reference</th>
                <th scope="col">Requirement</th>
                <th scope="col">Binding</th>
                <th scope="col">Status</th>
                <th scope="col">Where it is answered</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the rows of one answer never change
                <tr key={index}>
                  <td className="font-mono text-xs">
                    {row.rfp_reference || '–'}
                    {row.page !== null && <span className="block text-ink-3">p. {row.page}</span>}
                  </td>
                  <td>{row.requirement_text}</td>
                  <td>
                    <span
                      className={`chip ${obligationLook[row.obligation as keyof typeof obligationLook] ?? ''}`}
                    >
                      {row.obligation}
                    </span>
                  </td>
                  <td>
                    <span className={`chip ${rowStateLooks[row.status]}`}>{rowStateNames[row.status]}</span>
                  </td>
                  <td>{row.response_location || <span className="text-ink-3">–</span>}</td>
                </tr>
              ))}
            </tbody>
          </TableScroll>
        </div>
      )}
    </div>
  )
}
