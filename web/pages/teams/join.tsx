import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { sessionQuery } from '../../api/queries.ts'
import { joinTeam } from '../../api/teams.ts'
import { announce } from '../../parts/shell/announce.tsx'
import { Problem } from '../../parts/shell/problem.tsx'
import { Frame } from '../account/frame.tsx'

/** Where the link of an invitation leads. */
export function JoinPage({ token }: { token: string }) {
  const { data: session } = useQuery(sessionQuery)
  const navigate = useNavigate()
  const client = useQueryClient()
  const joining = useMutation({
    mutationFn: () => joinTeam(token),
    onSuccess: ({ id, name }) => {
      client.invalidateQueries({ queryKey: ['teams'] })
      client.invalidateQueries({ queryKey: ['proposals'] })
      announce(`Welcome to ${name}.`)
      navigate({ to: '/teams/$id', params: { id } })
    },
  })
  if (!session) return null
  if (!session.account)
    return (
      <Frame
        title="You are invited"
        lead="Sign in, or make an account, with the address the invitation was sent to; then follow its link again."
      >
        <div className="flex gap-2">
          <Link to="/sign-in" className="btn btn-primary">
            Sign in
          </Link>
          <Link to="/sign-up" className="btn">
            Make an account
          </Link>
        </div>
      </Frame>
    )
  return (
    <Frame title="You are invited" lead={`Join the team as ${session.account.email}.`}>
      {joining.error && (
        <div className="mb-4">
          <Problem error={joining.error} />
        </div>
      )}
      <button
        type="button"
        className="btn btn-primary h-10 px-5"
        disabled={joining.isPending}
        onClick={() => joining.mutate()}
      >
        {joining.isPending && <span className="spinner" />} Join the team
      </button>
    </Frame>
  )
}
