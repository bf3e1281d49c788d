/** An empty matrix, and what it can be filled from. */
import { useMutation } from '@tanstack/react-query'
import type { Proposal } from '../../../src/contract/proposals.ts'
import { amendMatrix, fillMatrix, refreshProposals } from '../../api/proposals.ts'
import { analysisOf } from '../../api/queries.ts'
import { plural } from '../say.ts'
import { announce } from '../shell/announce.tsx'
import { Icon } from '../shell/icons.tsx'
import { Problem } from '../shell/problem.tsx'

type Document = Proposal['documents'][number]

/** Analyses the document if that was not done yet, and takes its requirements over as rows. */
export function useFilling(proposalId: string) {
  return useMutation({
    mutationFn: async ({ id, analysis_id }: Pick<Document, 'id' | 'analysis_id'>) =>
      fillMatrix(proposalId, (await analysisOf({ id, analysis_id })).id),
    onSuccess: ({ added, total }) => {
      refreshProposals()
      announce(
        added === 0
          ? `Every requirement is a row already: ${plural(total, 'row')}.`
          : `${plural(added, 'requirement')} added.`,
      )
    },
  })
}

/** Analyses a newer version of the solicitation if that was not done yet, and brings the rows up to it. */
export function useAmending(proposalId: string) {
  return useMutation({
    mutationFn: async ({ id, analysis_id }: Pick<Document, 'id' | 'analysis_id'>) =>
      amendMatrix(proposalId, (await analysisOf({ id, analysis_id })).id),
    onSuccess: ({ changed, added, removed }) => {
      refreshProposals()
      announce(
        changed + added + removed === 0
          ? 'Nothing in it changes a row.'
          : `${plural(changed, 'row')} changed, ${added} added, ${removed} no longer asked for.`,
      )
    },
    onError: (error) => announce(error.message),
  })
}

export function FillMatrix({ proposal, onDocuments }: { proposal: Proposal; onDocuments: () => void }) {
  const filling = useFilling(proposal.id)
  const usable = proposal.documents.filter(({ role, status }) => role !== 'draft' && status === 'completed')
  return (
    <div className="m-auto w-full max-w-lg p-6 text-center">
      <Icon name="table" className="mx-auto size-8 text-ink-3" />
      <h2 className="mt-3 font-semibold font-serif text-xl">The matrix is empty</h2>
      <p className="mt-1 text-ink-2">
        {usable.length === 0
          ? 'Put the solicitation into the proposal; its requirements become the rows.'
          : 'Every requirement of a document becomes a row with an owner, a status and a place in your response.'}
      </p>
      <div className="mt-5 flex flex-col items-center gap-2">
        {usable.map((document) => (
          <button
            key={document.id}
            type="button"
            className="btn btn-primary max-w-full"
            disabled={filling.isPending}
            onClick={() => filling.mutate(document)}
          >
            {filling.isPending && filling.variables.id === document.id && <span className="spinner" />}
            <span className="truncate">
              {document.analysis_id ? 'Fill it from' : 'Analyse and fill it from'} {document.filename}
            </span>
          </button>
        ))}
        <button
          type="button"
          className={usable.length === 0 ? 'btn btn-primary' : 'btn btn-quiet'}
          onClick={onDocuments}
        >
          {usable.length === 0 ? 'Add a document' : 'Documents of the proposal'}
        </button>
      </div>
      {filling.error && (
        <div className="mt-4 text-left">
          <Problem error={filling.error} />
        </div>
      )}
    </div>
  )
}
