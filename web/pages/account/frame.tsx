import type { ReactNode } from 'react'

/** One thing to do, in the middle of the page. */
export function Frame({
  title,
  lead,
  children,
  foot,
}: {
  title: string
  lead?: ReactNode
  children?: ReactNode
  foot?: ReactNode
}) {
  return (
    <div className="mx-auto w-full max-w-md px-4 py-12 sm:py-20">
      <div className="card p-6 sm:p-8">
        <h1 className="font-semibold font-serif text-2xl">{title}</h1>
        {lead && <p className="mt-1 text-ink-2">{lead}</p>}
        {children && <div className="mt-6">{children}</div>}
      </div>
      {foot && <p className="mt-4 text-center text-ink-2 text-sm">{foot}</p>}
    </div>
  )
}

export const linkLook = 'text-accent underline underline-offset-2'
