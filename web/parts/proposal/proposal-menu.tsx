import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { DropdownMenu } from 'radix-ui'
import type { ConversionDetail } from '../../../src/contract/documents.ts'
import { proposalsQuery } from '../../api/proposals.ts'
import { sessionQuery } from '../../api/queries.ts'
import { teamsQuery } from '../../api/teams.ts'
import { announce } from '../shell/announce.tsx'
import { Icon } from '../shell/icons.tsx'
import { addToProposal, startProposal } from './start.ts'

/** What an analysed document leads to: a proposal of its own, or one that is there. */
export function ProposalMenu({ conversion }: { conversion: ConversionDetail }) {
  const navigate = useNavigate()
  const { data } = useInfiniteQuery(proposalsQuery())
  const { data: session } = useQuery(sessionQuery)
  const { data: memberships } = useQuery({ ...teamsQuery, enabled: session?.kind === 'user' })
  const starting = useMutation({
    mutationFn: (how: { team: string | null } | { into: string }) =>
      'into' in how ? addToProposal(how.into, conversion) : startProposal(conversion, how.team),
    onSuccess: (id, how) =>
      navigate({ to: '/proposals/$id', params: { id }, search: 'into' in how ? { tab: 'documents' } : {} }),
    onError: (error) => announce(error.message),
  })
  if (conversion.proposal_id)
    return (
      <Link to="/proposals/$id" params={{ id: conversion.proposal_id }} className="btn">
        <Icon name="folder" /> <span className="hidden sm:inline">Its proposal</span>
        <span className="sr-only sm:hidden">Its proposal</span>
      </Link>
    )
  const teams = (memberships ?? []).filter(({ role }) => role !== 'viewer')
  const others = data?.pages[0]?.items.slice(0, 12) ?? []
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="btn btn-primary" disabled={starting.isPending}>
        {starting.isPending ? <span className="spinner" /> : <Icon name="folder" />} Proposal
        <Icon name="down" className="size-3" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu max-h-96 max-w-80 overflow-auto" align="end" sideOffset={4}>
          <DropdownMenu.Item
            className="menu-item font-medium"
            onSelect={() => starting.mutate({ team: null })}
          >
            <Icon name="plus" /> Start a proposal from this
          </DropdownMenu.Item>
          {teams.map(({ id, name }) => (
            <DropdownMenu.Item key={id} className="menu-item" onSelect={() => starting.mutate({ team: id })}>
              <Icon name="people" /> <span className="truncate">Start one of {name}</span>
            </DropdownMenu.Item>
          ))}
          {others.length > 0 && (
            <>
              <DropdownMenu.Separator className="my-1 h-px bg-line" />
              <DropdownMenu.Label className="px-2 py-1 text-ink-3 text-xs">
                Add it as an amendment to
              </DropdownMenu.Label>
              {others.map(({ id, title }) => (
                <DropdownMenu.Item
                  key={id}
                  className="menu-item"
                  onSelect={() => starting.mutate({ into: id })}
                >
                  <span className="truncate">{title}</span>
                </DropdownMenu.Item>
              ))}
            </>
          )}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
