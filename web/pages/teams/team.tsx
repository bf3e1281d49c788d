import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Team } from '../../../src/contract/teams.ts'
import { sessionQuery } from '../../api/queries.ts'
import {
  changeMember,
  invite,
  removeMember,
  removeTeam,
  renameTeam,
  type TeamRole,
  teamQuery,
  withdrawInvitation,
} from '../../api/teams.ts'
import { NeedsAccount } from '../../parts/account/needs-account.tsx'
import { Choice } from '../../parts/choice.tsx'
import { Field, Form } from '../../parts/form.tsx'
import { announce } from '../../parts/shell/announce.tsx'
import { Icon } from '../../parts/shell/icons.tsx'
import { Problem } from '../../parts/shell/problem.tsx'
import { roleOptions, roleTexts } from './roles.ts'

export function TeamPage({ id }: { id: string }) {
  return (
    <NeedsAccount title="Team" lead="Sign in to see your team.">
      <Opened id={id} />
    </NeedsAccount>
  )
}

function Opened({ id }: { id: string }) {
  const { data: team, error } = useQuery(teamQuery(id))
  if (error)
    return (
      <div className="m-auto w-full p-6">
        <Problem error={error}>
          <Link to="/teams" className="btn">
            All teams
          </Link>
        </Problem>
      </div>
    )
  if (!team)
    return (
      <p className="m-auto flex items-center gap-2 text-ink-3">
        <span className="spinner" /> Opening…
      </p>
    )
  const isOwner = team.role === 'owner'
  return (
    <div className="mx-auto w-full max-w-3xl space-y-8 px-4 py-8 sm:px-6 sm:py-10">
      <div>
        <Link to="/teams" className="text-ink-3 text-sm hover:underline">
          Teams
        </Link>
        {isOwner ? (
          <Name key={team.name} team={team} />
        ) : (
          <h1 className="font-semibold font-serif text-2xl">{team.name}</h1>
        )}
      </div>
      <Members team={team} isOwner={isOwner} />
      {isOwner && <Invitations team={team} />}
      <Leave team={team} isOwner={isOwner} />
    </div>
  )
}

function useTeamChange<T>(work: (input: T) => Promise<unknown>, said: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: work,
    onSuccess: () => {
      client.invalidateQueries({ queryKey: ['teams'] })
      announce(said)
    },
  })
}

function Name({ team }: { team: Team }) {
  const [name, setName] = useState(team.name)
  const saving = useTeamChange((next: string) => renameTeam(team.id, next), 'Saved.')
  return (
    <>
      <h1 className="sr-only">{team.name}</h1>
      <input
        aria-label="Name of the team"
        className="-ml-1.5 block w-full rounded border border-transparent bg-transparent px-1 font-semibold font-serif text-2xl hover:border-line-strong"
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.target.value)}
        onBlur={() =>
          name.trim() && name.trim() !== team.name ? saving.mutate(name.trim()) : setName(team.name)
        }
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      />
      {saving.error && <Problem error={saving.error} />}
    </>
  )
}

