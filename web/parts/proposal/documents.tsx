/** The documents of a proposal in their roles. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { documentRoles, type Proposal } from '../../../src/contract/proposals.ts'
import { type DocumentRole, proposalQuery, putDocument, takeDocument } from '../../api/proposals.ts'
import { jobsQuery, queryClient } from '../../api/queries.ts'
import { Choice, optionsOf } from '../choice.tsx'
import { plural } from '../say.ts'
import { announce } from '../shell/announce.tsx'
import { pickFiles } from '../shell/drop.tsx'
import { Icon } from '../shell/icons.tsx'
import { Problem } from '../shell/problem.tsx'
import { useFilling } from './fill.tsx'
import { usePeople } from './people.ts'
import { roleNames } from './states.ts'

type Document = Proposal['documents'][number]
type Props = { readonly proposal: Proposal; readonly onMatrix: () => void }

function useDocuments(id: string) {
  const onSuccess = (saved: Proposal) => {
    queryClient.setQueryData(proposalQuery(id).queryKey, saved)
    queryClient.invalidateQueries({ queryKey: ['proposals', 'list'] })
    queryClient.invalidateQueries({ queryKey: ['proposals', 'activity', id] })
  }
  const putting = useMutation({
    mutationFn: ({ document, role }: { document: string; role: DocumentRole }) =>
      putDocument(id, document, role),
    onSuccess,
  })
  const taking = useMutation({ mutationFn: (document: string) => takeDocument(id, document), onSuccess })
  return { putting, taking }
}

export function Documents({ proposal, onMatrix }: Props) {
  const { putting, taking } = useDocuments(proposal.id)
  const filling = useFilling(proposal.id)
  const { mayEdit } = usePeople(proposal.team_id)
  const documents = proposal.documents.toSorted(
    (one, other) => documentRoles.indexOf(one.role) - documentRoles.indexOf(other.role),
  )
  const failure = putting.error ?? taking.error ?? filling.error
  return (
    <div className="mx-auto w-full max-w-4xl px-4 py-6 sm:px-6">
      {failure && (
        <div className="mb-4">
          <Problem error={failure} />
        </div>
      )}
      {documents.length > 0 && (
        <ul className="card mb-5 divide-y divide-line overflow-hidden">
          {documents.map((document) => (
            <Row
              key={document.id}
              document={document}
              isFixed={!mayEdit}
              isFilling={filling.isPending && filling.variables.id === document.id}
              onRole={(role) => putting.mutate({ document: document.id, role })}
              onRemove={() => taking.mutate(document.id)}
              onFill={() => filling.mutate(document, { onSuccess: onMatrix })}
            />
          ))}
        </ul>
      )}
      {mayEdit && (
        <AddDocument
          proposal={proposal}
          isBusy={putting.isPending}
          onAdd={(document, role) =>
            putting.mutate({ document, role }, { onSuccess: () => announce('The document is in.') })
          }
        />
      )}
    </div>
  )
}

type RowProps = {
  readonly document: Document
  readonly isFixed: boolean
  readonly isFilling: boolean
  readonly onRole: (role: DocumentRole) => void
  readonly onRemove: () => void
  readonly onFill: () => void
}

function Row({ document, isFixed, isFilling, onRole, onRemove, onFill }: RowProps) {
  const { id, filename, pages, role, status, analysis_id } = document
  const facts = [
    document.format?.toUpperCase(),
    pages !== null && plural(pages, 'page'),
    analysis_id ? 'analysed' : status === 'completed' ? 'not analysed' : status,
  ]
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
      <Icon name="file" className="text-ink-3" />
      <div className="min-w-0 flex-1 basis-48">
        <Link
          to="/documents/$id"
          params={{ id }}
          search={analysis_id ? { view: 'requirements' } : {}}
          className="block truncate font-medium hover:underline"
        >
          {filename}
        </Link>
        <p className="text-ink-3 text-sm">{facts.filter(Boolean).join(' · ')}</p>
      </div>
      <Choice
        label={`Role of ${filename}`}
        disabled={isFixed}
        value={role}
        options={optionsOf(roleNames)}
        onValue={onRole}
      />
      {!isFixed && role !== 'draft' && status === 'completed' && (
        <button type="button" className="btn" disabled={isFilling} onClick={onFill}>
          {isFilling ? <span className="spinner" /> : <Icon name="table" />} Into the matrix
        </button>
      )}
      {!isFixed && (
        <button
          type="button"
          className="btn btn-quiet btn-icon"
          aria-label={`Take ${filename} out of the proposal`}
          title="Take it out"
          onClick={onRemove}
        >
          <Icon name="close" />
        </button>
      )}
    </li>
  )
}

type AddProps = {
  readonly proposal: Proposal
  readonly isBusy: boolean
  readonly onAdd: (id: string, role: DocumentRole) => void
}

function AddDocument({ proposal, isBusy, onAdd }: AddProps) {
  const { data, isPending } = useQuery(jobsQuery)
  const taken = new Set(proposal.documents.map((document) => document.id))
  const free = (data?.items ?? []).flatMap(({ kind, status, conversion_id, filename }) =>
    kind === 'conversion' && status === 'completed' && conversion_id && !taken.has(conversion_id)
      ? [[conversion_id, filename] as const]
      : [],
  )
  const [chosen, setChosen] = useState('')
  const [role, setRole] = useState<DocumentRole>(taken.size === 0 ? 'base' : 'amendment')
  const id = free.some(([one]) => one === chosen) ? chosen : (free[0]?.[0] ?? '')
  return (
    <section aria-labelledby="add-document" className="card p-5">
      <h2 id="add-document" className="font-semibold">
        {taken.size === 0 ? 'Put the solicitation in' : 'Add a document'}
      </h2>
      {free.length > 0 ? (
        <>
          <p className="mb-3 text-ink-2">Choose one that is converted, and what it is to this proposal.</p>
          <div className="flex flex-wrap gap-2">
            <Choice
              label="Add a document"
              className="min-w-48 flex-1"
              value={id}
              options={free}
              onValue={setChosen}
            />
            <Choice label="As" value={role} options={optionsOf(roleNames)} onValue={setRole} />
            <button
              type="button"
              className="btn btn-primary"
              disabled={isBusy}
              onClick={() => onAdd(id, role)}
            >
              <Icon name="plus" /> Add
            </button>
          </div>
        </>
      ) : (
        !isPending && (
          <>
            <p className="mb-3 text-ink-2">
              Every document you have converted is in. Upload another one first.
            </p>
            <button type="button" className="btn" onClick={pickFiles}>
              <Icon name="upload" /> Choose files
            </button>
          </>
        )
      )}
    </section>
  )
}
