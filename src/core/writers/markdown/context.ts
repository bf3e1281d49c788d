/** What every block writer needs to know. */
import type { Block, Doc, Inline, Mark } from '../../doc/model.ts'
import { createSlugs } from '../../doc/slug.ts'
import { childBlocks, inlineText } from '../../doc/walk.ts'
import type { WriteOptions } from '../../options.ts'
import type { Sink } from '../sink.ts'
import type { Place } from './inline/escape.ts'
import { inlineMarkdown } from './inline/inline.ts'
import { needsHtml } from './pipes.ts'

export type Context = {
  readonly sink: Sink
  readonly options: WriteOptions
  /** What items without a number are marked with. */
  readonly bullet: '-' | '*'
  /** Names of notes → the labels they are printed under. */
  readonly noteLabels: ReadonlyMap<string, string>
  /** Names of notes that some text refers to: Markdown drops the others, so they are printed as text. */
  readonly referredNotes: ReadonlySet<string>
  /** Anchors that some link of the document points to. */
  readonly wantedAnchors: ReadonlySet<string>
  /**
   * Anchors → the names that links use: the one that a heading has of itself, for which nothing need be printed, or the
   * first of several that name one block.
   */
  readonly linkNames: ReadonlyMap<string, string>
}

export function createContext(doc: Doc, sink: Sink, options: WriteOptions): Context {
  const names: string[] = []
  const referred = new Set<string>()
  const anchors = new Set<string>()
  // Footnotes are not read inside HTML, so what stands in an HTML table refers to nothing.
  const stack = doc.blocks.map((block) => ({ block, isHtml: false, isInTable: false })).reverse()
  const linkNames = new Map<string, string>()
  const slugs = createSlugs()
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { block } = next
    const isHtml = next.isHtml || (block.type === 'table' && needsHtml(block))
    const isInTable = next.isInTable || block.type === 'table'
    if (block.type === 'heading' && !isInTable) {
      const name = slugs.next(inlineText(block.content).replaceAll('\n', ' '))
      if (name !== '') for (const anchor of block.anchors ?? []) linkNames.set(anchor, name)
    } else for (const anchor of block.anchors?.slice(1) ?? []) linkNames.set(anchor, block.anchors![0]!)
    if (block.type === 'note') names.push(block.name)
    for (const content of inlineContents(block)) collect(content, isHtml ? new Set() : referred, anchors)
    for (const child of childBlocks(block).toReversed()) stack.push({ block: child, isHtml, isInTable })
  }
  return {
    sink,
    options,
    bullet: '-',
    noteLabels: labelsOf(names),
    referredNotes: referred,
    wantedAnchors: anchors,
    linkNames,
  }
}

function inlineContents(block: Block): (readonly Inline[])[] {
  if (block.type === 'heading' || block.type === 'paragraph') return [block.content]
  if (block.type === 'contents') return block.entries.map(({ content }) => content)
  if (block.type === 'table' || block.type === 'figure') return block.caption ? [block.caption] : []
  return []
}

function collect(content: readonly Inline[], notes: Set<string>, anchors: Set<string>): void {
  for (const node of content) {
    if (node.type === 'noteRef') notes.add(node.name)
    if (node.type !== 'link') continue
    if (node.href.startsWith('#')) anchors.add(decode(node.href.slice(1)))
    collect(node.children, notes, anchors)
  }
}

function decode(fragment: string): string {
  try {
    return decodeURIComponent(fragment)
  } catch {
    return fragment
  }
}

/** GFM labels: no white space or brackets, and without regard to case two must not be the same. */
function labelsOf(names: readonly string[]): ReadonlyMap<string, string> {
  const labels = new Map<string, string>()
  const taken = new Set<string>()
  for (const name of names) {
    if (labels.has(name)) continue
    const base = name.replace(/[^\p{L}\p{N}.-]+/gu, '-') || 'note'
    let label = base
    for (let count = 2; taken.has(label.toLowerCase()); count++) label = `${base}-${count}`
    taken.add(label.toLowerCase())
    labels.set(name, label)
  }
  return labels
}

/** Links to any of a block's names lead to its first. */
const wantedAnchor = (anchors: readonly string[], { wantedAnchors, linkNames }: Context): string[] =>
  anchors.some((name) => wantedAnchors.has(name)) && !linkNames.has(anchors[0]!) ? [anchors[0]!] : []

export function inline(
  context: Context,
  content: readonly Inline[],
  place: Place,
  extra: { anchors?: readonly string[] | undefined; implied?: readonly Mark[] } = {},
): string {
  return inlineMarkdown(content, {
    place,
    inCell: place === 'cell',
    emphasis: context.options.emphasis,
    imageFolder: context.options.imageFolder,
    noteLabel: (name) => context.noteLabels.get(name),
    implied: extra.implied ?? [],
    anchors: wantedAnchor(extra.anchors ?? [], context),
    linkName: (fragment) => context.linkNames.get(decode(fragment)),
  })
}
