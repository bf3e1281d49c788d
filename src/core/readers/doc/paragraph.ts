/** A paragraph's and its characters' properties, from their styles and their own changes ([MS-DOC] 2.6.1, 2.6.2). */
import type { Mark } from '../../doc/model.ts'
import { type Paragraph, plainParagraph } from '../paragraphs/lines.ts'
import type { RowDefinition } from '../paragraphs/tables.ts'
import { number, type PropertyRun, type Sprm, sprms } from './properties.ts'
import type { Reading } from './reading.ts'
import { type Style, styleChain } from './styles.ts'

export type ParagraphFacts = {
  readonly paragraph: Paragraph
  readonly style: Style | undefined
  /** Marks that the style gives to all characters. */
  readonly styleMarks: ReadonlySet<Mark>
  readonly endsRow: boolean
  readonly endsInnerRow: boolean
  readonly endsInnerCell: boolean
  readonly row: RowDefinition
}

const INDENT_LEFT = [0x840f, 0x845e]

export function paragraphFacts(
  run: PropertyRun | undefined,
  more: Buffer | undefined,
  reading: Reading,
): ParagraphFacts {
  const chain = run ? styleChain(reading.styles, run.style) : []
  const groups = [
    ...chain.map((style) => style.paragraph),
    ...(run ? [long(run.changes, reading)] : []),
    ...(more ? [more] : []),
  ]
  const facts = { ...plain }
  for (const group of groups) for (const sprm of sprms(group)) applyToParagraph(sprm, facts)
  const { inTable, depth, list, level, indent, outline } = facts
  const isInTable = inTable || depth > 0
  return {
    paragraph: {
      ...plainParagraph,
      inTable: isInTable,
      depth: isInTable ? Math.max(1, depth) : undefined,
      style: run?.style,
      list: list > 0 && list < 0xf801 ? list : undefined,
      level,
      indent,
      outline: outline < 9 ? outline : undefined,
    },
    style: chain.at(-1),
    styleMarks: marksOf(chain),
    endsRow: facts.endsRow,
    endsInnerRow: facts.endsInnerRow,
    endsInnerCell: facts.endsInnerCell,
    row: { cells: facts.cells, isHeader: facts.isHeader },
  }
}

/** A list of properties too long for its page stands in the data stream (sprmPHugePapx). */
function long(changes: Buffer, { data }: Reading): Buffer {
  for (const sprm of sprms(changes)) {
    if (sprm.code !== 0x6646 && sprm.code !== 0x6645) continue
    const at = sprm.operand.length >= 4 ? sprm.operand.readUInt32LE(0) : data.length
    if (at + 2 > data.length) continue
    return data.subarray(at + 2, at + 2 + data.readUInt16LE(at))
  }
  return changes
}

const plain = {
  inTable: false,
  depth: 0,
  list: 0,
  level: 0,
  indent: 0,
  outline: 9,
  endsRow: false,
  endsInnerRow: false,
  endsInnerCell: false,
  isHeader: false,
  cells: [] as RowDefinition['cells'],
}

function applyToParagraph(sprm: Sprm, facts: typeof plain): void {
  const value = number(sprm)
  switch (sprm.code) {
    case 0x2416:
      facts.inTable = value !== 0
      break
    case 0x2417:
      facts.endsRow = value !== 0
      break
    case 0x244b:
      facts.endsInnerCell = value !== 0
      break
    case 0x244c:
      facts.endsInnerRow = value !== 0
      break
    case 0x6649:
      facts.depth = Math.max(0, Math.min(20, value))
      break
    case 0x260a:
      facts.level = Math.min(8, value)
      break
    case 0x460b:
      facts.list = value
      break
    case 0x2640:
      facts.outline = value
      break
    case 0x3404:
      facts.isHeader = value !== 0
      break
    case 0xd608:
      facts.cells = cellsOf(sprm.operand)
      break
    default:
      if (INDENT_LEFT.includes(sprm.code))
        facts.indent = sprm.operand.length >= 2 ? sprm.operand.readInt16LE(0) : 0
  }
}

