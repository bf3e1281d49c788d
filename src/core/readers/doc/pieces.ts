/** The piece table: text is stored in pieces, in one byte or two a character ([MS-DOC] 2.4.1, 2.8.35, 2.9.73). */
import { decodeAs } from '../../io/text.ts'

export type Piece = {
  /** Character positions, end excluded. */
  readonly from: number
  readonly to: number
  /** Offset in the main stream of its first character. */
  readonly at: number
  readonly isWide: boolean
  /** Changes to the piece's paragraphs and characters that a fast save left here. */
  readonly changes: Buffer | undefined
}

const MOST_PIECES = 1_000_000

export function readPieces(table: Buffer, at: number, size: number): Piece[] {
  const end = Math.min(table.length, at + size)
  const grpprls: Buffer[] = []
  let offset = at
  while (offset + 3 <= end && table[offset] === 1) {
    const length = table.readUInt16LE(offset + 1)
    grpprls.push(table.subarray(offset + 3, offset + 3 + length))
    offset += 3 + length
  }
  if (offset + 5 > end || table[offset] !== 2) return []
  const count = Math.min(
    MOST_PIECES,
    Math.floor((Math.min(table.readUInt32LE(offset + 1), end - offset - 5) - 4) / 12),
  )
  const positions = offset + 5
  const descriptors = positions + (count + 1) * 4
  const pieces: Piece[] = []
  for (let index = 0; index < count; index++) {
    const fc = table.readUInt32LE(descriptors + index * 8 + 2)
    const prm = table.readUInt16LE(descriptors + index * 8 + 6)
    const isWide = (fc & 0x40000000) === 0
    const place = fc & 0x3fffffff
    pieces.push({
      from: table.readUInt32LE(positions + index * 4),
      to: table.readUInt32LE(positions + index * 4 + 4),
      at: isWide ? place : place / 2,
      isWide,
      changes: (prm & 1) === 1 ? grpprls[prm >> 1] : undefined,
    })
  }
  return pieces.filter(({ from, to }) => to > from)
}

/** Characters `[from, to)` of a piece. */
export function pieceText(
  stream: Buffer,
  { from: start, at, isWide }: Piece,
  from: number,
  to: number,
): string {
  const step = isWide ? 2 : 1
  const bytes = stream.subarray(at + (from - start) * step, at + (to - start) * step)
  if (isWide) return bytes.toString('utf16le')
  return decodeAs(bytes, 'windows-1252') ?? bytes.toString('latin1')
}

export const placeOf = ({ from, at, isWide }: Piece, position: number): number =>
  at + (position - from) * (isWide ? 2 : 1)

/** The piece that holds this position. */
export function pieceAt(pieces: readonly Piece[], position: number): Piece | undefined {
  let low = 0
  let high = pieces.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const piece = pieces[middle]!
    if (position < piece.from) high = middle - 1
    else if (position >= piece.to) low = middle + 1
    else return piece
  }
  return undefined
}
