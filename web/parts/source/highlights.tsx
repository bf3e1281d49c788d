import { memo } from 'react'
import { type Chosen, type Painted, useChosen, useFocus, useHovered, usePainted } from '../focus.tsx'
import { type Box, mergeBoxes, type SourceMap } from '../source-map.ts'

/** Air around the ink, in points. */
const AIR = 1.5

type Props = { readonly page: number; readonly scale: number; readonly map: SourceMap }

/** The hovered and the chosen block as boxes on one page. */
export function Highlights({ page, scale, map }: Props) {
  const focus = useFocus()
  const hovered = useHovered(focus)
  const chosen = useChosen(focus)
  const painted = usePainted(focus)
  const here = (boxes: readonly Box[]) => mergeBoxes(boxes.filter((box) => box.page === page))
  const lit = chosen ? here(boxesOf(chosen, map)) : []
  const hover = hovered && !chosen?.blocks.includes(hovered) ? here(map.range(hovered)?.boxes ?? []) : []
  return (
    <>
      {painted.length > 0 && <Paint painted={painted} page={page} scale={scale} />}
      {hover.length > 0 && <Marks boxes={hover} scale={scale} kind="hover" />}
      {lit.length > 0 && <Marks key={chosen?.turn} boxes={lit} scale={scale} kind="chosen" />}
    </>
  )
}

type PaintProps = { readonly painted: readonly Painted[]; readonly page: number; readonly scale: number }

/** Remembered: pointing at a block should not lay thousands of sentences out again. */
const Paint = memo(function Paint({ painted, page, scale }: PaintProps) {
  return (
    <div className="highlights" data-kind="painted">
      {painted.flatMap(({ boxes, colour }, index) =>
        mergeBoxes(boxes.filter((box) => box.page === page)).map((box) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two sentences may share a line
          <div key={`${index} ${box.x0} ${box.y0}`} style={{ ...placeOf(box, scale), background: colour }} />
        )),
      )}
    </div>
  )
})

const placeOf = (box: Box, scale: number) => ({
  left: (box.x0 - AIR) * scale,
  top: (box.y0 - AIR) * scale,
  width: (box.x1 - box.x0 + 2 * AIR) * scale,
  height: (box.y1 - box.y0 + 2 * AIR) * scale,
})

const boxesOf = (chosen: Chosen, map: SourceMap): readonly Box[] =>
  chosen.boxes.length > 0 ? chosen.boxes : chosen.blocks.flatMap((block) => map.range(block)?.boxes ?? [])

function Marks({ boxes, scale, kind }: { boxes: readonly Box[]; scale: number; kind: 'hover' | 'chosen' }) {
  return (
    <div className="highlights" data-kind={kind}>
      {boxes.map((box) => (
        <div key={`${box.x0} ${box.y0}`} style={placeOf(box, scale)} />
      ))}
    </div>
  )
}
