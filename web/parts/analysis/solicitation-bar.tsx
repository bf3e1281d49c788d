import type { Analysis } from '../../../src/contract/analyses.ts'
import { daysUntil, momentOf } from './words.ts'

/** What everyone asks first: which solicitation, and when it is due. */
export function SolicitationBar({ analysis }: { analysis: Analysis }) {
  const { number, title, type } = analysis.solicitation
  const due = analysis.submission_checklist.find((item) => item.kind === 'due_date' && momentOf(item.value))
  const moment = due && momentOf(due.value)
  const days = due && daysUntil(due.value)
  if (!number && !title && !moment) return null
  return (
    <p className="flex shrink-0 items-center gap-x-3 border-line border-b bg-surface px-4 py-2 text-sm">
      {type && <span className="chip bg-accent-soft text-accent">{type}</span>}
      {number && <span className="shrink-0 font-mono text-xs">{number}</span>}
      <span className="min-w-0 flex-1 truncate text-ink-2">{title}</span>
      {moment && (
        <span className="shrink-0">
          Due <strong className="font-semibold">{moment.day}</strong>
          {days !== undefined && days >= 0 && <span className="text-ink-3">, in {days} days</span>}
        </span>
      )}
    </p>
  )
}
