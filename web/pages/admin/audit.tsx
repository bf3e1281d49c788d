import { useInfiniteQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { auditQuery } from '../../api/admin.ts'
import { Rows } from '../../parts/rows.tsx'

/** What administrators and the system did. */
export function Audit() {
  const [action, setAction] = useState('')
  const asked = useDeferredValue(action.trim())
  const list = useInfiniteQuery(auditQuery(asked))
  const entries = list.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <>
      <input
        type="search"
        aria-label="Only this action"
        className="field mb-3 w-full max-w-sm"
        placeholder="Only this action, for example user.revoked"
        value={action}
        onChange={(event) => setAction(event.target.value)}
      />
      <Rows
        label="Audit log"
        heads={['When', 'Who', 'What', 'To what', 'Detail']}
        source={list}
        empty="Nothing is written down so far."
      >
        {entries.map((entry) => (
          <tr key={entry.id}>
            <td className="whitespace-nowrap tabular-nums">{entry.at.slice(0, 19).replace('T', ' ')}</td>
            <td>{entry.actor.email ?? entry.actor.kind}</td>
            <td className="font-mono text-sm">{entry.action}</td>
            <td>
              {entry.target.type}
              <span className="block font-mono text-ink-3 text-xs">{entry.target.id}</span>
            </td>
            <td className="max-w-80 break-words font-mono text-xs">
              {Object.keys(entry.detail).length > 0 ? JSON.stringify(entry.detail) : '–'}
            </td>
          </tr>
        ))}
      </Rows>
    </>
  )
}
