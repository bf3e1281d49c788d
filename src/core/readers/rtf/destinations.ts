/** Words that say where the text of their group goes (RTF 1.9.1, "Destination Control Words"). */
import { furniture, note, noteRef } from '../../doc/build.ts'
import type { Block } from '../../doc/model.ts'
import { plainText } from '../../doc/walk.ts'
import { isPageNumber } from '../page-number.ts'
import { type Cx, newRow, silent, skip } from './cx.ts'
import { linkOf, newField, shownBy } from './fields.ts'
import {
  fontTable,
  infoGroup,
  LEGACY,
  listTable,
  overrideTable,
  paragraphNumbering,
  styleSheet,
} from './header.ts'
import { picture } from './pictures.ts'
import type { Destination } from './state.ts'

type Open = (cx: Cx) => void

/** Gathers the text of a group and gives it at its end. */
const gather = (cx: Cx, finish: (value: string) => void): void => {
  let value = ''
  cx.enter({
    text: (more) => {
      value += more
    },
    end: () => finish(value),
  })
}

const label: Open = (cx) => {
  const own = cx.story()
  gather(cx, (value) => own.label(value.replace(/\t/g, ' ')))
}

const numbering: Open = (cx) => {
  const { list, level } = cx.state.paragraph
  cx.enter(paragraphNumbering(cx.lists, () => ({ list, level })))
  if (list === undefined) cx.afterEnd(() => cx.paragraph({ list: LEGACY }))
}

const field: Open = (cx) => {
  const made = newField()
  cx.fields.push(made)
  cx.atEnd(() => {
    cx.fields.pop()
    const isBox = /FORMCHECKBOX/i.test(made.instruction)
    const value = made.hasResult && !isBox ? '' : shownBy(made)
    if (value !== '') cx.addText(value, cx.state)
  })
}

const fieldInstruction: Open = (cx) => {
  const made = cx.fields.at(-1)
  cx.enter({
    text: (value) => {
      if (made) made.instruction += value
    },
    word: (word, parameter) => {
      if (made && word === 'ffdefres' && made.checked === undefined) made.checked = parameter === 1
      // 25 stands for "as by default".
      if (made && word === 'ffres' && parameter !== 25) made.checked = parameter === 1
      return !(word in destinations)
    },
  })
}

const fieldResult: Open = (cx) => {
  const made = cx.fields.at(-1)
  const link = made && linkOf(made)
  if (made) made.hasResult = true
  cx.change({ destination: cx.body, ...(link ? { link } : {}) })
}

const footnote: Open = (cx) => {
  const { notes } = cx
  const name = String(notes.filter(({ kind }) => kind !== 'comment').length + 1)
  // Kept a place for: a note may hold another.
  const at = notes.push(note('footnote', name, [])) - 1
  cx.story().add(noteRef(name), undefined)
  cx.enterStory((blocks) => {
    notes[at] = note(notes[at]!.kind, name, blocks)
  })
}

const endnote: Open = ({ notes }) => {
  const at = notes.findLastIndex(({ kind }) => kind === 'footnote')
  if (at >= 0) notes[at] = { ...notes[at]!, kind: 'endnote' }
}

const comment: Open = (cx) => {
  const { notes, author } = cx
  if (cx.context.options.comments === 'omit') return cx.enter(skip)
  const name = `c${notes.filter(({ kind }) => kind === 'comment').length + 1}`
  cx.story().add(noteRef(name), undefined)
  cx.enterStory((blocks) => notes.push(note('comment', name, blocks, { author })))
}

const commentAuthor: Open = (cx) =>
  gather(cx, (value) => {
    cx.author = value.trim() || undefined
  })

const pictureData: Open = (cx) => {
  const made = picture(cx.context, cx.add)
  cx.pictures.push(made)
  cx.enter({
    ...made,
    end: () => {
      cx.pictures.pop()
      made.end?.()
    },
  })
}

/** `{\sp{\sn wzDescription}{\sv text}}` describes a picture. */
const shapeProperty: Open = (cx) => {
  const host = cx.pictures.at(-1)
  const parts = { sn: '', sv: '' }
  let side: 'sn' | 'sv' | undefined
  const property: Destination = {
    text: (more) => {
      if (side) parts[side] += more
    },
    word: (word) => {
      if (word === 'sn') parts.sv = ''
      if (word === 'sn' || word === 'sv') {
        side = word
        parts[word] = ''
      }
      return word !== 'pict'
    },
    end: () => {
      const words = parts.sv.trim()
      if (host && parts.sn.trim() === 'wzDescription' && words !== '') host.alt = words
    },
  }
  cx.enter(property)
}

const textBox: Open = (cx) => {
  const host = cx.story()
  cx.enterStory((blocks) => host.after(blocks))
}

const pageText =
  (role: 'header' | 'footer'): Open =>
  (cx) =>
    cx.enterStory((blocks: readonly Block[]) => {
      const words = blocks.map(plainText).join('\n').trim()
      const isKnown = cx.furniture.some(
        (one) => one.type === 'furniture' && one.role === role && plainText(one).trim() === words,
      )
      if (words !== '' && !isPageNumber(words) && !isKnown) cx.furniture.push(furniture(role, blocks))
    })

const nestedRow: Open = (cx) => {
  const outer = cx.row
  cx.row = newRow()
  cx.atEnd(() => {
    cx.row = outer
  })
}

const bookmark: Open = (cx) => gather(cx, (value) => cx.story().anchor(value.trim()))
const ignore: Open = (cx) => cx.enter(skip)
const quiet: Open = (cx) => cx.enter(silent())
const text: Open = (cx) => cx.change({ destination: cx.body })

/** Groups of the header and of programs' own data, some written without `\*`. */
const ignored =
  'colortbl filetbl revtbl rsidtbl generator xmlnstbl themedata colorschememapping latentstyles datastore template private objdata objclass objname passwordhash mmathPr background listpicture wgrffmtfilter pgptbl ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn tc tcn xe rxe txe comment keycode atnid atnref atndate atrfstart atrfend bkmkend datafield shprslt nonshppict nonesttables'.split(
    ' ',
  )

export const destinations: Readonly<Record<string, Open>> = {
  ...Object.fromEntries(ignored.map((word) => [word, ignore])),
  fonttbl: (cx) => cx.enter(fontTable(cx.header)),
  stylesheet: (cx) => cx.enter(styleSheet(cx.header)),
  listtable: (cx) => cx.enter(listTable(cx.lists)),
  listoverridetable: (cx) => cx.enter(overrideTable(cx.lists)),
  info: (cx) => cx.enter(infoGroup(cx.header)),
  pn: numbering,
  pntext: label,
  listtext: label,
  field,
  fldinst: fieldInstruction,
  fldrslt: fieldResult,
  formfield: fieldInstruction,
  footnote,
  ftnalt: endnote,
  annotation: comment,
  atnauthor: commentAuthor,
  pict: pictureData,
  picprop: shapeProperty,
  sp: shapeProperty,
  shp: quiet,
  shpinst: quiet,
  shptxt: textBox,
  dptxbxtext: textBox,
  do: quiet,
  object: quiet,
  result: text,
  upr: quiet,
  ud: text,
  shppict: () => {},
  nesttableprops: nestedRow,
  header: pageText('header'),
  headerl: pageText('header'),
  headerr: pageText('header'),
  headerf: pageText('header'),
  footer: pageText('footer'),
  footerl: pageText('footer'),
  footerr: pageText('footer'),
  footerf: pageText('footer'),
  bkmkstart: bookmark,
}
