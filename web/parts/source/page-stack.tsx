// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
/** Pages one below the other, only those in sight drawn, with the blocks of the map lit up on them. */
import { useVirtualizer } from '@tanstack/react-virtual'
import {
  type PointerEvent,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useChosen, useFocus } from '../focus.tsx'
import type { SourceMap } from '../source-map.ts'
import { Highlights } from './highlights.tsx'
import { PageBar } from './page-bar.tsx'

export type PageSize = { readonly page: number; readonly width: number; readonly height: number }
const GAP = 16
const PADDING = 16

type Props = {
  readonly sizes: readonly PageSize[]
  readonly map: SourceMap
  readonly label: string
  readonly children: (page: number, scale: number) => ReactNode
}

export function PageStack({ sizes, map, label, children }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  const width = useWidth(scroller)
  const [zoom, setZoom] = useState(1)
  const widest = Math.max(...sizes.map((size) => size.width))
  const scale = Math.max(0.1, ((width - 2 * PADDING) / widest) * zoom)
  const tops = useMemo(() => {
    let top = PADDING
    return sizes.map((size) => {
      const here = top
      top += Math.round(size.height * scale) + GAP
      return here
    })
  }, [sizes, scale])

  const virtual = useVirtualizer({
    count: sizes.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => Math.round(sizes[index]!.height * scale),
    gap: GAP,
    paddingStart: PADDING,
    paddingEnd: PADDING,
    overscan: 1,
  })
  useLayoutEffect(() => {
    if (scale) virtual.measure()
  }, [scale, virtual])
  useScrollToChosen(scroller, tops, scale, map, sizes)

  const offset = virtual.scrollOffset ?? 0
  const sight = virtual.scrollRect?.height ?? 0
  const current =
    sizes[
      Math.max(
        0,
        tops.findLastIndex((top) => top <= offset + sight / 3),
      )
    ]?.page ?? 1
  const go = (page: number) => {
    const index = sizes.findIndex((size) => size.page === page)
    if (index >= 0) scroller.current?.scrollTo({ top: tops[index]! - PADDING })
  }

  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <PageBar current={current} pages={sizes.length} onPage={go} zoom={zoom} onZoom={setZoom} />
      <section
        ref={scroller}
        tabIndex={0}
        aria-label={label}
        className="relative min-h-0 flex-1 overflow-auto bg-sunken"
      >
        {width > 0 && (
          <div
            className="relative mx-auto"
            style={{ height: virtual.getTotalSize(), width: Math.max(width, widest * scale + 2 * PADDING) }}
          >
            {virtual.getVirtualItems().map(({ index, start }) => (
              <Page key={sizes[index]!.page} size={sizes[index]!} scale={scale} top={start} map={map}>
                {children(sizes[index]!.page, scale)}
              </Page>
            ))}
          </div>
        )}
      </section>
    </div>
  )
}

type PageProps = {
  readonly size: PageSize
  readonly scale: number
  readonly top: number
  readonly map: SourceMap
  readonly children: ReactNode
}

function Page({ size, scale, top, map, children }: PageProps) {
  const focus = useFocus()
  const under = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    return map.blockUnder(size.page, (event.clientX - box.left) / scale, (event.clientY - box.top) / scale)
  }
  const down = useRef({ x: 0, y: 0 })
  return (
    <div
      className="absolute left-1/2 -translate-x-1/2 bg-white shadow-page"
      style={{ top, width: Math.round(size.width * scale), height: Math.round(size.height * scale) }}
      data-page={size.page}
      onPointerMove={(event) => focus.hover(under(event) ?? null)}
      onPointerLeave={() => focus.hover(null)}
      onPointerDown={(event) => {
        down.current = { x: event.clientX, y: event.clientY }
      }}
      onPointerUp={(event) => {
        // Dragging selects text; only a click chooses a block.
        const moved = Math.hypot(event.clientX - down.current.x, event.clientY - down.current.y)
        const block = moved < 4 && event.button === 0 ? under(event) : undefined
        if (block) focus.choose({ blocks: [block], boxes: [], page: size.page, from: 'source' })
      }}
    >
      {children}
      <Highlights page={size.page} scale={scale} map={map} />
    </div>
  )
}

function useWidth(element: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    if (!element.current) return
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry!.contentRect.width)))
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element])
  return width
}

/** A third from the top: the eye finds it there, and the context above stays in sight. */
const AIM = 0.3

function useScrollToChosen(
  scroller: React.RefObject<HTMLElement | null>,
  tops: readonly number[],
  scale: number,
  map: SourceMap,
  sizes: readonly PageSize[],
): void {
  const chosen = useChosen(useFocus())
  const seen = useRef(0)
  useEffect(() => {
    const element = scroller.current
    if (!chosen || chosen.turn === seen.current || !element || element.clientHeight === 0) return
    seen.current = chosen.turn
    if (chosen.from === 'source') return
    const boxes =
      chosen.boxes.length > 0 ? chosen.boxes : chosen.blocks.flatMap((block) => map.range(block)?.boxes ?? [])
    const first = boxes.find((box) => chosen.page === null || box.page === chosen.page) ?? boxes[0]
    const page = first?.page ?? chosen.page
    const index = sizes.findIndex((size) => size.page === page)
    if (index < 0) return
    const top = tops[index]! + (first ? first.y0 * scale - element.clientHeight * AIM : -PADDING)
    const isNear = Math.abs(top - element.scrollTop) < element.clientHeight * 2
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches
    element.scrollTo({ top, behavior: isNear && !isCalm ? 'smooth' : 'instant' })
  }, [chosen, scroller, tops, scale, map, sizes])
}
