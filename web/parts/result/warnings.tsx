// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
import type { ConversionDetail } from '../../../src/contract/documents.ts'
import { useChosen, useFocus } from '../focus.tsx'
import { Icon, type IconName } from '../shell/icons.tsx'

export type Warning = ConversionDetail['warnings'][number]

const levels = {
  loss: { title: 'Missing content', icon: 'warning', look: 'text-danger' },
  doubt: { title: 'Worth checking', icon: 'help', look: 'text-caution' },
  note: { title: 'Good to know', icon: 'info', look: 'text-info' },
} as const satisfies Record<Warning['level'], { title: string; icon: IconName; look: string }>

export function Warnings({ warnings }: { warnings: readonly Warning[] }) {
  if (warnings.length === 0)
    return (
      <div className="flex flex-1 flex-col items-center justify-center gap-2 text-ink-2">
        <Icon name="check" className="size-6 text-accent" />
        <p>No warning: nothing was lost or left out.</p>
      </div>
    )
  return (
    <section tabIndex={0} aria-label="Warnings" className="min-h-0 flex-1 space-y-6 overflow-auto p-5">
      {(Object.keys(levels) as Warning['level'][]).map((level) => (
        <Level key={level} level={level} warnings={warnings.filter((warning) => warning.level === level)} />
      ))}
    </section>
  )
}

function Level({ level, warnings }: { level: Warning['level']; warnings: readonly Warning[] }) {
  const { title, icon, look } = levels[level]
  if (warnings.length === 0) return null
  return (
    <section>
      <h3 className={`mb-2 flex items-center gap-1.5 font-semibold ${look}`}>
        <Icon name={icon} /> {title} <span className="count">{warnings.length}</span>
      </h3>
      <ul className="card divide-y divide-line overflow-hidden">
        {warnings.map((warning, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list of one conversion never changes
          <WarningRow key={index} warning={warning} />
        ))}
      </ul>
    </section>
  )
}

function WarningRow({ warning }: { warning: Warning }) {
  const focus = useFocus()
  const chosen = useChosen(focus)
  const isHere = chosen?.boxes === warning.boxes && warning.boxes.length > 0
  const more = warning.more ? ` And ${warning.more} more of the same kind.` : ''
  const body = (
    <>
      <span className="min-w-0 flex-1">
        {warning.message}
        {more}
        <span className="mt-0.5 block font-mono text-ink-3 text-xs">{warning.code}</span>
      </span>
      {warning.page !== null && <span className="chip shrink-0">p. {warning.page}</span>}
    </>
  )
  if (warning.page === null) return <li className="flex items-start gap-3 px-3 py-2.5">{body}</li>
  return (
    <li>
      <button
        type="button"
        className={`flex w-full items-start gap-3 px-3 py-2.5 text-left hover:bg-sunken ${isHere ? 'bg-mark-soft' : ''}`}
        onClick={() =>
          focus.choose({ blocks: [], boxes: warning.boxes, page: warning.page, from: 'finding' })
        }
      >
        {body}
      </button>
    </li>
  )
}
