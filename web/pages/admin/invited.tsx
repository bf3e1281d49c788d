import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Plan } from '../../../src/contract/plans.ts'
import { inviteAddress, invitedQuery, uninviteAddress } from '../../api/admin.ts'
import { queryClient } from '../../api/queries.ts'
import { Choice, optionsOf } from '../../parts/choice.tsx'
import { Field, Form } from '../../parts/form.tsx'
import { planNames } from '../../parts/plans.ts'
import { announce } from '../../parts/shell/announce.tsx'
import { Icon } from '../../parts/shell/icons.tsx'
import { Problem } from '../../parts/shell/problem.tsx'

const refresh = () => queryClient.invalidateQueries({ queryKey: ['admin'] })

/** Addresses that get a plan when they sign up. */
export function Invited() {
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(invitedQuery)
  const items = data?.pages.flatMap((page) => page.items) ?? []
  const [email, setEmail] = useState('')
  const [plan, setPlan] = useState<Plan>('friends')
  const inviting = useMutation({
    mutationFn: () => inviteAddress({ email, plan }),
    onSuccess: () => {
      setEmail('')
      refresh()
      announce('The address is on the list.')
    },
  })
  const removing = useMutation({
    mutationFn: uninviteAddress,
    onSuccess: refresh,
    onError: (failure) => announce(failure.message),
  })
  return (
    <div className="max-w-2xl">
      <p className="mb-4 text-ink-2">
        Whoever signs up with one of these addresses has the plan from the start.
      </p>
      {error && <Problem error={error} />}
      {items.length > 0 && (
        <ul className="card mb-5 divide-y divide-line">
          {items.map((one) => (
            <li key={one.email} className="flex items-center gap-3 px-4 py-2.5">
              <span className="min-w-0 flex-1 truncate">{one.email}</span>
              {one.joined && <span className="chip bg-accent-soft text-accent">Has an account</span>}
              <span className="chip">{planNames[one.plan]}</span>
              <button
                type="button"
                className="btn btn-quiet btn-icon"
                aria-label={`Take ${one.email} off the list`}
                disabled={removing.isPending}
                onClick={() => removing.mutate(one.email)}
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      )}
      {hasNextPage && (
        <button
          type="button"
          className="btn mx-auto mb-5 flex"
          disabled={isFetchingNextPage}
          onClick={() => fetchNextPage()}
        >
          Show more
        </button>
      )}
      <div className="card p-5">
        <Form
          submit="Put it on the list"
          isBusy={inviting.isPending}
          error={inviting.error}
          onSubmit={() => inviting.mutate()}
        >
          <div className="flex flex-wrap items-end gap-3">
            <div className="min-w-56 flex-1">
              <Field label="E-mail" type="email" required value={email} onValue={setEmail} />
            </div>
            <Choice
              label="Plan"
              className="h-10"
              value={plan}
              options={optionsOf(planNames)}
              onValue={setPlan}
            />
          </div>
        </Form>
      </div>
    </div>
  )
}
