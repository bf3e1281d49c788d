/** Text of a shape: characters, the levels of its paragraphs, the styles of its characters, its links ([MS-PPT] 2.9). */
import { lineBreak, link, text } from '../../doc/build.ts'
import { tidyInline } from '../../doc/inline.ts'
import type { Inline, Mark } from '../../doc/model.ts'
import { type Line, plainParagraph } from '../paragraphs/lines.ts'
import { child, children, type Rec, types } from './records.ts'

/** Kinds of text (2.13.33). */
type TextKind = 'title' | 'body' | 'notes' | 'other'
export type ShapeText = { readonly kind: TextKind; readonly lines: readonly Line[] }

const kinds: Readonly<Record<number, TextKind>> = {
  0: 'title',
  6: 'title',
  1: 'body',
  5: 'body',
  7: 'body',
  8: 'body',
  2: 'notes',
}

/** Texts one after another; each starts with its head. */
export function textsIn(list: readonly Rec[], links: ReadonlyMap<number, string>): ShapeText[] {
  const groups: Rec[][] = []
  for (const record of list) {
    if (record.type === types.textHeader) groups.push([])
    groups.at(-1)?.push(record)
  }
  return groups.map((group) => textOf(group, links))
}

function textOf(group: readonly Rec[], links: ReadonlyMap<number, string>): ShapeText {
  const head = group[0]?.data
  const kind = kinds[head && head.length >= 4 ? head.readUInt32LE(0) : 4] ?? 'other'
  const chars = group.find(({ type }) => type === types.textChars)?.data
  const bytes = group.find(({ type }) => type === types.textBytes)?.data
  const words = chars ? chars.toString('utf16le') : bytes ? bytes.toString('latin1') : ''
  const style = group.find(({ type }) => type === types.textStyle)?.data
  const { paragraphs, characters } = readStyle(style ?? Buffer.alloc(0), words.length)
  const ranges = linkRanges(group, links)
  const lines: Line[] = []
  let at = 0
  for (const line of words.split('\r')) {
    const paragraph = runAt(paragraphs, at)
    const isBullet = paragraph?.isBullet ?? kind === 'body'
    lines.push({
      type: 'line',
      content: tidyInline(lineContent(line, at, characters, ranges)),
      paragraph: { ...plainParagraph, level: paragraph?.level ?? 0, list: isBullet ? 1 : undefined },
      label: isBullet ? '•' : undefined,
      anchors: [],
    })
    at += line.length + 1
  }
  return { kind, lines }
}

type Run = { readonly from: number; readonly to: number }
type ParagraphRun = Run & { readonly level: number; readonly isBullet: boolean | undefined }
type CharacterRun = Run & { readonly marks: readonly Mark[] }
type LinkRange = Run & { readonly href: string }

const runAt = <T extends Run>(runs: readonly T[], at: number): T | undefined =>
  runs.find(({ from, to }) => at >= from && at < to)

/** Sizes of the properties of a paragraph by the bits of its mask, in the order in which they are stored (2.9.20). */
const paragraphParts: readonly (readonly [mask: number, size: number])[] = [
  [0x80, 2],
  [0x10, 2],
  [0x40, 2],
  [0x20, 4],
  [0x800, 2],
  [0x1000, 2],
  [0x2000, 2],
  [0x4000, 2],
  [0x100, 2],
  [0x400, 2],
  [0x8000, 2],
]
const paragraphRest: readonly (readonly [mask: number, size: number])[] = [
  [0x10000, 2],
  [0xe0000, 2],
  [0x200000, 2],
]
const characterParts: readonly (readonly [mask: number, size: number])[] = [
  [0x10000, 2],
  [0x200000, 2],
  [0x400000, 2],
  [0x800000, 2],
  [0x20000, 2],
  [0x40000, 4],
  [0x80000, 2],
]

function readStyle(data: Buffer, length: number): { paragraphs: ParagraphRun[]; characters: CharacterRun[] } {
  const paragraphs: ParagraphRun[] = []
  const characters: CharacterRun[] = []
  const place = { at: 0 }
  try {
    for (let from = 0; from <= length && place.at < data.length; from = paragraphs.at(-1)!.to)
      paragraphs.push(readParagraphRun(data, place, from))
    for (let from = 0; from <= length && place.at < data.length; from = characters.at(-1)!.to)
      characters.push(readCharacterRun(data, place, from))
  } catch (error) {
    // Cut-off styles end what is known of them; the text is whole.
    if (!(error instanceof RangeError)) throw error
  }
  return { paragraphs, characters }
}

