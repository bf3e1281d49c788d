/** Tokens to blocks. The stack of groups is a list of our own: nesting costs memory, never the call stack. */
import { text } from '../../doc/build.ts'
import type { Block, Mark, Note } from '../../doc/model.ts'
import { decodeAs } from '../../io/text.ts'
import type { ReadContext } from '../../reader.ts'
import { isSymbolFont, symbolText } from '../ooxml/symbols.ts'
import { countLabel, newLists } from '../paragraphs/counting.ts'
import { type Line, plainParagraph } from '../paragraphs/lines.ts'
import { createStory, type Story } from '../paragraphs/story.ts'
import { type Cx, newRow, skip } from './cx.ts'
import { destinations } from './destinations.ts'
import { encodingOfCodePage } from './fonts.ts'
import { type Header, LEGACY, newHeader } from './header.ts'
import { type Character, type Destination, plainCharacter, type State } from './state.ts'
import { type Token, tokens } from './tokens.ts'
import { characters, everywhere, symbols, words } from './words.ts'

export type Rtf = {
  readonly blocks: readonly Block[]
  readonly notes: readonly Note[]
  readonly header: Header
}

export function interpret(bytes: Uint8Array, context: ReadContext): Rtf {
  const reader = createInterpreter(context)
  let count = 0
  for (const token of tokens(bytes)) {
    reader.take(token)
    if (++count % 100_000 !== 0) continue
    context.progress({ stage: 'reading' })
    if (!context.isLate()) continue
    context.report.warn('deadline-reached', 'The end of the document was not read: the deadline was reached.')
    break
  }
  return reader.end()
}

type Frame = {
  readonly state: State
  readonly ends: readonly (() => void)[]
  readonly after: readonly (() => void)[]
}

function createInterpreter(context: ReadContext) {
  const { report } = context
  const header = newHeader()
  const lists = newLists()
  const stories: Story[] = []
  const frames: Frame[] = []
  const changes = createChanges(context)
  let ends: (() => void)[] = []
  let after: (() => void)[] = []
  /** `\*` counts only where a group starts. */
  let isGroupStart = false
  let isOptional = false
  /** Characters still to drop after a `\u`. */
  let toDrop = 0
  let pending: number[] = []
  let pendingEncoding = ''

  const openStory = (): Story => {
    const story = createStory((line) => outlineOf(line, header), report)
    stories.push(story)
    return story
  }
  const body: Destination = { text: (value, at) => cx.addText(value, at) }
  const change = (part: Partial<State>) => {
    cx.state = { ...cx.state, ...part }
  }

  const cx: Cx = {
    context,
    header,
    lists,
    body,
    notes: [],
    furniture: [],
    fields: [],
    pictures: [],
    state: {
      character: plainCharacter,
      paragraph: plainParagraph,
      destination: body,
      unicodeSkip: 1,
      link: undefined,
    },
    codePage: 1252,
    defaultFont: 0,
    row: newRow(),
    author: undefined,
    story: () => stories.at(-1)!,
    enter: (destination) => {
      change({ destination })
      if (destination.end) ends.push(destination.end)
    },
    enterStory: (finish) => {
      const inner = openStory()
      const { font } = cx.state.character
      change({
        destination: body,
        paragraph: plainParagraph,
        character: { ...plainCharacter, font },
        link: undefined,
      })
      ends.push(() => {
        stories.splice(stories.indexOf(inner))
        finish(inner.end(cx.state.paragraph))
      })
    },
    atEnd: (act) => ends.push(act),
    afterEnd: (act) => after.push(act),
    change,
    character: (part) => change({ character: { ...cx.state.character, ...part } }),
    paragraph: (part) => change({ paragraph: { ...cx.state.paragraph, ...part } }),
    addText: (value, at) => {
      const marks = changes.marks(value, at.character)
      if (marks) cx.story().add(text(value, [...at.character.marks, ...marks]), at.link)
    },
    add: (node) => cx.story().add(node, cx.state.link),
    flush: () => {
      if (pending.length === 0) return
      const bytes = Uint8Array.from(pending)
      pending = []
      emit(decodeAs(bytes, pendingEncoding) ?? Buffer.from(bytes).toString('latin1'))
    },
    label: (at) => (stated) => {
      const list = at.list ?? (at.style === undefined ? undefined : header.styles.get(at.style)?.list)
      if (stated !== undefined) {
        if (list !== undefined) countLabel(lists, list, at.level)
        return stated
      }
      if (list === undefined || list === 0) return undefined
      if (!lists.levels.has(lists.overrides.get(list) ?? list)) return list === LEGACY ? undefined : '•'
      return countLabel(lists, list, at.level) ?? '•'
    },
  }
  const main = openStory()

  const font = () => header.fonts.get(cx.state.character.font ?? cx.defaultFont)
  function emit(value: string): void {
    const { destination } = cx.state
    const name = destination === body ? font()?.name : undefined
    destination.text(isSymbolFont(name) ? symbolText(value, name!) : value, cx.state)
  }
  const takeByte = (byte: number) => {
    if (toDrop > 0) {
      toDrop--
      return
    }
    const encoding = encodingOfCodePage(font()?.codePage ?? cx.codePage)
    if (encoding !== pendingEncoding) cx.flush()
    pendingEncoding = encoding
    pending.push(byte)
  }
  const takeBytes = (bytes: Uint8Array) => {
    const { destination } = cx.state
    if (destination === skip) return
    if (destination.isRaw) destination.text(Buffer.from(bytes).toString('latin1'), cx.state)
    else for (const byte of bytes) takeByte(byte)
  }
  const takeUnicode = (parameter: number) => {
    cx.flush()
    // Written as a signed number of 16 bits.
    const code = parameter < 0 ? parameter + 65_536 : parameter
    emit(code <= 0xffff ? String.fromCharCode(code) : String.fromCodePoint(Math.min(code, 0x10ffff)))
    toDrop = cx.state.unicodeSkip
  }
  const takeWord = (word: string, parameter: number | undefined) => {
    const wasOptional = isOptional
    isOptional = false
    if (word === 'u' && parameter !== undefined) return takeUnicode(parameter)
    const { destination } = cx.state
    if (destination === skip) return
    cx.flush()
    if (destination.word?.(word, parameter, cx.state)) {
      if (everywhere.has(word) && word !== 'f') words[word]!(cx, parameter)
      return
    }
    const open = destinations[word]
    if (open) return open(cx)
    if (wasOptional) return cx.enter(skip)
    const value = characters[word]
    if (value !== undefined) destination.text(value, cx.state)
    else if (destination === body || everywhere.has(word)) words[word]?.(cx, parameter)
  }
  const takeSymbol = (symbol: string) => {
    const value = symbols[symbol]
    if (value === undefined) return
    if (toDrop > 0) {
      toDrop--
      return
    }
    cx.flush()
    cx.state.destination.text(value, cx.state)
  }
  const open = () => {
    cx.flush()
    toDrop = 0
    frames.push({ state: cx.state, ends, after })
    ends = []
    after = []
  }
  const close = () => {
    cx.flush()
    toDrop = 0
    const frame = frames.pop()
    if (!frame) return
    for (const end of ends.reverse()) end()
    const acts = after
    ends = [...frame.ends]
    after = [...frame.after]
    cx.state = frame.state
    for (const act of acts) act()
  }

  return {
    take(token: Token): void {
      const wasGroupStart = isGroupStart
      isGroupStart = token.type === 'open'
      switch (token.type) {
        case 'open':
          open()
          break
        case 'close':
          close()
          break
        case 'word':
          takeWord(token.word, token.parameter)
          break
        case 'symbol':
          if (token.symbol === '*') isOptional = wasGroupStart
          else takeSymbol(token.symbol)
          break
        case 'bytes':
          takeBytes(token.bytes)
          break
        case 'byte':
          if (cx.state.destination !== skip && !cx.state.destination.isRaw) takeByte(token.byte)
          break
        case 'binary':
          cx.state.destination.binary?.(token.bytes)
      }
    },
    end(): Rtf {
      cx.flush()
      while (frames.length > 0) close()
      const blocks = main.end(cx.state.paragraph)
      changes.tell()
      return { blocks: [...cx.furniture, ...blocks], notes: cx.notes, header }
    },
  }
}

