import { useEffect, useRef } from 'react'
import { shortcuts, useKey } from '../keys.ts'
import { Icon } from './icons.tsx'

const OPEN = 'mdraft:help'
export const openHelp = (): void => {
  dispatchEvent(new Event(OPEN))
}

/** The browser's own dialog: it keeps the focus inside and closes on Escape. */
export function Help() {
  const dialog = useRef<HTMLDialogElement>(null)
  useKey('?', () => dialog.current?.showModal())
  useEffect(() => {
    const open = () => dialog.current?.showModal()
    addEventListener(OPEN, open)
    return () => removeEventListener(OPEN, open)
  }, [])
  return (
    <dialog
      ref={dialog}
      aria-labelledby="help-title"
      className="m-auto w-full max-w-md rounded-xl border border-line-strong bg-paper p-0 text-ink shadow-card"
    >
      <div className="flex items-center justify-between border-line border-b px-5 py-3">
        <h2 id="help-title" className="font-semibold text-lg">
          Keyboard
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
      <dl className="grid grid-cols-[6rem_1fr] gap-y-2 px-5 py-4">
        {shortcuts.map(({ keys, does }) => (
          <div key={keys} className="contents">
            <dt className="space-x-1">
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <p className="border-line border-t px-5 py-3 text-ink-2 text-sm">
        Drop or paste files anywhere. Point at a block to see where it stands in the source; click to go
        there.
      </p>
    </dialog>
  )
}
