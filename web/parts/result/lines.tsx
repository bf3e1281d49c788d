// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef } from 'react'
import { useChosen, useFocus } from '../focus.tsx'
import type { SourceMap } from '../source-map.ts'

type Line = { readonly start: number; readonly text: string }

function linesOf(text: string): Line[] {
  let start = 0
  return text.split('\n').map((line) => {
    const here = start
    start += line.length + 1
    return { start: here, text: line }
  })
}

/** Rows: what a line of Markdown starts with and how it is shown. */
const looks = [
  { starts: /^#{1,6} /, look: 'font-semibold text-ink' },
  { starts: /^<!--.*-->$/, look: 'text-ink-3' },
  { starts: /^\s*(\||<\/?t)/, look: 'text-info' },
  { starts: /^\s*(?:[-*+]|\d+[.)]) /, look: 'text-ink' },
  { starts: /^\s*>/, look: 'text-ink-2' },
  { starts: /^```/, look: 'text-caution' },
] as const
const lookOf = (line: string) => looks.find(({ starts }) => starts.test(line))?.look ?? 'text-ink'

type Props = { readonly text: string; readonly label: string; readonly map?: SourceMap }

/** Plain text with line numbers; with a map each line is tied to its block. */
export function Lines({ text, label, map }: Props) {
  const focus = useFocus()
  const scroller = useRef<HTMLDivElement>(null)
  const lines = useMemo(() => linesOf(text), [text])
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => 20 * Math.max(1, Math.ceil(lines[index]!.text.length / 78)),
    overscan: 20,
    paddingStart: 8,
    paddingEnd: 32,
  })
  useScrollToChosen(virtual.scrollToIndex, lines, map)
  const digits = String(lines.length).length
  const rangeAt = (index: number) => {
    const line = lines[index]!
    return line.text === '' ? undefined : map?.blockAt(line.start + line.text.search(/\S|$/))
  }
  const indexOf = (target: EventTarget) =>
    Number((target instanceof Element && target.closest<HTMLElement>('[data-index]')?.dataset.index) || -1)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click points at a place; the keyboard has the page keys
    <section
      ref={scroller}
      tabIndex={0}
      aria-label={label}
      className="min-h-0 flex-1 overflow-auto font-mono text-[0.78rem] leading-5"
      onPointerMove={(event) => {
        const index = indexOf(event.target)
        if (map) focus.hover(index < 0 ? null : (rangeAt(index)?.block ?? null))
      }}
      onPointerLeave={() => focus.hover(null)}
      onClick={(event) => {
        const index = indexOf(event.target)
        const range = index < 0 || String(getSelection()) !== '' ? undefined : rangeAt(index)
        if (range) focus.choose({ blocks: [range.block], boxes: [], page: range.page, from: 'result' })
      }}
    >
      <div className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start, key }) => (
          <div
            key={key}
            data-index={index}
            ref={virtual.measureElement}
            className="absolute inset-x-0 top-0 flex gap-4 pr-4 pl-3"
            style={{ transform: `translateY(${start}px)` }}
          >
            <span
              className="shrink-0 select-none text-right text-ink-3"
              style={{ width: `${digits + 1}ch` }}
              aria-hidden="true"
            >
              {index + 1}
            </span>
            <span
              className={`min-w-0 flex-1 whitespace-pre-wrap break-words ${map ? lookOf(lines[index]!.text) : 'text-ink'}`}
              data-block={rangeAt(index)?.block}
            >
              {lines[index]!.text || '\u200b'}
            </span>
          </div>
        ))}
      </div>
    </section>
  )
}

function useScrollToChosen(
  scrollToIndex: (index: number, options: { align: 'center' }) => void,
  lines: readonly Line[],
  map: SourceMap | undefined,
): void {
  const chosen = useChosen(useFocus())
  const seen = useRef(0)
  const scroll = useRef(scrollToIndex)
  scroll.current = scrollToIndex
  useEffect(() => {
    if (!map || !chosen || chosen.turn === seen.current) return
    seen.current = chosen.turn
    const range = chosen.blocks.map((block) => map.range(block)).find((one) => one !== undefined)
    if (chosen.from === 'result' || !range) return
    scroll.current(
      Math.max(
        0,
        lines.findLastIndex((line) => line.start <= range.start),
      ),
      { align: 'center' },
    )
  }, [chosen, lines, map])
}
