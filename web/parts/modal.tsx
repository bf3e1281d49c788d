import { type ReactNode, useEffect, useId, useRef } from 'react'
import { Icon } from './shell/icons.tsx'

type Props = {
  readonly title: string
  readonly children: ReactNode
  readonly onClose: () => void
}

/** The browser's own dialog, shown while it is mounted: it keeps the focus inside and closes on Escape. */
export function Modal({ title, children, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      className="m-auto w-full max-w-lg rounded-xl border border-line-strong bg-paper p-0 text-ink shadow-card"
      onClose={onClose}
    >
      <div className="flex items-center justify-between border-line border-b px-5 py-3">
        <h2 id={id} className="font-semibold text-lg">
          {title}
        </h2>
        <button
          type="button"
          className="btn btn-quiet btn-icon"
          aria-label="Close"
          onClick={() => dialog.current?.close()}
        >
          <Icon name="close" />
        </button>
      </div>
      <div className="px-5 py-4">{children}</div>
    </dialog>
  )
}
