/** The tables at the start of a file: fonts, styles, lists, properties (RTF 1.9.1, "Contents of an RTF File"). */

import { BULLET, type LevelDefinition, type Lists } from '../paragraphs/counting.ts'
import { codePageOfCharset, type Font, SYMBOL_CHARSET } from './fonts.ts'
import type { Destination } from './state.ts'

type Style = {
  readonly name: string
  readonly outline: number | undefined
  readonly list: number | undefined
  readonly level: number
}

export type Header = {
  readonly fonts: Map<number, Font>
  readonly styles: Map<number, Style>
  readonly info: Map<string, string>
}

export const newHeader = (): Header => ({ fonts: new Map(), styles: new Map(), info: new Map() })

/** `{\f0\froman\fcharset0 Times New Roman;}`, also without the inner braces. */
export function fontTable({ fonts }: Header): Destination {
  let number: number | undefined
  let codePage: number | undefined
  let name = ''
  const store = () => {
    const known = name.replace(/;.*$/s, '').trim()
    if (number !== undefined) fonts.set(number, { name: known, codePage })
    number = undefined
    codePage = undefined
    name = ''
  }
  return {
    text: (value) => {
      name += value
      if (value.includes(';')) store()
    },
    word: (word, parameter) => {
      if (word === 'f') {
        if (number !== undefined) store()
        number = parameter ?? 0
      } else if (word === 'fcharset')
        codePage = parameter === SYMBOL_CHARSET ? undefined : codePageOfCharset(parameter ?? 0)
      else if (word === 'cpg') codePage = parameter
      return true
    },
    end: store,
  }
}

export function styleSheet({ styles }: Header): Destination {
  let number = 0
  let isParagraph = true
  let outline: number | undefined
  let list: number | undefined
  let level = 0
  let name = ''
  const store = () => {
    const known = name.replace(/;.*$/s, '').trim()
    if (known !== '' && isParagraph) styles.set(number, { name: known, outline, list, level })
    number = 0
    isParagraph = true
    outline = undefined
    list = undefined
    level = 0
    name = ''
  }
  return {
    text: (value) => {
      name += value
      if (value.includes(';')) store()
    },
    word: (word, parameter) => {
      if (word === 's') number = parameter ?? 0
      else if (word === 'cs' || word === 'ds' || word === 'ts') isParagraph = false
      else if (word === 'outlinelevel') outline = parameter
      else if (word === 'ls') list = parameter
      else if (word === 'ilvl') level = parameter ?? 0
      return true
    },
    end: store,
  }
}

/** `\list` holds `\listlevel` nine times; `\leveltext` starts with its length. */
export function listTable({ levels }: Lists): Destination {
  let current: LevelDefinition[] = []
  let open: LevelDefinition | undefined
  let isText = false
  return {
    text: (value) => {
      if (isText && open) open.text += value
    },
    word: (word, parameter) => {
      if (word === 'list') current = []
      else if (word === 'listlevel') {
        open = { format: 0, start: 1, text: '' }
        current.push(open)
        isText = false
      } else if (word === 'levelnfc' || word === 'levelnfcn') {
        if (open) open.format = parameter ?? 0
      } else if (word === 'levelstartat') {
        if (open) open.start = parameter ?? 1
      } else if (word === 'leveltext') isText = true
      else if (word === 'levelnumbers') isText = false
      else if (word === 'listid' && parameter !== undefined) {
        levels.set(parameter, current.map(withoutLength))
      }
      return true
    },
  }
}

/** The first character of a level's text counts those that follow; a semicolon ends it. */
const withoutLength = (level: LevelDefinition): LevelDefinition => ({
  ...level,
  text: level.text.slice(1).replace(/;$/, ''),
})

export function overrideTable({ overrides }: Lists): Destination {
  let id: number | undefined
  return {
    text: () => {},
    word: (word, parameter) => {
      if (word === 'listid') id = parameter
      else if (word === 'ls' && id !== undefined && parameter !== undefined) overrides.set(parameter, id)
      return true
    },
  }
}

const infoWords: ReadonlySet<string> = new Set([
  'title',
  'subject',
  'author',
  'keywords',
  'doccomm',
  'company',
])

export function infoGroup({ info }: Header): Destination {
  let key: string | undefined
  let date: Record<string, number> | undefined
  const dates: Record<string, Record<string, number>> = {}
  return {
    text: (value) => {
      if (key !== undefined) info.set(key, (info.get(key) ?? '') + value)
    },
    word: (word, parameter) => {
      if (infoWords.has(word)) {
        key = word
        info.delete(word)
      } else if (word === 'creatim' || word === 'revtim') {
        key = undefined
        date = {}
        dates[word] = date
      } else if (date && /^(yr|mo|dy|hr|min|sec)$/.test(word)) date[word] = parameter ?? 0
      else if (
        /^(operator|manager|category|hlinkbase|printim|buptim|version|vern|edmins|nofpages|nofwords|nofchars|id)$/.test(
          word,
        )
      )
        key = undefined
      return true
    },
    end: () => {
      for (const [word, { yr, mo = 1, dy = 1, hr = 0, min = 0, sec = 0 }] of Object.entries(dates))
        if (yr) info.set(word, `${yr}-${two(mo)}-${two(dy)}T${two(hr)}:${two(min)}:${two(sec)}`)
    },
  }
}

const two = (value: number): string => String(value).padStart(2, '0')

/** The older way to number: `{\*\pn\pnlvlbody\pndec\pnstart1{\pntxta .}}`. */
export function paragraphNumbering(
  lists: Lists,
  current: () => { list: number | undefined; level: number },
): Destination {
  const level: LevelDefinition = { format: 0, start: 1, text: '' }
  let before = ''
  let after = ''
  let side: 'before' | 'after' | undefined
  let list: number | undefined
  let at = 0
  const formats: Readonly<Record<string, number>> = {
    pndec: 0,
    pncard: 0,
    pnord: 0,
    pnucrm: 1,
    pnlcrm: 2,
    pnucltr: 3,
    pnlcltr: 4,
    pnlvlblt: BULLET,
  }
  return {
    text: (value) => {
      if (side === 'before') before += value
      else if (side === 'after') after += value
    },
    word: (word, parameter) => {
      if (word in formats) level.format = formats[word]!
      else if (word === 'pnstart') level.start = parameter ?? 1
      else if (word === 'pntxtb') side = 'before'
      else if (word === 'pntxta') side = 'after'
      else if (word === 'ls') list = parameter
      else if (word === 'ilvl') at = parameter ?? 0
      return true
    },
    end: () => {
      const id = list ?? current().list ?? LEGACY
      const levels = lists.levels.get(id) ?? []
      levels[at] ??= { ...level, text: `${before}${String.fromCharCode(at)}${after}` }
      lists.levels.set(id, levels)
    },
  }
}

/** Stands for the one list of files that number paragraphs without naming lists. */
export const LEGACY = -1
