import type { ReactNode } from 'react'
import { Icon } from '../shell/icons.tsx'

/** Instead of the pages: why not, and the file itself. */
export function SourceFallback({
  url,
  title,
  children,
}: {
  url: string
  title: string
  children: ReactNode
}) {
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-3 bg-sunken p-8 text-center">
      <h2 className="font-semibold">{title}</h2>
      <p className="max-w-sm text-ink-2">{children}</p>
      <a className="btn" href={url} download>
        <Icon name="download" /> Download the original
      </a>
    </div>
  )
}
