/** Words that change the style of what follows, or stand for a character, a paragraph's end, a cell's end. */
import { lineBreak } from '../../doc/build.ts'
import type { Mark } from '../../doc/model.ts'
import { plainParagraph } from '../paragraphs/lines.ts'
import { type Cx, newRow } from './cx.ts'
import { plainCharacter } from './state.ts'

type Act = (cx: Cx, parameter: number | undefined) => void

/** `\b` is on, `\b0` off. */
const mark =
  (...names: readonly Mark[]): Act =>
  (cx, parameter) => {
    const others = cx.state.character.marks.filter((one) => !names.includes(one))
    cx.character({ marks: parameter === 0 ? others : [...others, ...names] })
  }
const off =
  (...names: readonly Mark[]): Act =>
  (cx) =>
    mark(...names)(cx, 0)

const endParagraph: Act = (cx) => {
  cx.flush()
  cx.story().endParagraph(cx.state.paragraph, cx.label(cx.state.paragraph))
}
const breakLine: Act = (cx) => {
  cx.flush()
  cx.add(lineBreak())
}
const depth = (cx: Cx): number => Math.max(2, cx.state.paragraph.depth ?? 2)
const definition = ({ row: { cells, isHeader } }: Cx) => ({ cells, isHeader })

const endCell =
  (at: (cx: Cx) => number): Act =>
  (cx) => {
    cx.flush()
    cx.story().endCell({ ...cx.state.paragraph, depth: at(cx) }, cx.label(cx.state.paragraph))
  }
const endRow =
  (at: (cx: Cx) => number): Act =>
  (cx) => {
    cx.flush()
    cx.story().endRow({ ...cx.state.paragraph, depth: at(cx) }, definition(cx))
    if (at(cx) === 1) cx.story().inRow = false
  }

/** More cells than any page can show. */
const MOST_CELLS = 1_000

export const words: Readonly<Record<string, Act>> = {
  ansicpg: (cx, parameter) => {
    cx.codePage = parameter || 1252
  },
  mac: (cx) => {
    cx.codePage = 10000
  },
  pc: (cx) => {
    cx.codePage = 437
  },
  pca: (cx) => {
    cx.codePage = 850
  },
  deff: (cx, parameter) => {
    cx.defaultFont = parameter ?? 0
  },
  uc: (cx, parameter) => cx.change({ unicodeSkip: Math.max(0, parameter ?? 1) }),
  f: (cx, parameter) => cx.character({ font: parameter }),
  plain: (cx) => cx.character(plainCharacter),
  b: mark('bold'),
  i: mark('italic'),
  ul: mark('underline'),
  uld: mark('underline'),
  uldb: mark('underline'),
  ulw: mark('underline'),
  ulnone: off('underline'),
  strike: mark('strike'),
  striked: mark('strike'),
  super: mark('superscript'),
  sub: mark('subscript'),
  nosupersub: off('superscript', 'subscript'),
  v: (cx, parameter) => cx.character({ isHidden: parameter !== 0 }),
  revised: (cx, parameter) => cx.character({ isInserted: parameter !== 0 }),
  deleted: (cx, parameter) => cx.character({ isDeleted: parameter !== 0 }),
  pard: (cx) => cx.change({ paragraph: plainParagraph }),
  s: (cx, parameter) => cx.paragraph({ style: parameter }),
  outlinelevel: (cx, parameter) => cx.paragraph({ outline: parameter }),
  ls: (cx, parameter) => cx.paragraph({ list: parameter }),
  ilvl: (cx, parameter) => cx.paragraph({ level: Math.max(0, Math.min(8, parameter ?? 0)) }),
  li: (cx, parameter) => cx.paragraph({ indent: parameter ?? 0 }),
  intbl: (cx) => cx.paragraph({ inTable: true }),
  itap: (cx, parameter = 1) => cx.paragraph({ depth: Math.max(0, parameter), inTable: parameter > 0 }),
  par: endParagraph,
  sect: endParagraph,
  page: endParagraph,
  line: breakLine,
  lbr: breakLine,
  cell: endCell(() => 1),
  nestcell: endCell(depth),
  row: endRow(() => 1),
  nestrow: endRow(depth),
  trowd: (cx) => {
    cx.row = newRow()
    cx.story().inRow = true
  },
  trhdr: (cx) => {
    cx.row.isHeader = true
  },
  clmrg: (cx) => {
    cx.row.flags = { ...cx.row.flags, joinsLeft: true }
  },
  clvmrg: (cx) => {
    cx.row.flags = { ...cx.row.flags, joinsAbove: true }
  },
  cellx: (cx, parameter) => {
    if (cx.row.cells.length < MOST_CELLS) cx.row.cells.push({ ...cx.row.flags, right: parameter ?? 0 })
    cx.row.flags = {}
  },
}

/** Words that hold in every destination: they decide how bytes are read. */
export const everywhere: ReadonlySet<string> = new Set([
  'uc',
  'f',
  'plain',
  'ansicpg',
  'mac',
  'pc',
  'pca',
  'deff',
])

export const characters: Readonly<Record<string, string>> = {
  tab: '\t',
  emdash: '—',
  endash: '–',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  bullet: '•',
  emspace: '\u2003',
  enspace: '\u2002',
  qmspace: '\u2005',
  zwj: '\u200d',
  zwnj: '\u200c',
}

/** `\~` and its kin; `\-`, an optional hyphen, is not printed. */
export const symbols: Readonly<Record<string, string>> = {
  '~': '\u00a0',
  _: '-',
  '\\': '\\',
  '{': '{',
  '}': '}',
  '\t': '\t',
}
