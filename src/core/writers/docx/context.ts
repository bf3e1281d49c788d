/** What every part of a Word document needs to know. */
import type { Doc, Inline, Note } from '../../doc/model.ts'
import { walk } from '../../doc/walk.ts'
import type { Numbering } from './numbering.ts'

/** A picture's bytes, by the name that the Doc calls it. */
export type Pictures = ReadonlyMap<
  string,
  { readonly bytes: Uint8Array; readonly mime: string; readonly width?: number; readonly height?: number }
>

export type DocxContext = {
  readonly pictures: Pictures
  readonly emphasis: boolean
  readonly showFurniture: boolean
  /** Names of notes that some text refers to → their numbers in Word. */
  readonly footnotes: ReadonlyMap<string, number>
  readonly comments: ReadonlyMap<string, number>
  /** Anchors that some link points to → bookmark names as Word allows them. */
  readonly bookmarks: ReadonlyMap<string, string>
  /** Numberings that lists were given so far, each with the level of its list. */
  readonly numberings: (Numbering & { readonly level: number })[]
  /** Left indent of the paragraphs here, in twentieths of a point. */
  readonly indent: number
  /** The style of the paragraphs here. */
  readonly style?: string | undefined
  /** How many lists this stands in. */
  readonly level: number
}

export function createDocxContext(
  doc: Doc,
  pictures: Pictures,
  options: { emphasis: boolean; headersFooters: string },
): DocxContext {
  const notes: Note[] = []
  const referred = new Set<string>()
  const wanted = new Set<string>()
  for (const block of walk(doc)) {
    if (block.type === 'note') notes.push(block)
    if ('content' in block) collect(block.content, referred, wanted)
    if (block.type === 'contents') for (const { content } of block.entries) collect(content, referred, wanted)
  }
  const used = notes.filter(({ name }) => referred.has(name))
  const numbers = (some: readonly Note[]) => new Map(some.map(({ name }, index) => [name, index + 1]))
  return {
    pictures,
    emphasis: options.emphasis,
    showFurniture: options.headersFooters === 'show',
    footnotes: numbers(used.filter(({ kind }) => kind !== 'comment')),
    comments: numbers(used.filter(({ kind }) => kind === 'comment')),
    bookmarks: new Map([...wanted].map((name, index) => [name, `to_${index + 1}`])),
    numberings: [],
    indent: 0,
    level: 0,
  }
}

function collect(content: readonly Inline[], notes: Set<string>, anchors: Set<string>): void {
  for (const node of content) {
    if (node.type === 'noteRef') notes.add(node.name)
    if (node.type !== 'link') continue
    if (node.href.startsWith('#')) anchors.add(node.href.slice(1))
    collect(node.children, notes, anchors)
  }
}
