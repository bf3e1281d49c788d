/** Keyboard shortcuts: single keys, ignored while the user types. */
import { useEffect, useRef } from 'react'

export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))

const isBusy = (): boolean => document.querySelector('dialog[open], [role="menu"]') !== null

/** `keys` is one key ("j") or two in a row ("g d"). */
export function useKey(keys: string, onPress: (event: KeyboardEvent) => void): void {
  const latest = useRef(onPress)
  latest.current = onPress
  useEffect(() => {
    const [first, second] = keys.split(' ')
    let primed = 0
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || isBusy()) return
      if (second === undefined) {
        if (event.key === first) latest.current(event)
        return
      }
      if (event.key === second && event.timeStamp - primed < 1_000) latest.current(event)
      primed = event.key === first ? event.timeStamp : 0
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [keys])
}

export const shortcuts = [
  { keys: '?', does: 'This help' },
  { keys: 'g d', does: 'Go to documents' },
  { keys: 'g a', does: 'Go to analyses' },
  { keys: 'g p', does: 'Go to proposals' },
  { keys: 'u', does: 'Choose files to upload' },
  { keys: '/', does: 'Filter the list' },
  { keys: 'j', does: 'Next row, and its place in the source' },
  { keys: 'k', does: 'Previous row' },
  { keys: ']', does: 'Next page of the source' },
  { keys: '[', does: 'Previous page' },
  { keys: 'c', does: 'Copy the Markdown' },
  { keys: 'Esc', does: 'Clear the highlight, close what is open' },
] as const
