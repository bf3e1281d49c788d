/** Everything a walk through the text looks up, opened once. */
import { MdraftError } from '../../errors.ts'
import type { CompoundFile } from '../../io/cfb.ts'
import type { Lists } from '../paragraphs/counting.ts'
import { type Fib, places, readFib } from './fib.ts'
import { readLists } from './lists.ts'
import { type Piece, readPieces } from './pieces.ts'
import { type PropertyRun, readRuns } from './properties.ts'
import { readStyles, type Style } from './styles.ts'

export type Reading = {
  readonly fib: Fib
  readonly stream: Buffer
  readonly table: Buffer
  /** Pictures and long property lists. */
  readonly data: Buffer
  readonly pieces: readonly Piece[]
  readonly paragraphs: readonly PropertyRun[]
  readonly characters: readonly PropertyRun[]
  readonly styles: ReadonlyMap<number, Style>
  readonly lists: Lists
}

export function openReading(file: CompoundFile): Reading {
  const stream = file.stream('WordDocument')
  if (!stream) throw damaged()
  const fib = readFib(stream)
  if (fib.isEncrypted)
    throw new MdraftError('password_required', 'The document is encrypted with a password.', {
      fix: 'Open it in Word, remove the password, save it as .docx, and retry.',
    })
  const table =
    file.stream(fib.table) ?? file.stream(fib.table === '1Table' ? '0Table' : '1Table') ?? Buffer.alloc(0)
  const at = (name: keyof typeof places) => fib.place(places[name])
  const pieceTable = at('pieces')
  const pieces = isWord97(fib) ? readPieces(table, pieceTable.at, pieceTable.size) : []
  const styleTable = at('styles')
  return {
    fib,
    stream,
    table,
    data: file.stream('Data') ?? Buffer.alloc(0),
    pieces: pieces.length > 0 ? pieces : onePiece(fib),
    paragraphs: isWord97(fib) ? readRuns(stream, table, at('paragraphPages'), 'paragraph') : [],
    characters: isWord97(fib) ? readRuns(stream, table, at('characterPages'), 'character') : [],
    styles: isWord97(fib) ? readStyles(table, styleTable.at, styleTable.size) : new Map(),
    lists: readLists(table, at('lists'), at('listOverrides')),
  }
}

const damaged = () =>
  new MdraftError('malformed', 'The Word 97–2003 file is damaged: its text is missing.', {
    fix: 'Open it in Word, save it as .docx, and retry.',
  })

/** Word 6 and 95 store other structures; their text lies in one piece. */
export const isWord97 = ({ version }: Fib): boolean => version >= 0xc1

const onePiece = ({ textFrom, textTo, counts }: Fib): Piece[] => [
  { from: 0, to: Math.max(counts.text, textTo - textFrom), at: textFrom, isWide: false, changes: undefined },
]
