/** How each section begins (ECMA-376 part 1, 17.6.22), known before the walk comes to its end, where it is stated. */

const known = ['nextPage', 'oddPage', 'evenPage', 'continuous', 'nextColumn'] as const
export type SectionStart = (typeof known)[number]

/** In the order of the text; a section that says nothing begins a page. */
export function sectionStarts(body: Uint8Array): readonly SectionStart[] {
  const source = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  const starts: SectionStart[] = []
  for (let at = source.indexOf(OPEN); at >= 0; ) {
    const end = endOf(source, at)
    if (isElement(source, at)) starts.push(startOf(source.toString('latin1', at, end)))
    at = source.indexOf(OPEN, end)
  }
  return starts
}

const OPEN = 'sectPr'
const CHANGE = 'sectPrChange'

/** `<w:sectPr`, with any prefix; not its end, nor the properties of before a change. */
const isElement = (source: Buffer, at: number): boolean =>
  /<(\w+:)?$/.test(source.toString('latin1', Math.max(0, at - 12), at)) &&
  !/\w/.test(source.toString('latin1', at + OPEN.length, at + OPEN.length + 1))

/** Behind the end tag; properties of before a change, which stand inside, are passed over. */
function endOf(source: Buffer, at: number): number {
  const close = source.indexOf('>', at)
  if (close < 0) return source.length
  if (source[close - 1] === 0x2f) return close
  const end = source.indexOf(OPEN, close)
  if (end < 0) return source.length
  if (!source.toString('latin1', end, end + CHANGE.length).startsWith(CHANGE)) return end + OPEN.length
  const after = source.indexOf(CHANGE, source.indexOf('>', end))
  const last = after < 0 ? -1 : source.indexOf(OPEN, after + CHANGE.length)
  return last < 0 ? source.length : last + OPEN.length
}

function startOf(properties: string): SectionStart {
  const [own = ''] = properties.split(CHANGE, 1)
  const value = /<(?:\w+:)?type\s[^>]*val\s*=\s*["'](\w+)["']/.exec(own)?.[1]
  return known.find((start) => start === value) ?? 'nextPage'
}
