import type { Analysis } from '../../../src/contract/analyses.ts'
import { daysUntil, momentOf } from './words.ts'

/** What everyone asks first: which solicitation, and when it is due. */
export function SolicitationBar({ analysis }: { analysis: Analysis }) {
  const { number, type } = analysis.solicitation
  // Files are often titled by their number, which stands beside already.
  const title = (analysis.solicitation.title ?? analysis.document.title ?? '')
    .replace(number ?? '', '')
    .replace(/^[\s:,–-]+/, '')
  const due = analysis.submission_checklist.filter((item) => item.kind === 'due_date' && momentOf(item.value))
  if (!number && !title && due.length === 0) return null
  return (
    <p className="flex shrink-0 items-center gap-x-3 border-line border-b bg-surface px-4 py-2 text-sm">
      {type && <span className="chip bg-accent-soft text-accent">{type}</span>}
      {number && <span className="shrink-0 font-mono text-xs">{number}</span>}
      <span className="min-w-0 flex-1 truncate text-ink-2">{title}</span>
      <Due values={due.map((item) => item.value)} />
    </p>
  )
}

function Due({ values }: { values: readonly string[] }) {
  const days = new Set(values.map((value) => momentOf(value)?.day))
  if (days.size > 1)
    return <span className="chip shrink-0 bg-danger-soft text-danger">{days.size} due dates disagree</span>
  const [first] = values
  const moment = first && momentOf(first)
  if (!moment) return null
  const left = daysUntil(first)
  return (
    <span className="shrink-0">
      Due <strong className="font-semibold">{moment.day}</strong>
      {left !== undefined && left >= 0 && <span className="text-ink-3">, in {left} days</span>}
    </span>
  )
}
