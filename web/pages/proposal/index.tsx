import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Tabs } from 'radix-ui'
import { useEffect } from 'react'
import type { Proposal } from '../../../src/contract/proposals.ts'
import { matrixQuery, proposalQuery } from '../../api/proposals.ts'
import { Activity } from '../../parts/proposal/activity.tsx'
import { Documents } from '../../parts/proposal/documents.tsx'
import { ProposalHeader } from '../../parts/proposal/header.tsx'
import { Matrix } from '../../parts/proposal/matrix.tsx'
import { Sharing } from '../../parts/proposal/sharing.tsx'
import { Problem } from '../../parts/shell/problem.tsx'
import type { ProposalTab } from '../../parts/views.ts'

type Props = {
  readonly id: string
  readonly tab: ProposalTab | null
  readonly onTab: (tab: ProposalTab) => void
}

export function ProposalPage({ id, tab, onTab }: Props) {
  const { data: proposal, error } = useQuery(proposalQuery(id))
  useEffect(() => {
    if (proposal) document.title = `${proposal.title} · mdraft`
    return () => {
      document.title = 'mdraft'
    }
  }, [proposal])
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
  return <Opened proposal={proposal} tab={tab} onTab={onTab} />
}

function Opened({ proposal, tab: asked, onTab }: Omit<Props, 'id'> & { proposal: Proposal }) {
  const { data: rows } = useQuery(matrixQuery(proposal.id))
  // Without a document there is nothing to make a matrix of.
  const tab = asked ?? (proposal.documents.length === 0 ? 'documents' : 'matrix')
  const tabs: readonly (readonly [ProposalTab, string, number | null])[] = [
    ['matrix', 'Matrix', rows?.length ?? null],
    ['documents', 'Documents', proposal.documents.length],
    ['activity', 'Activity', null],
    ['sharing', 'Sharing', null],
  ]
  return (
    <Tabs.Root
      value={tab}
      onValueChange={(next) => onTab(next as ProposalTab)} // one of the triggers below
      className="flex min-h-0 flex-1 flex-col"
    >
      <ProposalHeader proposal={proposal} />
      <Tabs.List
        aria-label="Parts of the proposal"
        className="flex h-10 shrink-0 gap-5 overflow-x-auto overflow-y-hidden border-line border-b bg-surface px-4"
      >
        {tabs.map(([name, title, count]) => (
          <Tabs.Trigger key={name} value={name} className="tab">
            {title}
            {count !== null && <span className="count">{count}</span>}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      <Tabs.Content value="matrix" className="flex min-h-0 flex-1 flex-col">
        <Matrix proposal={proposal} onDocuments={() => onTab('documents')} />
      </Tabs.Content>
      <Tabs.Content value="documents" className="min-h-0 flex-1 overflow-auto">
        <Documents proposal={proposal} onMatrix={() => onTab('matrix')} />
      </Tabs.Content>
      <Tabs.Content value="activity" className="min-h-0 flex-1 overflow-auto">
        <Activity proposal={proposal} />
      </Tabs.Content>
      <Tabs.Content value="sharing" className="min-h-0 flex-1 overflow-auto">
        <Sharing proposal={proposal} />
      </Tabs.Content>
    </Tabs.Root>
  )
}
