/** Short words for everyone: read out by screen readers, shown for a moment to all others. */
import { useSyncExternalStore } from 'react'

type Note = { readonly text: string; readonly turn: number }
let note: Note | null = null
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()
const set = (next: Note | null) => {
  note = next
  for (const listener of listeners) listener()
}

export function announce(text: string): void {
  set({ text, turn: (note?.turn ?? 0) + 1 })
  clearTimeout(timer)
  timer = setTimeout(() => set(null), 5_000)
}

export function Announcer() {
  const current = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => note,
  )
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-0 bottom-4 z-50 flex justify-center"
    >
      {current && (
        <p key={current.turn} className="max-w-md rounded-lg bg-ink px-4 py-2 text-paper text-sm shadow-card">
          {current.text}
        </p>
      )}
    </div>
  )
}
