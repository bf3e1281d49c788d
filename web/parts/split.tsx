/** Two panes side by side with a border that can be dragged or moved by arrow keys; one at a time where it is narrow. */
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react'

const KEY = 'mdraft.split'
const [LEAST, MOST] = [25, 75]
const clamp = (share: number) => Math.min(MOST, Math.max(LEAST, share))

type Props = {
  /** Null: the right side has all the room. */
  readonly left: ReactNode | null
  readonly right: ReactNode
  /** Which pane narrow screens show. */
  readonly shown: 'left' | 'right'
}

export function Split({ left, right, shown }: Props) {
  const frame = useRef<HTMLDivElement>(null)
  const [share, setShare] = useState(() => clamp(Number(localStorage.getItem(KEY)) || 48))
  const set = (next: number) => {
    setShare(clamp(next))
    localStorage.setItem(KEY, String(clamp(next)))
  }
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || !frame.current) return
    const box = frame.current.getBoundingClientRect()
    set(((event.clientX - box.left) / box.width) * 100)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -2, ArrowRight: 2 }[event.key]
    if (by !== undefined) set(share + by)
  }
  return (
    <div
      ref={frame}
      className="flex min-h-0 flex-1"
      style={{ '--share': `${share}%` } as React.CSSProperties}
    >
      {left !== null && (
        <div
          className={`${shown === 'left' ? 'flex' : 'hidden'} min-w-0 flex-1 flex-col lg:flex lg:w-(--share) lg:flex-none`}
        >
          {left}
        </div>
      )}
      {left !== null && (
        // biome-ignore lint/a11y/useSemanticElements: a separator that moves is a widget, not a rule
        <div
          role="separator"
          aria-orientation="vertical"
          aria-label="Width of the panes"
          aria-valuemin={LEAST}
          aria-valuemax={MOST}
          aria-valuenow={Math.round(share)}
          tabIndex={0}
          className="hidden w-1.5 shrink-0 cursor-col-resize touch-none border-line border-x bg-paper hover:bg-accent-soft focus-visible:bg-accent lg:block"
          onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
          onPointerMove={drag}
          onKeyDown={onKeyDown}
          onDoubleClick={() => set(48)}
        />
      )}
      <div className={`${shown === 'right' ? 'flex' : 'hidden'} min-w-0 flex-1 flex-col lg:flex`}>
        {right}
      </div>
    </div>
  )
}