/** Levels come from the paragraph, else from its style; paragraphs in tables are no headings. */
function outlineOf({ paragraph, content }: Line, { styles }: Header): number | undefined {
  if (content.length === 0 || paragraph.inTable || paragraph.depth) return undefined
  if (paragraph.outline !== undefined && paragraph.outline < 9) return paragraph.outline + 1
  const style = paragraph.style === undefined ? undefined : styles.get(paragraph.style)
  const named = /^heading (\d)/i.exec(style?.name ?? '')
  if (named) return Number(named[1])
  if (/^title$/i.test(style?.name ?? '')) return 1
  return style?.outline !== undefined && style.outline < 9 ? style.outline + 1 : undefined
}

/** Hidden text and tracked changes: which characters are part of what was asked for. */
function createChanges({ options, report }: ReadContext) {
  let count = 0
  const read = { accept: 'as if accepted', reject: 'as if rejected', all: 'both ways' }
  return {
    /** Marks to add; undefined: left out. */
    marks(value: string, { isHidden, isInserted, isDeleted }: Character): readonly Mark[] | undefined {
      if (isHidden && options.hiddenText === 'omit') {
        if (value.trim() !== '')
          report.warn('hidden-content', `Hidden text was left out: "${value.trim().slice(0, 60)}".`)
        return undefined
      }
      if (!isInserted && !isDeleted) return []
      count++
      if (options.trackChanges === 'all') return isDeleted ? ['deleted'] : ['inserted']
      const isLeftOut = options.trackChanges === 'accept' ? isDeleted : isInserted
      return isLeftOut ? undefined : []
    },
    tell(): void {
      if (count > 0)
        report.warn(
          'tracked-changes',
          `The document holds tracked changes; they were read ${read[options.trackChanges]}.`,
        )
    },
  }
}