const skip = (mask: number, parts: readonly (readonly [mask: number, size: number])[]): number =>
  parts.reduce((sum, [bit, size]) => sum + ((mask & bit) !== 0 ? size : 0), 0)

function readParagraphRun(data: Buffer, place: { at: number }, from: number): ParagraphRun {
  const count = data.readUInt32LE(place.at)
  const level = Math.min(8, data.readUInt16LE(place.at + 4))
  const mask = data.readUInt32LE(place.at + 6)
  place.at += 10
  let isBullet: boolean | undefined
  if ((mask & 0xf) !== 0) {
    if ((mask & 1) !== 0) isBullet = (data.readUInt16LE(place.at) & 1) === 1
    place.at += 2
  }
  place.at += skip(mask, paragraphParts)
  if ((mask & 0x100000) !== 0) place.at += 2 + data.readUInt16LE(place.at) * 4
  place.at += skip(mask, paragraphRest)
  return { from, to: from + Math.max(1, count), level, isBullet }
}

const styleBits: readonly (readonly [bit: number, mark: Mark])[] = [
  [1, 'bold'],
  [2, 'italic'],
  [4, 'underline'],
]

function readCharacterRun(data: Buffer, place: { at: number }, from: number): CharacterRun {
  const count = data.readUInt32LE(place.at)
  const mask = data.readUInt32LE(place.at + 4)
  place.at += 8
  let marks: readonly Mark[] = []
  if ((mask & 0xffff) !== 0) {
    const bits = data.readUInt16LE(place.at)
    marks = styleBits.filter(([bit]) => (bits & mask & bit) !== 0).map(([, mark]) => mark)
    place.at += 2
  }
  const isRaised = (mask & 0x80000) !== 0
  place.at += skip(mask, characterParts)
  if (isRaised) {
    const raise = data.readInt16LE(place.at - 2)
    if (raise !== 0) marks = [...marks, raise > 0 ? 'superscript' : 'subscript']
  }
  return { from, to: from + Math.max(1, count), marks }
}

/** A link is told after the text, by its range (2.8.17). */
function linkRanges(group: readonly Rec[], links: ReadonlyMap<number, string>): LinkRange[] {
  const out: LinkRange[] = []
  let href: string | undefined
  for (const record of group) {
    if (record.type === types.interaction) {
      const atom = child(record, types.interactionAtom)?.data
      href = atom && atom.length >= 8 ? links.get(atom.readUInt32LE(4)) : undefined
    } else if (record.type === types.linkRange && record.data.length >= 8 && href !== undefined) {
      out.push({ from: record.data.readUInt32LE(0), to: record.data.readUInt32LE(4), href })
      href = undefined
    }
  }
  return out
}

function lineContent(
  line: string,
  start: number,
  characters: readonly CharacterRun[],
  links: readonly LinkRange[],
): Inline[] {
  const out: Inline[] = []
  for (let at = 0; at < line.length; ) {
    const style = runAt(characters, start + at)
    const target = runAt(links, start + at)
    const next = links.find(({ from }) => from > start + at)
    const end = Math.min(
      line.length,
      (style?.to ?? Number.POSITIVE_INFINITY) - start,
      (target?.to ?? next?.from ?? Number.POSITIVE_INFINITY) - start,
    )
    const stop = Math.max(at + 1, end)
    const nodes = piece(line.slice(at, stop), style?.marks ?? [])
    out.push(...(target ? [link(target.href, nodes)] : nodes))
    at = stop
  }
  return out
}

/** A vertical tab breaks the line; other controls are places of fields. */
const piece = (words: string, marks: readonly Mark[]): Inline[] =>
  words.split('\v').flatMap((part, index): Inline[] => {
    const plain = part.replace(/[\0-\x08\x0c-\x1f]/g, '')
    const node = plain === '' ? [] : [text(plain, marks)]
    return index === 0 ? node : [lineBreak(), ...node]
  })

/** The records of a shape's own text box. */
export const boxRecords = (shape: Rec): Rec[] => children(child(shape, types.textBox))
