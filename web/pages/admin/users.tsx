import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import type { AdminUser } from '../../../src/contract/admin.ts'
import { changeUser, usersQuery } from '../../api/admin.ts'
import { queryClient, sessionQuery } from '../../api/queries.ts'
import { Choice, optionsOf } from '../../parts/choice.tsx'
import { planNames } from '../../parts/plans.ts'
import { Rows } from '../../parts/rows.tsx'
import { ago, bytes } from '../../parts/say.ts'
import { announce } from '../../parts/shell/announce.tsx'
import { Icon } from '../../parts/shell/icons.tsx'

export function Users() {
  const [search, setSearch] = useState('')
  const asked = useDeferredValue(search.trim())
  const list = useInfiniteQuery(usersQuery(asked))
  const users = list.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <>
      <label className="relative mb-3 block max-w-sm">
        <span className="sr-only">Find a user</span>
        <Icon name="search" className="pointer-events-none absolute top-2 left-2.5 text-ink-3" />
        <input
          type="search"
          className="field w-full pl-8"
          placeholder="Address or name"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </label>
      <Rows
        label="Users"
        heads={['User', 'Plan', 'Role', 'Documents', 'Pages this month', 'Last here', '']}
        source={list}
        empty={asked === '' ? 'Nobody has an account yet.' : 'Nobody is called so.'}
      >
        {users.map((user) => (
          <Row key={user.id} user={user} />
        ))}
      </Rows>
    </>
  )
}

function Row({ user }: { user: AdminUser }) {
  const { data: session } = useQuery(sessionQuery)
  const isMe = session?.account?.id === user.id
  const changing = useMutation({
    mutationFn: (change: Parameters<typeof changeUser>[1]) => changeUser(user.id, change),
    onSuccess: () => {
      queryClient.invalidateQueries({ queryKey: ['admin'] })
      announce('Saved.')
    },
    onError: (error) => announce(error.message),
  })
  return (
    <tr className={user.revoked ? 'text-ink-3' : ''}>
      <td>
        <span className="font-medium">{user.email}</span>
        {user.revoked && <span className="chip ml-2 bg-danger-soft text-danger">Revoked</span>}
        {isMe && <span className="chip ml-2 bg-accent-soft text-accent">You</span>}
        {user.name && <span className="block text-ink-3 text-sm">{user.name}</span>}
      </td>
      <td>
        <Choice
          label={`Plan of ${user.email}`}
          value={user.plan}
          options={optionsOf(planNames)}
          disabled={changing.isPending}
          onValue={(plan) => changing.mutate({ plan })}
        />
        {user.effective_plan !== user.plan && (
          <span className="block text-ink-3 text-sm">counts as {planNames[user.effective_plan]}</span>
        )}
      </td>
      <td>
        <Choice
          label={`Role of ${user.email}`}
          value={user.role}
          options={[
            ['user', 'User'],
            ['admin', 'Administrator'],
          ]}
          disabled={changing.isPending || isMe}
          onValue={(role) => changing.mutate({ role })}
        />
      </td>
      <td className="tabular-nums">
        {user.documents}
        <span className="block text-ink-3 text-sm">{bytes(user.stored_bytes)}</span>
      </td>
      <td className="tabular-nums">{user.pages_this_month.toLocaleString('en-US')}</td>
      <td className="whitespace-nowrap">{user.last_login_at ? ago(user.last_login_at) : 'never'}</td>
      <td className="text-right">
        <button
          type="button"
          className={`btn ${user.revoked ? '' : 'btn-danger'}`}
          disabled={changing.isPending || isMe}
          aria-label={`${user.revoked ? 'Restore' : 'Revoke'} ${user.email}`}
          onClick={() => changing.mutate({ revoked: !user.revoked })}
        >
          {user.revoked ? 'Restore' : 'Revoke'}
        </button>
      </td>
    </tr>
  )
}
