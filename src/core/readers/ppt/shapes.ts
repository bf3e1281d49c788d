/** The shapes of a slide in reading order ([MS-ODRAW] 2.2.13 to 2.2.16). */
import { child, children, type Rec, types } from './records.ts'

type Box = {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}
export type Shape = {
  readonly record: Rec
  readonly box: Box | undefined
  readonly placeholder: number | undefined
}
export type Drawn = Shape | { readonly cells: readonly Shape[]; readonly box: Box | undefined }

const DEEPEST = 30

/** Shapes and tables of a drawing, from top to bottom; groups are looked through. */
export function drawnOn(slide: Rec): readonly Drawn[] {
  const found: Drawn[] = []
  for (const holder of children(child(slide, types.drawing)))
    for (const group of children(holder)) if (group.type === types.group) collect(group, found, 0)
  return arrange(found)
}

function collect(group: Rec, found: Drawn[], depth: number): void {
  if (depth > DEEPEST) return
  const [own, ...members] = children(group)
  if (depth > 0 && own && isTable(own)) {
    const cells = members.filter(({ type }) => type === types.shape).map(shapeOf)
    found.push({ cells, box: boxOf(own) })
    return
  }
  for (const member of members) {
    if (member.type === types.group) collect(member, found, depth + 1)
    else if (member.type === types.shape) found.push(shapeOf(member))
  }
}

const shapeOf = (record: Rec): Shape => {
  const data = child(child(record, types.clientData), types.placeholder)?.data
  return { record, box: boxOf(record), placeholder: data && data.length >= 5 ? data[4] : undefined }
}

function boxOf(record: Rec): Box | undefined {
  const inner = child(record, types.childAnchor)?.data
  if (inner && inner.length >= 16)
    return {
      left: inner.readInt32LE(0),
      top: inner.readInt32LE(4),
      right: inner.readInt32LE(8),
      bottom: inner.readInt32LE(12),
    }
  const data = child(record, types.anchor)?.data
  if (!data || data.length < 8) return undefined
  const number = (at: number) => (data.length >= 16 ? data.readInt32LE(at * 4) : data.readInt16LE(at * 2))
  return { top: number(0), left: number(1), right: number(2), bottom: number(3) }
}

/** Properties of a shape by their number; long values stand behind the list (2.3.1). */
function property(record: Rec, type: number, wanted: number): { value: number; data: Buffer } | undefined {
  const list = children(record).find((one) => one.type === type)
  if (!list) return undefined
  let complex = list.instance * 6
  for (let at = 0; at < list.instance && at * 6 + 6 <= list.data.length; at++) {
    const id = list.data.readUInt16LE(at * 6)
    const value = list.data.readUInt32LE(at * 6 + 2)
    const size = (id & 0x8000) !== 0 ? value : 0
    if ((id & 0x3fff) === wanted) return { value, data: list.data.subarray(complex, complex + size) }
    complex += size
  }
  return undefined
}

const TABLE = 0x039f
const DESCRIPTION = 0x0381
const PICTURE = 0x0104

const isTable = (record: Rec): boolean =>
  ((property(record, types.moreProperties, TABLE)?.value ?? 0) & 1) === 1

export const isPicture = ({ record }: Shape): boolean =>
  property(record, types.properties, PICTURE) !== undefined

export const descriptionOf = ({ record }: Shape): string =>
  property(record, types.properties, DESCRIPTION)?.data.toString('utf16le').replace(/\0.*$/s, '').trim() ?? ''

/** Tops closer than this stand side by side (576 to the inch). */
const SAME_LINE = 100

function arrange(found: readonly Drawn[]): readonly Drawn[] {
  if (found.some(({ box }) => !box)) return found
  const sorted = [...found].sort((one, other) => one.box!.top - other.box!.top)
  const lines: Drawn[][] = []
  for (const one of sorted) {
    const line = lines.at(-1)
    if (line && one.box!.top - line[0]!.box!.top < SAME_LINE) line.push(one)
    else lines.push([one])
  }
  return lines.flatMap((line) => line.sort((one, other) => one.box!.left - other.box!.left))
}