function Members({ team, isOwner }: { team: Team; isOwner: boolean }) {
  const { data: session } = useQuery(sessionQuery)
  const changing = useTeamChange(
    ({ id, role }: { id: string; role: TeamRole }) => changeMember(team.id, id, role),
    'Saved.',
  )
  const removing = useTeamChange((id: string) => removeMember(team.id, id), 'The member is out of the team.')
  const failure = changing.error ?? removing.error
  return (
    <section aria-labelledby="members">
      <h2 id="members" className="mb-3 font-semibold text-lg">
        Members <span className="count">{team.members.length}</span>
      </h2>
      {failure && (
        <div className="mb-3">
          <Problem error={failure} />
        </div>
      )}
      <ul className="card divide-y divide-line overflow-hidden">
        {team.members.map(({ user_id, name, email, role }) => (
          <li key={user_id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-3">
            <span className="min-w-0 flex-1 basis-40">
              <span className="block truncate font-medium">
                {name || email}
                {user_id === session?.account?.id && (
                  <span className="chip ml-2 bg-accent-soft text-accent">You</span>
                )}
              </span>
              {name && <span className="block truncate text-ink-3 text-sm">{email}</span>}
            </span>
            <span className="hidden text-ink-3 text-sm sm:inline">{roleTexts[role].may}</span>
            {isOwner ? (
              <>
                <Choice
                  label={`Role of ${name || email}`}
                  value={role}
                  options={roleOptions}
                  onValue={(next) => changing.mutate({ id: user_id, role: next })}
                />
                <button
                  type="button"
                  className="btn btn-quiet btn-icon"
                  aria-label={`Take ${name || email} out of the team`}
                  disabled={removing.isPending || user_id === session?.account?.id}
                  onClick={() => removing.mutate(user_id)}
                >
                  <Icon name="close" />
                </button>
              </>
            ) : (
              <span className="chip">{roleTexts[role].name}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Invitations({ team }: { team: Team }) {
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<TeamRole>('editor')
  const inviting = useTeamChange(
    (body: { email: string; role: TeamRole }) => invite(team.id, body),
    'The invitation is on its way.',
  )
  const withdrawing = useTeamChange(
    (id: string) => withdrawInvitation(team.id, id),
    'The invitation is withdrawn.',
  )
  return (
    <section aria-labelledby="invitations">
      <h2 id="invitations" className="mb-3 font-semibold text-lg">
        Invite
      </h2>
      <div className="card p-5">
        {team.invitations.length > 0 && (
          <ul className="mb-5 divide-y divide-line">
            {team.invitations.map((one) => (
              <li key={one.id} className="flex items-center gap-3 py-2 first:pt-0">
                <span className="min-w-0 flex-1">
                  <span className="block truncate">{one.email}</span>
                  <span className="block text-ink-3 text-sm">
                    {roleTexts[one.role].name}, until{' '}
                    {new Date(one.expires_at).toLocaleDateString('en', { dateStyle: 'medium' })}
                  </span>
                </span>
                <button
                  type="button"
                  className="btn"
                  disabled={withdrawing.isPending}
                  onClick={() => withdrawing.mutate(one.id)}
                >
                  Withdraw
                </button>
              </li>
            ))}
          </ul>
        )}
        <Form
          submit="Send the invitation"
          isBusy={inviting.isPending}
          error={inviting.error ?? withdrawing.error}
          onSubmit={() => inviting.mutate({ email, role }, { onSuccess: () => setEmail('') })}
        >
          <div className="flex flex-wrap items-end gap-3">
            <div className="min-w-56 flex-1">
              <Field label="E-mail" type="email" required value={email} onValue={setEmail} />
            </div>
            <Choice label="Role" className="h-10" value={role} options={roleOptions} onValue={setRole} />
          </div>
          <p className="text-ink-3 text-sm">
            {roleTexts[role].name}: {roleTexts[role].may}. The link in the letter works for a week.
          </p>
        </Form>
      </div>
    </section>
  )
}

function Leave({ team, isOwner }: { team: Team; isOwner: boolean }) {
  const navigate = useNavigate()
  const client = useQueryClient()
  const { data: session } = useQuery(sessionQuery)
  const [isSure, setSure] = useState(false)
  const leaving = useMutation({
    mutationFn: async (): Promise<unknown> =>
      isOwner ? removeTeam(team.id) : removeMember(team.id, session?.account?.id ?? ''),
    onSuccess: () => {
      navigate({ to: '/teams' })
      client.invalidateQueries({ queryKey: ['teams'] })
      client.invalidateQueries({ queryKey: ['proposals'] })
      announce(isOwner ? 'The team is deleted.' : 'You have left the team.')
    },
  })
  const what = isOwner ? 'Delete the team' : 'Leave the team'
  return (
    <section aria-labelledby="leave">
      <h2 id="leave" className="mb-1 font-semibold text-lg">
        {what}
      </h2>
      {isOwner && (
        <p className="mb-3 text-ink-2">
          Its proposals are deleted with it. Documents stay with those who uploaded them.
        </p>
      )}
      {leaving.error && (
        <div className="mb-3">
          <Problem error={leaving.error} />
        </div>
      )}
      <button
        type="button"
        className="btn btn-danger"
        disabled={leaving.isPending}
        onClick={() => (isSure ? leaving.mutate() : setSure(true))}
      >
        {isSure ? `Yes, ${what.toLowerCase()} for good` : `${what}…`}
      </button>
    </section>
  )
}
