/** Who may be given the work on a proposal. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { sessionQuery } from '../../api/queries.ts'
import { teamQuery } from '../../api/teams.ts'

type Person = { readonly id: string; readonly name: string }
export type People = {
  readonly me: string | null
  readonly all: readonly Person[]
  /** A viewer of the team reads. */
  readonly mayEdit: boolean
  name(id: string): string
}

export function usePeople(teamId: string | null): People {
  const { data: session } = useQuery(sessionQuery)
  const { data: team } = useQuery({
    ...teamQuery(teamId ?? ''),
    enabled: teamId !== null && session?.kind === 'user',
  })
  return useMemo(() => {
    const account = session?.account
    const own = account ? [{ id: account.id, name: account.name || account.email }] : []
    const all = team
      ? team.members.map(({ user_id, name, email }) => ({ id: user_id, name: name || email }))
      : own
    return {
      me: account?.id ?? null,
      all,
      mayEdit: team?.role !== 'viewer',
      name: (id) => all.find((person) => person.id === id)?.name ?? 'Somebody',
    }
  }, [session, team])
}
