import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import type { Plan } from '../../../src/contract/plans.ts'
import { adminTeamsQuery, setTeamPlan } from '../../api/admin.ts'
import { queryClient } from '../../api/queries.ts'
import { Choice, optionsOf } from '../../parts/choice.tsx'
import { planNames } from '../../parts/plans.ts'
import { Rows } from '../../parts/rows.tsx'
import { announce } from '../../parts/shell/announce.tsx'

export function AdminTeams() {
  const list = useInfiniteQuery(adminTeamsQuery)
  const changing = useMutation({
    mutationFn: ({ id, plan }: { id: string; plan: Plan }) => setTeamPlan(id, plan),
    onSuccess: () => {
      queryClient.invalidateQueries({ queryKey: ['admin'] })
      announce('The plan is set.')
    },
    onError: (error) => announce(error.message),
  })
  const teams = list.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Rows
      label="Teams"
      heads={['Team', 'Plan', 'Members', 'Pages this month', 'Since']}
      source={list}
      empty="There is no team yet."
    >
      {teams.map((team) => (
        <tr key={team.id}>
          <td className="font-medium">{team.name}</td>
          <td>
            <Choice
              label={`Plan of ${team.name}`}
              value={team.plan}
              options={optionsOf(planNames)}
              disabled={changing.isPending}
              onValue={(plan) => changing.mutate({ id: team.id, plan })}
            />
            {team.effective_plan !== team.plan && (
              <span className="block text-ink-3 text-sm">counts as {planNames[team.effective_plan]}</span>
            )}
          </td>
          <td className="tabular-nums">{team.members}</td>
          <td className="tabular-nums">{team.pages_this_month.toLocaleString('en-US')}</td>
          <td className="whitespace-nowrap">{team.created_at.slice(0, 10)}</td>
        </tr>
      ))}
    </Rows>
  )
}
