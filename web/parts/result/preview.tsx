// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
import { useVirtualizer } from '@tanstack/react-virtual'
import { type MouseEvent, type PointerEvent, useEffect, useRef } from 'react'
import { useChosen, useFocus } from '../focus.tsx'
import type { SourceMap } from '../source-map.ts'
import { ChunkView } from './chunk.tsx'

/** Characters on a line and pixels a line takes: only a first guess, every chunk is measured. */
const [LINE_CHARS, LINE_PX] = [80, 24]

const blockOf = (target: EventTarget): string | null =>
  (target instanceof Element && target.closest<HTMLElement>('[data-block]')?.dataset.block) || null

/** The Markdown as a reader sees it; each block knows its place in the source. */
export function Preview({ map }: { map: SourceMap }) {
  const focus = useFocus()
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: map.chunks.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => 12 + Math.ceil(map.chunks[index]!.text.length / LINE_CHARS) * LINE_PX,
    overscan: 10,
    paddingStart: 12,
    paddingEnd: 48,
  })
  useScrollToChosen(virtual, map)

  const choose = (event: MouseEvent) => {
    const block = blockOf(event.target)
    const range = block ? map.range(block) : undefined
    if (!range || String(getSelection()) !== '') return
    focus.choose({ blocks: [range.block], boxes: [], page: range.page, from: 'result' })
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click points at a place; the keyboard has j, k and the page keys
    <section
      ref={scroller}
      tabIndex={0}
      aria-label="Preview of the Markdown"
      className="min-h-0 flex-1 overflow-auto"
      onPointerMove={(event: PointerEvent) => focus.hover(blockOf(event.target))}
      onPointerLeave={() => focus.hover(null)}
      onClick={choose}
    >
      <div className="relative mx-auto max-w-3xl" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start, key }) => (
          <div
            key={key}
            data-index={index}
            ref={virtual.measureElement}
            className="absolute inset-x-0 top-0 px-6 py-[3px]"
            style={{ transform: `translateY(${start}px)` }}
          >
            <ChunkView chunk={map.chunks[index]!} map={map} />
          </div>
        ))}
      </div>
    </section>
  )
}

type Scroller = Pick<
  ReturnType<typeof useVirtualizer<HTMLDivElement, Element>>,
  'scrollToIndex' | 'getVirtualItems' | 'scrollElement'
>

function useScrollToChosen(virtual: Scroller, map: SourceMap): void {
  const chosen = useChosen(useFocus())
  const seen = useRef(0)
  const latest = useRef(virtual)
  latest.current = virtual
  useEffect(() => {
    if (!chosen || chosen.turn === seen.current) return
    seen.current = chosen.turn
    if (chosen.from === 'result') return
    const block =
      chosen.blocks.find((one) => map.chunkOf(one) >= 0) ??
      (chosen.page === null ? undefined : map.firstOn(chosen.page))
    if (!block) return
    const element = latest.current.scrollElement
    const isInSight = (): boolean => {
      const found = element?.querySelector(`[data-block="${CSS.escape(block)}"]`)?.getBoundingClientRect()
      const frame = element?.getBoundingClientRect()
      return !!found && !!frame && found.top >= frame.top && found.bottom <= frame.bottom
    }
    if (isInSight()) return
    latest.current.scrollToIndex(map.chunkOf(block), { align: 'center' })
    // A block deep in a long chunk: bring its own element into sight once it is there.
    const timer = setTimeout(() => {
      if (!isInSight())
        element?.querySelector(`[data-block="${CSS.escape(block)}"]`)?.scrollIntoView({ block: 'center' })
    }, 120)
    return () => clearTimeout(timer)
  }, [chosen, map])
}
