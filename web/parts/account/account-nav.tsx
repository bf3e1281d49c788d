import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { sessionQuery } from '../../api/queries.ts'

const pages = [
  ['/settings', 'Settings'],
  ['/usage', 'Usage and plan'],
  ['/teams', 'Teams'],
  ['/agents', 'Agents'],
  ['/webhooks', 'Webhooks'],
] as const
const look =
  'rounded-md px-2.5 py-1.5 font-medium text-ink-2 text-sm hover:text-ink data-[status=active]:bg-sunken data-[status=active]:text-ink'

/** The pages of an account, beside each other. */
export function AccountNav() {
  const { data } = useQuery(sessionQuery)
  return (
    <nav aria-label="Account" className="mb-6 -ml-2.5 flex flex-wrap gap-1">
      {pages.map(([to, name]) => (
        <Link key={to} to={to} className={look}>
          {name}
        </Link>
      ))}
      {data?.account?.role === 'admin' && (
        <Link to="/admin" className={look}>
          Administration
        </Link>
      )}
    </nav>
  )
}