/** Edges of the cells of a row, and which of them are joined (2.9.315, 2.9.313). */
function cellsOf(operand: Buffer): RowDefinition['cells'] {
  const count = Math.min(64, operand[0] ?? 0)
  const flags = 1 + (count + 1) * 2
  return Array.from({ length: count }, (_, at) => {
    const edge = 1 + (at + 1) * 2
    const bits = flags + at * 20 + 2 <= operand.length ? operand.readUInt16LE(flags + at * 20) : 0
    return {
      right: edge + 2 <= operand.length ? operand.readInt16LE(edge) : at,
      joinsLeft: (bits & 0x0003) === 2,
      // Joined to the one above, and not the first of the joined ones.
      joinsAbove: (bits & 0x0060) === 0x0020,
    }
  })
}

export type CharacterFacts = {
  readonly marks: ReadonlySet<Mark>
  readonly isHidden: boolean
  readonly isInserted: boolean
  readonly isDeleted: boolean
  /** The character stands for something else: a picture, a note's mark. */
  readonly isSpecial: boolean
  /** A character of a symbol font. */
  readonly symbol: { readonly font: number; readonly code: number } | undefined
  /** Where the data stream describes a picture. */
  readonly picture: number | undefined
}

const toggles: Readonly<Record<number, Mark>> = {
  2101: 'bold',
  2102: 'italic',
  2103: 'strike',
  10835: 'strike',
}

export function characterFacts(
  run: PropertyRun | undefined,
  styleMarks: ReadonlySet<Mark>,
  reading: Reading,
): CharacterFacts {
  const marks = new Set(styleMarks)
  const facts = {
    isHidden: false,
    isInserted: false,
    isDeleted: false,
    isSpecial: false,
    symbol: undefined as CharacterFacts['symbol'],
    picture: undefined as number | undefined,
  }
  const own = run?.changes ?? Buffer.alloc(0)
  for (const sprm of sprms(own))
    if (sprm.code === 0x4a30)
      for (const mark of marksOf(styleChain(reading.styles, number(sprm)))) marks.add(mark)
  for (const sprm of sprms(own)) applyToCharacter(sprm, marks, styleMarks, facts)
  return { marks, ...facts }
}

type Open = { -readonly [K in keyof Omit<CharacterFacts, 'marks'>]: CharacterFacts[K] }

function applyToCharacter(sprm: Sprm, marks: Set<Mark>, inherited: ReadonlySet<Mark>, facts: Open): void {
  const value = number(sprm)
  const toggle = toggles[sprm.code]
  if (toggle) setMark(marks, toggle, toggled(value, inherited.has(toggle)))
  switch (sprm.code) {
    case 0x0800:
      facts.isDeleted = value !== 0
      break
    case 0x0801:
      facts.isInserted = value !== 0
      break
    case 0x083c:
      facts.isHidden = toggled(value, false)
      break
    case 0x0855:
      facts.isSpecial = value !== 0
      break
    case 0x2a3e:
      setMark(marks, 'underline', value !== 0)
      break
    case 0x2a48:
      setMark(marks, 'superscript', value === 1)
      setMark(marks, 'subscript', value === 2)
      break
    case 0x6a03:
      facts.picture = sprm.operand.length >= 4 ? sprm.operand.readUInt32LE(0) : undefined
      break
    case 0x6a09:
      if (sprm.operand.length >= 4)
        facts.symbol = { font: sprm.operand.readUInt16LE(0), code: sprm.operand.readUInt16LE(2) }
  }
}

/** 0x80 follows the style, 0x81 turns it round (2.9.327). */
const toggled = (value: number, inherited: boolean): boolean =>
  value === 0x80 ? inherited : value === 0x81 ? !inherited : value !== 0

const setMark = (marks: Set<Mark>, mark: Mark, isOn: boolean): void => {
  if (isOn) marks.add(mark)
  else marks.delete(mark)
}

function marksOf(chain: readonly Style[]): Set<Mark> {
  const marks = new Set<Mark>()
  for (const { character } of chain)
    for (const sprm of sprms(character)) {
      const toggle = toggles[sprm.code]
      if (toggle) setMark(marks, toggle, toggled(number(sprm), marks.has(toggle)))
    }
  return marks
}
