/** Words of a line as inline content, and what the line looks like. */
import { link, text as textNode } from '../doc/build.ts'
import type { Inline, Mark } from '../doc/model.ts'
import type { Rect, Word } from '../doc/page.ts'
import type { Segment } from './lines.ts'
import { heaviest } from './numbers.ts'
import type { BlockTag, PageTags } from './tags.ts'

/** A printed line, done with geometry inside it: small enough to keep for every page of a long document. */
export type Line = Rect & {
  readonly page: number
  readonly text: string
  readonly content: readonly Inline[]
  readonly baseline: number
  readonly size: number
  readonly font: string
  /** Every letter is bold (italic, coloured, a capital). */
  readonly isBold: boolean
  readonly isItalic: boolean
  readonly isCaps: boolean
  /** Width of its first word, and where the second begins. */
  readonly firstWidth: number
  readonly secondX: number
  readonly color?: string
  /** What the file's structure tree says it is part of. */
  readonly tag?: BlockTag
  /** Ends in a hyphen that the source marks as put in to break the word. */
  readonly endsSoft: boolean
  /** How sure recognition is of its letters, 0 to 1; absent: they were not recognised. */
  readonly confidence?: number
}

export function lineOf(segment: Segment, page: number, tags?: PageTags): Line {
  const { words } = segment
  const letters = words.filter((word) => hasLetter(word.text))
  const first = letters[0] ?? words[0]!
  const content = contentOf(segment)
  const text = content.map(wordsOf).join('')
  return {
    page,
    x0: segment.x0,
    y0: segment.y0,
    x1: segment.x1,
    y1: segment.y1,
    text,
    content,
    baseline: segment.baseline,
    size: segment.size,
    font: first.font,
    isBold: letters.length > 0 && letters.every((word) => word.bold),
    isItalic: letters.length > 0 && letters.every((word) => word.italic),
    isCaps: /\p{Lu}.*\p{Lu}/u.test(text) && !/\p{Ll}/u.test(text),
    ...firstWord(words),
    ...(first.color ? { color: first.color } : {}),
    ...tagOf(words, tags),
    endsSoft: words.at(-1)?.softHyphen === true,
    ...confidenceOf(words),
  }
}

/** Mean over the letters that were recognised. */
function confidenceOf(words: readonly Word[]): { confidence?: number } {
  let letters = 0
  let sum = 0
  for (const { text, confidence } of words) {
    if (confidence === undefined) continue
    letters += text.length
    sum += text.length * confidence
  }
  return letters === 0 ? {} : { confidence: sum / letters }
}

/** A letter or digit of any script; ASCII is told without the slow test. */
function hasLetter(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code > 127) return /[\p{L}\p{N}]/u.test(text)
    const lower = code | 32
    if ((code >= 48 && code <= 57) || (lower >= 97 && lower <= 122)) return true
  }
  return false
}

/** The first word with what is joined to it. */
function firstWord(words: readonly Word[]): { firstWidth: number; secondX: number } {
  let end = 1
  while (end < words.length && words[end]!.joined) end++
  return { firstWidth: words[end - 1]!.x1 - words[0]!.x0, secondX: words[end]?.x0 ?? words[0]!.x0 }
}

/** The block that most of the line's characters are tagged as part of, labels aside. */
function tagOf(words: readonly Word[], tags: PageTags | undefined): { tag?: BlockTag } {
  if (!tags) return {}
  const chars = new Map<BlockTag, number>()
  for (const word of words) {
    const tag = tags.blockOf(word)
    if (tag) chars.set(tag, (chars.get(tag) ?? 0) + (tag.kind === 'label' ? 0.01 : 1) * word.text.length)
  }
  const tag = heaviest(chars)
  return tag ? { tag } : {}
}

/** Runs of one style become one node; words are parted by one space. */
function contentOf(segment: Segment): Inline[] {
  const out: { text: string; marks: readonly Mark[]; href: string | undefined }[] = []
  let previous: Word | undefined
  for (const word of segment.words) {
    const marks = marksOf(word, segment)
    const { href } = word
    const gap = previous === undefined || isJoined(previous, word) ? '' : ' '
    const last = out.at(-1)
    if (last && last.href === href && sameMarks(last.marks, marks)) last.text += gap + word.text
    else {
      if (last) last.text += gap
      out.push({ text: word.text, marks, href })
    }
    previous = word
  }
  return out.map(({ text, marks, href }) => {
    const node = textNode(text, marks)
    return href === undefined || isAddress(text, href) ? node : link(href, [node])
  })
}

/** The text of a text node, or of a link's. */
export const wordsOf = (node: Inline): string =>
  node.type === 'text' ? node.text : node.type === 'link' ? node.children.map(wordsOf).join('') : ''

/** An address that is printed needs no link: it is one, or a part of one that is broken over lines. */
function isAddress(text: string, href: string): boolean {
  const bare = (one: string) =>
    one.toLowerCase().replace(/^(https?:\/\/|mailto:)(www\.)?|[\s/.,;)]+$|^[\s(<]+/g, '')
  return /^\S*$/.test(text.trim()) && (bare(href).includes(bare(text)) || /^(https?:\/\/|www\.)/.test(text))
}

const isJoined = (previous: Word, word: Word): boolean =>
  word.joined === true && word.x0 - previous.x1 < 0.25 * Math.max(word.size, previous.size)

const sameMarks = (one: readonly Mark[], other: readonly Mark[]): boolean =>
  one === other || (one.length === other.length && one.every((mark, at) => mark === other[at]))

const noMarks: readonly Mark[] = []

function marksOf(word: Word, line: Segment): readonly Mark[] {
  if (!word.bold && !word.italic && word.size >= 0.86 * line.size) return noMarks
  const marks: Mark[] = []
  if (word.bold) marks.push('bold')
  if (word.italic) marks.push('italic')
  if (word.size < 0.86 * line.size) {
    if (word.baseline < line.baseline - 0.12 * line.size) marks.push('superscript')
    else if (word.baseline > line.baseline + 0.06 * line.size) marks.push('subscript')
  }
  return marks
}
