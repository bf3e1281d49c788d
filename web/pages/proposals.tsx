import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useMemo, useRef, useState } from 'react'
import type { Proposal } from '../../src/contract/proposals.ts'
import {
  createProposal,
  type ProposalState,
  proposalsQuery,
  refreshProposals,
  removeProposal,
  restoreProposal,
} from '../api/proposals.ts'
import { sessionQuery } from '../api/queries.ts'
import { teamsQuery } from '../api/teams.ts'
import { Choice, optionsOf } from '../parts/choice.tsx'
import { useKey } from '../parts/keys.ts'
import { stateLooks, stateNames } from '../parts/proposal/states.ts'
import { ago, plural } from '../parts/say.ts'
import { announce } from '../parts/shell/announce.tsx'
import { Icon } from '../parts/shell/icons.tsx'
import { Problem } from '../parts/shell/problem.tsx'
import { dueIn, dueText } from '../parts/when.ts'

type Order = 'newest' | 'due' | 'title'

const orders: Record<Order, (one: Proposal, other: Proposal) => number> = {
  newest: (one, other) => other.created_at.localeCompare(one.created_at),
  due: (one, other) => (one.due?.at ?? '9').localeCompare(other.due?.at ?? '9'),
  title: (one, other) => one.title.localeCompare(other.title),
}

export function ProposalsPage() {
  const [status, setStatus] = useState<ProposalState | ''>('')
  const [team, setTeam] = useState('')
  const [search, setSearch] = useState('')
  const [order, setOrder] = useState<Order>('newest')
  const [isTrash, setTrash] = useState(false)
  const box = useRef<HTMLInputElement>(null)
  useKey('/', (event) => {
    event.preventDefault()
    box.current?.focus()
  })
  const teams = useTeams()
  const list = useInfiniteQuery(
    proposalsQuery({
      ...(status ? { status } : {}),
      ...(team ? { team } : {}),
      ...(isTrash ? { trash: true } : {}),
    }),
  )
  const all = useMemo(() => list.data?.pages.flatMap(({ items }) => items) ?? [], [list.data])
  const shown = useMemo(() => {
    const wanted = search.trim().toLowerCase()
    return all
      .filter(({ title, client }) => `${title} ${client}`.toLowerCase().includes(wanted))
      .toSorted(orders[order])
  }, [all, search, order])
  const isFiltered = status !== '' || team !== '' || search !== ''
  const isEmpty = list.data !== undefined && all.length === 0 && !isFiltered && !isTrash

  return (
    <div className="mx-auto w-full max-w-5xl px-4 py-6 sm:px-6 sm:py-10">
      <h1 className="font-semibold font-serif text-2xl">{isTrash ? 'Trash' : 'Proposals'}</h1>
      <p className="mt-1 text-ink-2">
        {isTrash
          ? 'What lies here is deleted for good after 30 days. Documents are kept.'
          : 'A proposal holds the solicitation, its amendments, the compliance matrix and what you write for it.'}
      </p>
      {!isTrash && <NewProposal teams={teams} />}
      <div className={`mb-3 flex flex-wrap items-center gap-2 ${isTrash ? 'mt-5' : ''}`}>
        {!isEmpty && (
          <>
            <label className="relative min-w-40 flex-1">
              <span className="sr-only">Filter proposals</span>
              <Icon name="search" className="pointer-events-none absolute top-2 left-2.5 text-ink-3" />
              <input
                ref={box}
                type="search"
                className="field w-full pl-8"
                placeholder="Filter by title or client"
                value={search}
                onChange={(event) => setSearch(event.target.value)}
              />
            </label>
            <Choice
              label="Only with the status"
              value={status}
              options={[['', 'Any status'], ...optionsOf(stateNames)]}
              onValue={setStatus}
            />
            {teams.length > 0 && (
              <Choice
                label="Only of the team"
                value={team}
                options={[['', 'Yours and your teams’'], ...teams]}
                onValue={setTeam}
              />
            )}
            <Choice
              label="Order"
              value={order}
              options={[
                ['newest', 'Newest first'],
                ['due', 'Due first'],
                ['title', 'By title'],
              ]}
              onValue={setOrder}
            />
          </>
        )}
        <button
          type="button"
          className="btn btn-quiet ml-auto"
          aria-pressed={isTrash}
          onClick={() => setTrash(!isTrash)}
        >
          <Icon name={isTrash ? 'folder' : 'trash'} /> {isTrash ? 'Back to the proposals' : 'Trash'}
        </button>
      </div>
      {list.error && (
        <Problem error={list.error}>
          <button type="button" className="btn" onClick={() => list.refetch()}>
            Try again
          </button>
        </Problem>
      )}
      {list.isPending && (
        <p className="flex items-center justify-center gap-2 p-8 text-ink-3">
          <span className="spinner" /> Opening…
        </p>
      )}
      {shown.length > 0 && (
        <ul className="card divide-y divide-line overflow-hidden">
          {shown.map((proposal) =>
            isTrash ? (
              <TrashRow key={proposal.id} proposal={proposal} />
            ) : (
              <Row key={proposal.id} proposal={proposal} team={nameIn(teams, proposal.team_id)} />
            ),
          )}
        </ul>
      )}
      {list.data && shown.length === 0 && (
        <p className="card p-8 text-center text-ink-3">
          {isFiltered
            ? 'No proposal matches the filter.'
            : isTrash
              ? 'The trash is empty.'
              : 'No proposal yet. Name one above, or analyse a solicitation and start from there.'}
        </p>
      )}
      {list.hasNextPage && (
        <button
          type="button"
          className="btn mx-auto mt-4 flex"
          disabled={list.isFetchingNextPage}
          onClick={() => list.fetchNextPage()}
        >
          Show more
        </button>
      )}
    </div>
  )
}

