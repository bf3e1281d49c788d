import { useEffect, useState } from 'react'
import { useKey } from '../keys.ts'
import { Icon } from '../shell/icons.tsx'

const ZOOMS = [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3]

type Props = {
  readonly current: number
  readonly pages: number
  readonly zoom: number
  readonly onPage: (page: number) => void
  readonly onZoom: (zoom: number) => void
}

export function PageBar({ current, pages, zoom, onPage, onZoom }: Props) {
  const [typed, setTyped] = useState<string | null>(null)
  useKey('[', () => onPage(Math.max(1, current - 1)))
  useKey(']', () => onPage(Math.min(pages, current + 1)))
  useEffect(() => setTyped(null), [])
  const closer = ZOOMS.find((step) => step > zoom)
  const wider = ZOOMS.findLast((step) => step < zoom)
  return (
    <div className="flex h-10 shrink-0 items-center gap-1 border-line border-b bg-surface px-2">
      <button
        type="button"
        className="btn btn-quiet btn-icon"
        aria-label="Previous page"
        disabled={current <= 1}
        onClick={() => onPage(current - 1)}
      >
        <Icon name="up" />
      </button>
      <button
        type="button"
        className="btn btn-quiet btn-icon"
        aria-label="Next page"
        disabled={current >= pages}
        onClick={() => onPage(current + 1)}
      >
        <Icon name="down" />
      </button>
      <label className="ml-1 flex items-center gap-1.5 text-ink-3 text-sm tabular-nums">
        <span className="sr-only">Page</span>
        <input
          className="field h-7 min-h-0 w-11 px-1 text-center"
          inputMode="numeric"
          value={typed ?? String(current)}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={() => setTyped(null)}
          onKeyDown={(event) => {
            const page = Number(typed)
            if (event.key !== 'Enter' || !Number.isInteger(page)) return
            onPage(Math.min(pages, Math.max(1, page)))
            setTyped(null)
          }}
        />
        of {pages}
      </label>
      <div className="ml-auto flex items-center">
        <button
          type="button"
          className="btn btn-quiet btn-icon"
          aria-label="Zoom out"
          disabled={!wider}
          onClick={() => wider && onZoom(wider)}
        >
          <Icon name="minus" />
        </button>
        <button
          type="button"
          className="btn btn-quiet w-16 px-0 tabular-nums"
          title="Fit the width"
          onClick={() => onZoom(1)}
        >
          {zoom === 1 ? 'Fit' : `${Math.round(zoom * 100)} %`}
        </button>
        <button
          type="button"
          className="btn btn-quiet btn-icon"
          aria-label="Zoom in"
          disabled={!closer}
          onClick={() => closer && onZoom(closer)}
        >
          <Icon name="plus" />
        </button>
      </div>
    </div>
  )
}
