import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { Account, AccountSession } from '../../../src/contract/accounts.ts'
import {
  changePassword,
  changePerson,
  deleteAccount,
  endOtherSessions,
  endSession,
  rename,
  sendVerification,
  sessionsQuery,
} from '../../api/account.ts'
import { sessionQuery } from '../../api/queries.ts'
import { AccountNav } from '../../parts/account/account-nav.tsx'
import { Keys } from '../../parts/account/keys.tsx'
import { Field, Form } from '../../parts/form.tsx'
import { planNames } from '../../parts/plans.ts'
import { ago } from '../../parts/say.ts'
import { announce } from '../../parts/shell/announce.tsx'
import { Problem } from '../../parts/shell/problem.tsx'
import { Frame } from './frame.tsx'

export function SettingsPage() {
  const { data } = useQuery(sessionQuery)
  if (!data) return null
  if (!data.account)
    return (
      <Frame
        title="Settings"
        lead="You are here without an account: your documents are kept for a few days in this browser."
      >
        <div className="flex gap-2">
          <Link to="/sign-up" className="btn btn-primary">
            Make an account
          </Link>
          <Link to="/sign-in" className="btn">
            Sign in
          </Link>
        </div>
      </Frame>
    )
  return (
    <div className="mx-auto w-full max-w-3xl space-y-10 px-4 py-8 sm:px-6 sm:py-10">
      <div>
        <AccountNav />
        <h1 className="font-semibold font-serif text-2xl">Settings</h1>
      </div>
      <Profile account={data.account} />
      <Password />
      <Sessions />
      <Keys />
      <Copy />
      <Leave />
    </div>
  )
}

function Section({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="font-semibold text-lg">{title}</h2>
      {lead && <p className="mb-3 text-ink-2">{lead}</p>}
      <div className="card mt-3 p-5">{children}</div>
    </section>
  )
}

function Profile({ account }: { account: Account }) {
  const client = useQueryClient()
  const [name, setName] = useState(account.name)
  const saving = useMutation({
    mutationFn: () => rename(name.trim()),
    onSuccess: (changed) => {
      client.setQueryData(sessionQuery.queryKey, (old) => old && { ...old, account: changed })
      announce('Saved.')
    },
  })
  const sending = useMutation({
    mutationFn: () => sendVerification(account.email),
    onSuccess: () => announce('The letter is on its way.'),
  })
  return (
    <Section title="Profile">
      <Form submit="Save" isBusy={saving.isPending} error={saving.error} onSubmit={() => saving.mutate()}>
        <Field label="Name" autoComplete="name" maxLength={255} value={name} onValue={setName} />
        <p className="text-ink-2">
          {account.email}
          {account.email_verified ? (
            <span className="chip ml-2 bg-accent-soft text-accent">Proved</span>
          ) : (
            <button
              type="button"
              className="ml-2 text-accent underline"
              disabled={sending.isPending}
              onClick={() => sending.mutate()}
            >
              Prove this address
            </button>
          )}
          <span className="chip ml-2">Plan: {planNames[account.plan]}</span>
        </p>
      </Form>
    </Section>
  )
}

function Password() {
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const client = useQueryClient()
  const changing = useMutation({
    mutationFn: () => changePassword({ current, password }),
    onSuccess: () => {
      setCurrent('')
      setPassword('')
      client.invalidateQueries({ queryKey: sessionsQuery.queryKey })
      announce('The password is changed; every other session has ended.')
    },
  })
  return (
    <Section title="Password">
      <Form
        submit="Change the password"
        isBusy={changing.isPending}
        error={changing.error}
        onSubmit={() => changing.mutate()}
      >
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label="Current password"
            type="password"
            autoComplete="current-password"
            required
            value={current}
            onValue={setCurrent}
          />
          <Field
            label="New password"
            type="password"
            autoComplete="new-password"
            required
            minLength={8}
            maxLength={128}
            value={password}
            onValue={setPassword}
          />
        </div>
      </Form>
    </Section>
  )
}

function Sessions() {
  const client = useQueryClient()
  const { data, error } = useQuery(sessionsQuery)
  const ending = useMutation({
    mutationFn: (id: string | null) => (id === null ? endOtherSessions() : endSession(id)),
    onSuccess: () => client.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
    onError: (failure) => announce(failure.message),
  })
  return (
    <Section title="Where you are signed in">
      {error && <Problem error={error} />}
      <ul className="divide-y divide-line">
        {data?.map((session) => (
          <li key={session.id} className="flex items-center gap-3 py-2 first:pt-0">
            <span className="min-w-0 flex-1">
              {programOf(session)}
              {session.current && <span className="chip ml-2 bg-accent-soft text-accent">This one</span>}
              <span className="block text-ink-3 text-sm">
                {session.ip_address ?? 'Address unknown'}, last used {ago(session.updated_at)}
              </span>
            </span>
            {!session.current && (
              <button
                type="button"
                className="btn"
                disabled={ending.isPending}
                onClick={() => ending.mutate(session.id)}
              >
                End
              </button>
            )}
          </li>
        ))}
      </ul>
      {data && data.length > 1 && (
        <button
          type="button"
          className="btn mt-3"
          disabled={ending.isPending}
          onClick={() => ending.mutate(null)}
        >
          End all others
        </button>
      )}
    </Section>
  )
}

const programs = [
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
] as const
const systems = [
  [/Windows/, 'Windows'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Mac OS/, 'macOS'],
  [/Linux/, 'Linux'],
] as const

function programOf({ user_agent: agent }: AccountSession): string {
  if (!agent) return 'Unknown program'
  const program = programs.find(([pattern]) => pattern.test(agent))?.[1] ?? 'Another program'
  const system = systems.find(([pattern]) => pattern.test(agent))?.[1]
  return system ? `${program} on ${system}` : program
}

function Copy() {
  return (
    <Section
      title="A copy of everything"
      lead="Documents with their Markdown, analyses, proposals with their matrix and comments, and a list of all else, as a ZIP file. What belongs to a team stays with the team."
    >
      <a className="btn" href="/api/account/export" download>
        Download my data
      </a>
    </Section>
  )
}

function Leave() {
  const navigate = useNavigate()
  const [isSure, setSure] = useState(false)
  const [password, setPassword] = useState('')
  const leaving = useMutation({
    mutationFn: () => deleteAccount(password),
    onSuccess: async () => {
      await changePerson()
      announce('Your account and everything in it are deleted.')
      navigate({ to: '/' })
    },
  })
  return (
    <Section title="Delete the account">
      {!isSure ? (
        <button type="button" className="btn btn-danger" onClick={() => setSure(true)}>
          Delete my account…
        </button>
      ) : (
        <Form
          submit="Delete everything, for good"
          isBusy={leaving.isPending}
          error={leaving.error}
          onSubmit={() => leaving.mutate()}
        >
          <p>
            Every document, analysis, proposal and key of yours is deleted. Teams with other members keep
            their proposals, with the documents in them. This cannot be undone.
          </p>
          <Field
            label="Your password"
            type="password"
            autoComplete="current-password"
            value={password}
            onValue={setPassword}
          />
        </Form>
      )}
    </Section>
  )
}
