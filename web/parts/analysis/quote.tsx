import type { ReactNode } from 'react'

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** A quote with its binding word set in bold. */
export function Quote({ text, word }: { text: string; word?: string }): ReactNode {
  const match = word ? new RegExp(`\\b${literal(word)}\\b`, 'i').exec(text) : null
  if (!match) return text
  return (
    <>
      {text.slice(0, match.index)}
      <strong className="font-semibold text-ink underline decoration-2 decoration-mark-line underline-offset-2">
        {match[0]}
      </strong>
      {text.slice(match.index + match[0].length)}
    </>
  )
}
