import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Tabs } from 'radix-ui'
import { sessionQuery } from '../../api/queries.ts'
import { AccountNav } from '../../parts/account/account-nav.tsx'
import type { AdminTab } from '../../parts/views.ts'
import { Audit } from './audit.tsx'
import { DeadLetters } from './dead-letters.tsx'
import { Invited } from './invited.tsx'
import { Jobs } from './jobs.tsx'
import { Server } from './server.tsx'
import { AdminTeams } from './teams.tsx'
import { Users } from './users.tsx'

const tabs: readonly (readonly [AdminTab, string])[] = [
  ['users', 'Users'],
  ['invited', 'Invited'],
  ['teams', 'Teams'],
  ['jobs', 'Jobs'],
  ['dead-letters', 'Dead letters'],
  ['server', 'Server'],
  ['audit', 'Audit log'],
]

type Props = { readonly tab: AdminTab; readonly onTab: (tab: AdminTab) => void }

/** Who and what is here, and what may be done about it. The server asks again with every request. */
export function AdminPage({ tab, onTab }: Props) {
  const { data } = useQuery(sessionQuery)
  if (!data) return null
  if (data.account?.role !== 'admin')
    return (
      <div className="m-auto p-8 text-center">
        <h1 className="font-semibold font-serif text-2xl">For administrators</h1>
        <p className="my-3 max-w-md text-ink-2">
          Your account is not one. The server’s ADMIN_EMAILS names them; an address counts once it is proved,
          in the settings.
        </p>
        <Link to="/" className="btn">
          All documents
        </Link>
      </div>
    )
  return (
    <div className="mx-auto w-full max-w-6xl px-4 py-8 sm:px-6">
      <AccountNav />
      <h1 className="font-semibold font-serif text-2xl">Administration</h1>
      <Tabs.Root value={tab} onValueChange={(next) => onTab(next as AdminTab)} /* one of the tabs above */>
        <Tabs.List
          aria-label="Administration"
          className="mt-3 mb-5 flex h-10 gap-5 overflow-x-auto overflow-y-hidden border-line border-b"
        >
          {tabs.map(([name, title]) => (
            <Tabs.Trigger key={name} value={name} className="tab">
              {title}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <Tabs.Content value="users">
          <Users />
        </Tabs.Content>
        <Tabs.Content value="invited">
          <Invited />
        </Tabs.Content>
        <Tabs.Content value="teams">
          <AdminTeams />
        </Tabs.Content>
        <Tabs.Content value="jobs">
          <Jobs />
        </Tabs.Content>
        <Tabs.Content value="dead-letters">
          <DeadLetters />
        </Tabs.Content>
        <Tabs.Content value="server">
          <Server />
        </Tabs.Content>
        <Tabs.Content value="audit">
          <Audit />
        </Tabs.Content>
      </Tabs.Root>
    </div>
  )
}
