/** What a proposal is called, for whom, when it is due, and how far it is. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { DropdownMenu } from 'radix-ui'
import { useState } from 'react'
import { type Proposal, proposalStates } from '../../../src/contract/proposals.ts'
import { ApiError } from '../../api/client.ts'
import { proposalQuery, refreshProposals, removeProposal, updateProposal } from '../../api/proposals.ts'
import { queryClient, sessionQuery } from '../../api/queries.ts'
import { teamsQuery } from '../../api/teams.ts'
import { Choice, optionsOf } from '../choice.tsx'
import { announce } from '../shell/announce.tsx'
import { Icon } from '../shell/icons.tsx'
import { Problem } from '../shell/problem.tsx'
import { dueIn, dueText } from '../when.ts'
import { DueDialog } from './due-dialog.tsx'
import { stateNames } from './states.ts'

type Change = Omit<Parameters<typeof updateProposal>[1], 'version'>

function useSaving(proposal: Proposal) {
  return useMutation({
    mutationFn: (change: Change) => updateProposal(proposal.id, { ...change, version: proposal.version }),
    onSuccess: (saved) => {
      queryClient.setQueryData(proposalQuery(proposal.id).queryKey, saved)
      queryClient.invalidateQueries({ queryKey: ['proposals', 'list'] })
      queryClient.invalidateQueries({ queryKey: ['proposals', 'activity', proposal.id] })
      announce('Saved.')
    },
    onError: (error) => {
      if (error instanceof ApiError && error.code === 'conflict') refreshProposals()
    },
  })
}

export function ProposalHeader({ proposal }: { proposal: Proposal }) {
  const saving = useSaving(proposal)
  const [isDating, setDating] = useState(false)
  const { due, status } = proposal
  return (
    <div className="shrink-0 border-line border-b bg-paper px-4 py-3">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <h1 className="sr-only">{proposal.title}</h1>
          <Line
            key={`title ${proposal.version}`}
            label="Title"
            look="w-full font-semibold font-serif text-xl"
            value={proposal.title}
            onValue={(title) => title && saving.mutate({ title })}
          />
          <div className="flex flex-wrap items-center gap-x-2">
            <Line
              key={`client ${proposal.version}`}
              label="Client"
              placeholder="Client"
              look="[field-sizing:content] min-w-16 max-w-full text-ink-2 text-sm"
              value={proposal.client}
              onValue={(client) => saving.mutate({ client })}
            />
            <button
              type="button"
              className="flex min-h-6 items-center gap-1.5 rounded px-1 text-sm hover:bg-sunken"
              onClick={() => setDating(true)}
            >
              <Icon name="calendar" className="size-3.5 text-ink-3" />
              {due ? (
                <>
                  Due {dueText(due)} <span className="text-ink-3">({dueIn(due).text})</span>
                </>
              ) : (
                'Set when it is due'
              )}
            </button>
            <TeamName id={proposal.team_id} />
          </div>
        </div>
        <Choice
          label="Status"
          className="xl:hidden"
          value={status}
          options={optionsOf(stateNames)}
          onValue={(next) => saving.mutate({ status: next })}
        />
        <Steps
          status={status}
          isBusy={saving.isPending}
          onStatus={(next) => saving.mutate({ status: next })}
        />
        <More proposal={proposal} onStatus={(next) => saving.mutate({ status: next })} />
      </div>
      {saving.error && (
        <div className="mt-3">
          <Problem error={saving.error} />
        </div>
      )}
      {isDating && (
        <DueDialog
          due={due}
          onDue={(next) => saving.mutate({ due: next })}
          onClose={() => setDating(false)}
        />
      )}
    </div>
  )
}

type LineProps = {
  readonly label: string
  readonly placeholder?: string
  readonly look: string
  readonly value: string
  readonly onValue: (value: string) => void
}

/** Text that is edited where it stands. */
function Line({ label, placeholder, look, value, onValue }: LineProps) {
  const [text, setText] = useState(value)
  return (
    <input
      aria-label={label}
      placeholder={placeholder}
      className={`-ml-1.5 block text-ellipsis rounded border border-transparent bg-transparent px-1 placeholder:text-ink-3 hover:border-line-strong ${look}`}
      maxLength={255}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => (text.trim() === value ? setText(value) : onValue(text.trim()))}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur()
        if (event.key === 'Escape') setText(value)
      }}
    />
  )
}

function TeamName({ id }: { id: string | null }) {
  const { data: session } = useQuery(sessionQuery)
  const { data } = useQuery({ ...teamsQuery, enabled: id !== null && session?.kind === 'user' })
  const team = data?.find((one) => one.id === id)
  if (!team) return null
  return (
    <Link to="/teams/$id" params={{ id: team.id }} className="chip hover:underline">
      {team.name}
    </Link>
  )
}

const steps = proposalStates.slice(0, 5)
const outcomes = ['won', 'lost'] as const

type StepsProps = {
  readonly status: Proposal['status']
  readonly isBusy: boolean
  readonly onStatus: (status: Proposal['status']) => void
}

/** The pipeline: what lies behind is ticked, what comes next is one click away. */
function Steps({ status, isBusy, onStatus }: StepsProps) {
  const at = steps.indexOf(status)
  const isOver = status === 'won' || status === 'lost'
  return (
    <ol aria-label="Status" className="hidden items-center xl:flex">
      {[...steps, ...outcomes].map((step, index) => {
        const isCurrent = step === status
        const isDone = index < steps.length && (isOver || index < at)
        return (
          <li key={step} className="flex items-center">
            {index > 0 && (
              <span
                className={`h-px w-2.5 ${index === steps.length + 1 ? 'bg-transparent' : 'bg-line-strong'}`}
                aria-hidden="true"
              />
            )}
            <button
              type="button"
              disabled={isBusy}
              aria-current={isCurrent ? 'step' : undefined}
              className={`flex h-7 items-center gap-1 rounded-full border px-2.5 text-xs ${isCurrent ? (step === 'lost' ? 'border-danger bg-danger-soft font-semibold text-danger' : 'border-accent bg-accent font-semibold text-accent-ink') : isDone ? 'border-accent/40 bg-accent-soft text-accent' : 'border-line-strong bg-surface text-ink-2 hover:text-ink'}`}
              onClick={() => onStatus(step)}
            >
              {isDone && <Icon name="check" className="size-3" />}
              {stateNames[step]}
            </button>
          </li>
        )
      })}
    </ol>
  )
}

function More({ proposal, onStatus }: { proposal: Proposal; onStatus: StepsProps['onStatus'] }) {
  const navigate = useNavigate()
  const removing = useMutation({
    mutationFn: () => removeProposal(proposal.id),
    onSuccess: () => {
      navigate({ to: '/proposals' })
      refreshProposals()
      announce('It lies in the trash for 30 days.')
    },
    onError: (error) => announce(error.message),
  })
  const isArchived = proposal.status === 'archived'
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="btn btn-icon" aria-label="More">
        <Icon name="more" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
          <DropdownMenu.Item
            className="menu-item"
            onSelect={() => onStatus(isArchived ? 'draft' : 'archived')}
          >
            <Icon name="folder" /> {isArchived ? 'Take out of the archive' : 'Archive'}
          </DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item text-danger" onSelect={() => removing.mutate()}>
            <Icon name="trash" /> Move to the trash
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
