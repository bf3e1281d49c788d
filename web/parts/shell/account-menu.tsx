import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { DropdownMenu } from 'radix-ui'
import { changePerson, signOut } from '../../api/account.ts'
import { sessionQuery } from '../../api/queries.ts'
import { announce } from './announce.tsx'

/** Sign in, or who is signed in. */
export function AccountMenu() {
  const { data } = useQuery(sessionQuery)
  const navigate = useNavigate()
  const leaving = useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      await changePerson()
      announce('You are signed out.')
      navigate({ to: '/' })
    },
    onError: (error) => announce(error.message),
  })
  if (!data) return null
  if (!data.account)
    return (
      <Link to="/sign-in" className="btn btn-quiet">
        Sign in
      </Link>
    )
  const { name, email } = data.account
  const shown = name || email
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        className="ml-1 flex size-8 items-center justify-center rounded-full bg-accent font-semibold text-accent-ink text-sm uppercase"
        aria-label={`Account of ${shown}`}
      >
        {shown.slice(0, 1)}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={6}>
          <DropdownMenu.Label className="px-2 py-1.5 text-ink-3 text-xs">{email}</DropdownMenu.Label>
          <DropdownMenu.Item className="menu-item" asChild>
            <Link to="/settings">Settings and keys</Link>
          </DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item" asChild>
            <Link to="/teams">Teams</Link>
          </DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item" asChild>
            <Link to="/usage">Usage and plan</Link>
          </DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item" asChild>
            <Link to="/agents">Agents</Link>
          </DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item" asChild>
            <Link to="/webhooks">Webhooks</Link>
          </DropdownMenu.Item>
          {data.account.role === 'admin' && (
            <DropdownMenu.Item className="menu-item" asChild>
              <Link to="/admin">Administration</Link>
            </DropdownMenu.Item>
          )}
          <DropdownMenu.Separator className="my-1 h-px bg-line" />
          <DropdownMenu.Item className="menu-item" onSelect={() => leaving.mutate()}>
            Sign out
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
