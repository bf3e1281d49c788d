import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { type Proposal, proposalStates } from '../../src/contract/proposals.ts'
import { jobsQuery, proposalQuery, proposalsQuery, removeProposal, updateProposal } from '../api/queries.ts'
import { plural } from '../parts/say.ts'
import { announce } from '../parts/shell/announce.tsx'
import { Icon } from '../parts/shell/icons.tsx'
import { Problem } from '../parts/shell/problem.tsx'

export function ProposalPage({ id }: { id: string }) {
  const { data: proposal, error } = useQuery(proposalQuery(id))
  if (error)
    return (
      <div className="m-auto w-full p-6">
        <Problem error={error}>
          <Link to="/proposals" className="btn">
            All proposals
          </Link>
        </Problem>
      </div>
    )
  if (!proposal)
    return (
      <p className="m-auto flex items-center gap-2 text-ink-3">
        <span className="spinner" /> Opening…
      </p>
    )
  return <Opened key={id} proposal={proposal} />
}

function Opened({ proposal }: { proposal: Proposal }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [title, setTitle] = useState(proposal.title)
  const saving = useMutation({
    mutationFn: (body: object) => updateProposal(proposal.id, body),
    onSuccess: (saved) => {
      client.setQueryData(proposalQuery(proposal.id).queryKey, saved)
      client.invalidateQueries({ queryKey: proposalsQuery.queryKey, exact: true })
      announce('Saved.')
    },
  })
  const removing = useMutation({
    mutationFn: () => removeProposal(proposal.id),
    onSuccess: () => {
      client.invalidateQueries({ queryKey: proposalsQuery.queryKey, exact: true })
      navigate({ to: '/proposals' })
    },
  })
  const rename = () => {
    const next = title.trim()
    if (next !== '' && next !== proposal.title) saving.mutate({ title: next })
    else setTitle(proposal.title)
  }
  const setDocuments = (ids: readonly string[]) => saving.mutate({ conversion_ids: ids })
  const failure = saving.error ?? removing.error
  return (
    <div className="mx-auto w-full max-w-4xl px-4 py-6 sm:px-6 sm:py-10">
      <div className="flex flex-wrap items-center gap-3">
        <h1 className="min-w-60 flex-1">
          <input
            aria-label="Title"
            className="w-full rounded-md border border-transparent bg-transparent px-1 font-semibold font-serif text-2xl hover:border-line-strong"
            maxLength={255}
            value={title}
            onChange={(event) => setTitle(event.target.value)}
            onBlur={rename}
            onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
          />
        </h1>
        <select
          aria-label="Status"
          className="field"
          value={proposal.status}
          onChange={(event) => saving.mutate({ status: event.target.value })}
        >
          {proposalStates.map((state) => (
            <option key={state}>{state}</option>
          ))}
        </select>
        <button
          type="button"
          className="btn btn-danger"
          disabled={removing.isPending}
          onClick={() => removing.mutate()}
        >
          <Icon name="trash" /> Delete
        </button>
      </div>
      {failure && (
        <div className="mt-4">
          <Problem error={failure} />
        </div>
      )}
      <h2 className="mt-8 mb-3 font-semibold text-lg">Documents</h2>
      <ul className="card divide-y divide-line overflow-hidden">
        {proposal.documents.map((document) => (
          <li key={document.id} className="flex items-center gap-3 px-4 py-3">
            <Icon name="file" className="text-ink-3" />
            <Link
              to="/documents/$id"
              params={{ id: document.id }}
              className="min-w-0 flex-1 truncate font-medium hover:underline"
            >
              {document.filename}
            </Link>
            {document.pages !== null && (
              <span className="text-ink-3 text-sm">{plural(document.pages, 'page')}</span>
            )}
            <button
              type="button"
              className="btn btn-quiet btn-icon"
              aria-label={`Take ${document.filename} out of the proposal`}
              onClick={() =>
                setDocuments(proposal.documents.filter((one) => one.id !== document.id).map((one) => one.id))
              }
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
        {proposal.documents.length === 0 && (
          <li className="p-6 text-center text-ink-3">No document yet. Add one below.</li>
        )}
      </ul>
      <AddDocument
        proposal={proposal}
        onAdd={(id) => setDocuments([...proposal.documents.map((one) => one.id), id])}
      />
    </div>
  )
}

function AddDocument({ proposal, onAdd }: { proposal: Proposal; onAdd: (id: string) => void }) {
  const { data } = useQuery(jobsQuery)
  const taken = new Set(proposal.documents.map((document) => document.id))
  const free = (data?.items ?? []).flatMap(({ kind, status, conversion_id, filename }) =>
    kind === 'conversion' && status === 'completed' && conversion_id && !taken.has(conversion_id)
      ? [{ id: conversion_id, filename }]
      : [],
  )
  if (free.length === 0) return null
  return (
    <select
      className="field mt-3"
      aria-label="Add a document"
      value=""
      onChange={(event) => event.target.value && onAdd(event.target.value)}
    >
      <option value="">Add a document…</option>
      {free.map(({ id, filename }) => (
        <option key={id} value={id}>
          {filename}
        </option>
      ))}
    </select>
  )
}
