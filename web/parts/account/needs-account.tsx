import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { sessionQuery } from '../../api/queries.ts'

type Props = { readonly title: string; readonly lead: string; readonly children: ReactNode }

/** A page for people with an account; to all others it says so. */
export function NeedsAccount({ title, lead, children }: Props) {
  const { data } = useQuery(sessionQuery)
  if (!data) return null
  if (data.account) return children
  return (
    <div className="mx-auto w-full max-w-md px-4 py-12 sm:py-20">
      <div className="card p-6 sm:p-8">
        <h1 className="font-semibold font-serif text-2xl">{title}</h1>
        <p className="mt-1 mb-6 text-ink-2">{lead}</p>
        <div className="flex gap-2">
          <Link to="/sign-up" className="btn btn-primary">
            Make an account
          </Link>
          <Link to="/sign-in" className="btn">
            Sign in
          </Link>
        </div>
      </div>
    </div>
  )
}
