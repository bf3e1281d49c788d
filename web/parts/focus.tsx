/** Which block is pointed at and which is chosen: shared by source and result, without rendering either again. */
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import type { Box } from './source-map.ts'

type Side = 'source' | 'result' | 'finding'
export type Chosen = {
  readonly blocks: readonly string[]
  /** Boxes to draw instead of those of the blocks: the words of a quote. */
  readonly boxes: readonly Box[]
  readonly page: number | null
  /** Where the user chose; the other sides scroll. */
  readonly from: Side
  /** Counts choices, so that choosing the same again scrolls again. */
  readonly turn: number
}

/** Sentences coloured by what became of them. */
export type Painted = {
  readonly boxes: readonly Box[]
  readonly blocks: readonly string[]
  readonly colour: string
}

export type Focus = ReturnType<typeof createFocus>

const none: readonly Painted[] = []

function createFocus() {
  let hovered: string | null = null
  let chosen: Chosen | null = null
  let painted: readonly Painted[] = none
  let turn = 0
  const listeners = new Set<() => void>()
  const tell = () => {
    for (const listener of listeners) listener()
  }
  return {
    hovered: () => hovered,
    chosen: () => chosen,
    painted: () => painted,
    paint(next: readonly Painted[]) {
      painted = next
      tell()
    },
    hover(block: string | null) {
      if (block === hovered) return
      hovered = block
      tell()
    },
    choose(choice: Omit<Chosen, 'turn'> | null) {
      if (!choice && !chosen) return
      turn += 1
      chosen = choice && { ...choice, turn }
      tell()
    },
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}

const FocusContext = createContext<Focus | null>(null)

export function FocusProvider({ children }: { children: ReactNode }) {
  const [focus] = useState(createFocus)
  useBlockStyles(focus)
  return <FocusContext value={focus}>{children}</FocusContext>
}

export function useFocus(): Focus {
  const focus = useContext(FocusContext)
  if (!focus) throw new Error('useFocus stands outside FocusProvider')
  return focus
}
export const useHovered = (focus: Focus) => useSyncExternalStore(focus.subscribe, focus.hovered)
export const usePainted = (focus: Focus) => useSyncExternalStore(focus.subscribe, focus.painted)
export const useChosen = (focus: Focus) => useSyncExternalStore(focus.subscribe, focus.chosen)

/**
 * Blocks in HTML are marked by a rule in a sheet of our own: one change reaches every element of a block, also those
 * that a virtual list mounts later, and nothing renders.
 */
function useBlockStyles(focus: Focus): void {
  useEffect(() => {
    const sheet = new CSSStyleSheet()
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
    const rule = (blocks: readonly string[], colour: string) =>
      blocks.length === 0
        ? ''
        : `${blocks.map((block) => `#root [data-block="${CSS.escape(block)}"]`).join(',')}{background:${colour};box-shadow:0 0 0 3px ${colour}}`
    const paint = () => {
      const hovered = focus.hovered()
      sheet.replaceSync(
        // Pages have boxes; where there are none the whole block takes the colour.
        focus
          .painted()
          .filter(({ boxes }) => boxes.length === 0)
          .map(({ blocks, colour }) => rule(blocks, `color-mix(in srgb, ${colour} 40%, transparent)`))
          .join('') +
          rule(hovered ? [hovered] : [], 'var(--mark-soft)') +
          rule(focus.chosen()?.blocks ?? [], 'color-mix(in srgb, var(--mark) 60%, transparent)'),
      )
    }
    const stop = focus.subscribe(paint)
    return () => {
      stop()
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet)
    }
  }, [focus])
}
