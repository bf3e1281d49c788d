import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { createProposal, proposalsQuery } from '../api/queries.ts'
import { ago, plural } from '../parts/say.ts'
import { Icon } from '../parts/shell/icons.tsx'
import { Problem } from '../parts/shell/problem.tsx'

export function ProposalsPage() {
  const { data, error } = useQuery(proposalsQuery)
  return (
    <div className="mx-auto w-full max-w-4xl px-4 py-6 sm:px-6 sm:py-10">
      <h1 className="font-semibold font-serif text-2xl">Proposals</h1>
      <p className="mt-1 text-ink-2">
        A proposal holds the solicitation, its amendments and what you write for it.
      </p>
      <NewProposal />
      {error && <Problem error={error} />}
      {data && data.items.length > 0 && (
        <ul className="card divide-y divide-line overflow-hidden">
          {data.items.map((proposal) => (
            <li key={proposal.id} className="flex items-center gap-3 px-4 py-3">
              <Icon name="folder" className="text-ink-3" />
              <Link
                to="/proposals/$id"
                params={{ id: proposal.id }}
                className="min-w-0 flex-1 truncate font-medium hover:underline"
              >
                {proposal.title}
              </Link>
              <span className="hidden text-ink-3 text-sm sm:inline">
                {plural(proposal.documents.length, 'document')}
              </span>
              <span className="chip">{proposal.status}</span>
              <span className="hidden w-24 text-right text-ink-3 text-sm sm:inline">
                {ago(proposal.updated_at)}
              </span>
            </li>
          ))}
        </ul>
      )}
      {data?.items.length === 0 && (
        <p className="card p-8 text-center text-ink-3">No proposal yet. Name one above.</p>
      )}
    </div>
  )
}

function NewProposal() {
  const [title, setTitle] = useState('')
  const client = useQueryClient()
  const navigate = useNavigate()
  const creating = useMutation({
    mutationFn: createProposal,
    onSuccess: (proposal) => {
      client.invalidateQueries({ queryKey: proposalsQuery.queryKey })
      navigate({ to: '/proposals/$id', params: { id: proposal.id } })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (title.trim() !== '') creating.mutate(title.trim())
  }
  return (
    <>
      <form className="my-5 flex gap-2" onSubmit={submit}>
        <label className="flex-1">
          <span className="sr-only">Title of a new proposal</span>
          <input
            className="field h-9 w-full"
            placeholder="Title of a new proposal"
            maxLength={255}
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
        </label>
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
