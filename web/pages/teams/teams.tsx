import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { createTeam, teamsQuery } from '../../api/teams.ts'
import { AccountNav } from '../../parts/account/account-nav.tsx'
import { NeedsAccount } from '../../parts/account/needs-account.tsx'
import { Field, Form } from '../../parts/form.tsx'
import { Icon } from '../../parts/shell/icons.tsx'
import { Problem } from '../../parts/shell/problem.tsx'
import { roleTexts } from './roles.ts'

export function TeamsPage() {
  return (
    <NeedsAccount title="Teams" lead="A team owns proposals together. That needs an account.">
      <Teams />
    </NeedsAccount>
  )
}

function Teams() {
  const { data, error } = useQuery(teamsQuery)
  return (
    <div className="mx-auto w-full max-w-3xl px-4 py-8 sm:px-6 sm:py-10">
      <AccountNav />
      <h1 className="font-semibold font-serif text-2xl">Teams</h1>
      <p className="mt-1 mb-5 text-ink-2">People who own proposals together.</p>
      {error && <Problem error={error} />}
      {data && data.length > 0 && (
        <ul className="card mb-6 divide-y divide-line overflow-hidden">
          {data.map((team) => (
            <li key={team.id} className="flex items-center gap-3 px-4 py-3">
              <Icon name="people" className="text-ink-3" />
              <Link
                to="/teams/$id"
                params={{ id: team.id }}
                className="min-w-0 flex-1 truncate font-medium hover:underline"
              >
                {team.name}
              </Link>
              <span className="chip">{roleTexts[team.role].name}</span>
            </li>
          ))}
        </ul>
      )}
      <NewTeam />
    </div>
  )
}

function NewTeam() {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const making = useMutation({
    mutationFn: () => createTeam(name.trim()),
    onSuccess: ({ id }) => {
      client.invalidateQueries({ queryKey: teamsQuery.queryKey })
      navigate({ to: '/teams/$id', params: { id } })
    },
  })
  return (
    <section aria-labelledby="new-team" className="card p-5">
      <h2 id="new-team" className="mb-3 font-semibold">
        Make a team
      </h2>
      <Form
        submit="Make the team"
        isBusy={making.isPending}
        error={making.error}
        onSubmit={() => making.mutate()}
      >
        <Field label="Name of the team" required maxLength={100} value={name} onValue={setName} />
      </Form>
    </section>
  )
}
