/** From a page as it was read (turned upright, skew taken out) back to the page as it is displayed. */

type Corners = { readonly x0: number; readonly y0: number; readonly x1: number; readonly y1: number }

type QuarterTurn = 90 | 180 | 270

/** What was done to a page so that its lines run level. Absent: nothing. */
export type Frame = {
  /** Degrees clockwise by which the displayed page was turned. */
  readonly turned?: QuarterTurn
  /** Degrees counter-clockwise about the centre by which it was rotated after that. */
  readonly skew?: number
}

/** Smallest upright rectangle of the displayed page around `box`. `width` and `height` are the read page's. */
export function asDisplayed<B extends Corners>(box: B, frame: Frame, width: number, height: number): B {
  if (!frame.turned && !frame.skew) return box
  const corners = [
    [box.x0, box.y0],
    [box.x1, box.y0],
    [box.x0, box.y1],
    [box.x1, box.y1],
  ].map(([x, y]) => turnedBack(rotatedBack([x!, y!], frame.skew ?? 0, width, height), frame, width, height))
  const xs = corners.map(([x]) => x)
  const ys = corners.map(([, y]) => y)
  return { ...box, x0: Math.min(...xs), y0: Math.min(...ys), x1: Math.max(...xs), y1: Math.max(...ys) }
}

type Point = readonly [number, number]

function rotatedBack([x, y]: Point, degrees: number, width: number, height: number): Point {
  const angle = (degrees * Math.PI) / 180
  const dx = x - width / 2
  const dy = y - height / 2
  return [
    width / 2 + dx * Math.cos(angle) - dy * Math.sin(angle),
    height / 2 + dx * Math.sin(angle) + dy * Math.cos(angle),
  ]
}

function turnedBack([x, y]: Point, { turned }: Frame, width: number, height: number): Point {
  switch (turned) {
    case 90:
      return [y, width - x]
    case 180:
      return [width - x, height - y]
    case 270:
      return [height - y, x]
    default:
      return [x, y]
  }
}