type Named = readonly (readonly [string, string])[]
const nameIn = (teams: Named, id: string | null) => teams.find(([one]) => one === id)?.[1]

/** Teams of the one who sits here, as options; none for visitors. */
function useTeams(): Named {
  const { data: session } = useQuery(sessionQuery)
  const { data } = useQuery({ ...teamsQuery, enabled: session?.kind === 'user' })
  return useMemo(() => (data ?? []).map(({ id, name }) => [id, name] as const), [data])
}

function Row({ proposal, team }: { proposal: Proposal; team: string | undefined }) {
  const { id, title, client, due, status, documents, updated_at } = proposal
  const left = due && dueIn(due)
  const isOpen = !['submitted', 'won', 'lost', 'archived'].includes(status)
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3">
      <div className="min-w-0 flex-1 basis-56">
        <Link
          to="/proposals/$id"
          params={{ id }}
          className="block truncate font-medium hover:underline"
          title={title}
        >
          {title}
        </Link>
        <p className="truncate text-ink-3 text-sm">
          {[client, team, plural(documents.length, 'document')].filter(Boolean).join(' · ')}
        </p>
      </div>
      {due && left && (
        <span className="text-sm tabular-nums" title={dueText(due)}>
          <span className="text-ink-3">Due </span>
          {dueText(due).split(', ').slice(0, 3).join(', ')}
          {isOpen && (
            <span
              className={`chip ml-2 ${left.days < 0 ? 'bg-danger-soft text-danger' : left.days < 8 ? 'bg-caution-soft text-caution' : ''}`}
            >
              {left.text}
            </span>
          )}
        </span>
      )}
      <span className={`chip ${stateLooks[status]}`}>{stateNames[status]}</span>
      <span className="hidden w-24 text-right text-ink-3 text-sm md:inline">{ago(updated_at)}</span>
    </li>
  )
}

function TrashRow({ proposal: { id, title, trashed_at } }: { proposal: Proposal }) {
  const [isSure, setSure] = useState(false)
  const acting = useMutation({
    mutationFn: async (action: 'restore' | 'delete') => {
      if (action === 'restore') await restoreProposal(id)
      else await removeProposal(id, true)
      announce(action === 'restore' ? `${title} is back.` : `${title} is deleted for good.`)
    },
    onSuccess: refreshProposals,
    onError: (error) => announce(error.message),
  })
  return (
    <li className="flex flex-wrap items-center gap-2 px-4 py-3">
      <span className="min-w-0 flex-1 basis-48 truncate font-medium">{title}</span>
      <span className="text-ink-3 text-sm">thrown away {ago(trashed_at ?? '')}</span>
      <button
        type="button"
        className="btn"
        disabled={acting.isPending}
        onClick={() => acting.mutate('restore')}
      >
        <Icon name="retry" /> Restore
      </button>
      <button
        type="button"
        className="btn btn-danger"
        disabled={acting.isPending}
        onClick={() => (isSure ? acting.mutate('delete') : setSure(true))}
      >
        {isSure ? 'Yes, delete for good' : 'Delete…'}
      </button>
    </li>
  )
}

function NewProposal({ teams }: { teams: Named }) {
  const [title, setTitle] = useState('')
  const [team, setTeam] = useState('')
  const navigate = useNavigate()
  const creating = useMutation({
    mutationFn: () => createProposal({ title: title.trim(), team_id: team || null }),
    onSuccess: ({ id }) => {
      refreshProposals()
      navigate({ to: '/proposals/$id', params: { id } })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (title.trim() !== '') creating.mutate()
  }
  return (
    <>
      <form className="my-5 flex flex-wrap gap-2" onSubmit={submit}>
        <label className="min-w-48 flex-1">
          <span className="sr-only">Title of a new proposal</span>
          <input
            className="field h-9 w-full"
            placeholder="Title of a new proposal"
            maxLength={255}
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
        </label>
        {teams.length > 0 && (
          <Choice
            label="Whose it is"
            className="h-9"
            value={team}
            options={[['', 'Yours alone'], ...teams]}
            onValue={setTeam}
          />
        )}
        <button
          type="submit"
          className="btn btn-primary h-9"
          disabled={title.trim() === '' || creating.isPending}
        >
          <Icon name="plus" /> Create
        </button>
      </form>
      {creating.error && (
        <div className="mb-5">
          <Problem error={creating.error} />
        </div>
      )}
    </>
  )
}
