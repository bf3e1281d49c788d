import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Proposal } from '../../../src/contract/proposals.ts'
import { createShare, removeShare, sharesQuery } from '../../api/proposals.ts'
import { queryClient } from '../../api/queries.ts'
import { Choice } from '../choice.tsx'
import { Form } from '../form.tsx'
import { plural } from '../say.ts'
import { announce } from '../shell/announce.tsx'
import { Icon } from '../shell/icons.tsx'
import { Problem } from '../shell/problem.tsx'
import { ShownOnce } from '../shown-once.tsx'

/** Links that show the matrix to whoever has them, until they expire. */
export function Sharing({ proposal }: { proposal: Proposal }) {
  const { data, error } = useQuery(sharesQuery(proposal.id))
  const [days, setDays] = useState('7')
  const refresh = () => {
    queryClient.invalidateQueries({ queryKey: sharesQuery(proposal.id).queryKey })
    queryClient.invalidateQueries({ queryKey: ['proposals', 'activity', proposal.id] })
  }
  const making = useMutation({
    mutationFn: () => createShare(proposal.id, Number(days)),
    onSuccess: refresh,
  })
  const removing = useMutation({
    mutationFn: (id: string) => removeShare(proposal.id, id),
    onSuccess: () => {
      refresh()
      announce('The link no longer works.')
    },
    onError: (failure) => announce(failure.message),
  })
  return (
    <div className="mx-auto w-full max-w-3xl px-4 py-6 sm:px-6">
      <h2 className="font-semibold text-lg">Share by a link</h2>
      <p className="mb-4 text-ink-2">
        Whoever has the link reads the matrix: requirements, states and where you answer. Not the documents,
        owners, notes or comments.
      </p>
      {making.data && <ShownOnce lead="Copy this link now: it is not shown again." value={making.data.url} />}
      <div className="card p-5">
        {error && <Problem error={error} />}
        {data && data.length > 0 && (
          <ul className="mb-5 divide-y divide-line">
            {data.map((share) => (
              <li key={share.id} className="flex items-center gap-3 py-2 first:pt-0">
                <Icon name="link" className="text-ink-3" />
                <span className="min-w-0 flex-1">
                  Works until {new Date(share.expires_at).toLocaleDateString('en', { dateStyle: 'medium' })}
                  <span className="block text-ink-3 text-sm">
                    Made {new Date(share.created_at).toLocaleDateString('en', { dateStyle: 'medium' })},
                    opened {plural(share.views, 'time')}
                  </span>
                </span>
                <button
                  type="button"
                  className="btn"
                  disabled={removing.isPending}
                  onClick={() => removing.mutate(share.id)}
                >
                  Withdraw
                </button>
              </li>
            ))}
          </ul>
        )}
        <Form
          submit="Make a link"
          isBusy={making.isPending}
          error={making.error}
          onSubmit={() => making.mutate()}
        >
          <p className="flex items-center gap-2 text-sm">
            <span aria-hidden="true">It works for</span>
            <Choice
              label="It works for"
              value={days}
              options={['1', '7', '30', '90'].map((count) => [count, plural(Number(count), 'day')] as const)}
              onValue={setDays}
            />
          </p>
        </Form>
      </div>
    </div>
  )
}
