/** Word documents, transitional and strict, with or without macros (ECMA-376 part 1, 17). */
import { doc, pageBreak } from '../../doc/build.ts'
import type { Block } from '../../doc/model.ts'
import { MdraftError } from '../../errors.ts'
import { child, descend, type Xml, xmlPieces } from '../../io/xml.ts'
import type { FlowReader, ReadContext } from '../../reader.ts'
import { append } from '../ooxml/append.ts'
import { loadParts } from '../ooxml/load.ts'
import { openPackage, type Package, packageOf, type Relationships } from '../ooxml/package.ts'
import { readMeta } from '../ooxml/properties.ts'
import { createBlockWalk, readBlocks } from './blocks.ts'
import { createFieldNumbers } from './field-numbers.ts'
import { createNotes, type NotePart } from './notes.ts'
import { readNumbering } from './numbering.ts'
import { breakSection, startPages } from './pages.ts'
import { isOn } from './properties.ts'
import type { NoteKind, Reading, Story } from './reading.ts'
import { type SectionStart, sectionStarts } from './section-starts.ts'
import { createFurniture, type FurnitureReader } from './sections.ts'
import { readStyles } from './styles.ts'
import { isWord2003, word2003Members } from './word-2003.ts'

export const readDocx: FlowReader = async ({ bytes }, context) => {
  const file = isWord2003(bytes)
    ? await packageOf(word2003Members(bytes, context.limits), context)
    : await openPackage(bytes, context)
  warnOfPackage(file, context)
  const body = await file.bytes(file.main)
  if (!body) throw new MdraftError('malformed', 'The Word file has no text part.')
  const parts = await readParts(file, context)
  const notes = createNotes(() => noteParts)
  const styles = readStyles(parts.one('styles')?.root)
  const sections = sectionStarts(body)
  const reading: Reading = {
    context,
    styles,
    numbering: readNumbering(parts.one('numbering')?.root, styles.numberingOf),
    loaded: await loadParts(file, [parts.links, ...parts.all.map((part) => part.links)], context),
    notes,
    pages: startPages(body, sections),
    fieldNumbers: createFieldNumbers(),
    seen: { insertions: 0, deletions: 0, hiddenCharacters: 0 },
  }
  const storyOf = (part: string, links: Relationships): Story => ({
    reading,
    part,
    isOnPaper: part === file.main && !hasBackground(body),
    links,
    fields: [],
    ordinals: { paragraphs: 0, tables: 0 },
    readBlocks,
  })
  const noteParts = parts.all.flatMap((part): NotePart[] => {
    const kind = noteKinds[part.type]
    if (!kind || (kind === 'comment' && context.options.comments === 'omit')) return []
    return [{ kind, root: part.root, story: storyOf(part.name, part.links) }]
  })
  const furniture = createFurniture(
    parts.links,
    new Map(
      parts.all
        .filter(({ type }) => type === 'header' || type === 'footer')
        .map((part) => [part.name, { root: part.root, story: storyOf(part.name, part.links) }]),
    ),
    isOn(child(parts.one('settings')?.root, 'evenAndOddHeaders')) === true,
  )
  const blocks = readBody(body, storyOf(file.main, parts.links), furniture, sections)
  reading.pages.current = undefined
  const all = [...blocks, ...notes.read()]
  warnOfReading(reading, all)
  return doc('docx', all, { meta: await readMeta(file) })
}

const noteKinds: Readonly<Record<string, NoteKind>> = {
  footnotes: 'footnote',
  endnotes: 'endnote',
  comments: 'comment',
}
const readTypes = new Set(['styles', 'numbering', 'settings', 'header', 'footer', ...Object.keys(noteKinds)])

type Part = {
  readonly type: string
  readonly name: string
  readonly root: Xml
  readonly links: Relationships
}
type Parts = {
  readonly links: Relationships
  readonly all: readonly Part[]
  one(type: string): Part | undefined
}

async function readParts(file: Package, context: ReadContext): Promise<Parts> {
  const links = await file.relationships(file.main)
  const all: Part[] = []
  const seen = new Set<string>([file.main])
  for (const { type, target, external } of links.values()) {
    if (external && !['hyperlink', 'image', 'subDocument'].includes(type))
      context.report.warn('external-reference', `A ${type} outside the file was not fetched.`)
    if (external || !readTypes.has(type) || seen.has(target)) continue
    seen.add(target)
    const root = await file.xml(target)
    if (root) all.push({ type, name: target, root, links: await file.relationships(target) })
  }
  return { links, all, one: (type) => all.find((part) => part.type === type) }
}

/** A page colour stands before the text (17.2.1). */
const hasBackground = (body: Uint8Array): boolean =>
  /<(\w+:)?background\b/.test(Buffer.from(body.subarray(0, 8192)).toString('latin1'))

/** How many blocks are read between looks at the clock. */
const BREATH = 200

function readBody(
  body: Uint8Array,
  story: Story,
  furniture: FurnitureReader,
  starts: readonly SectionStart[],
): Block[] {
  const { context, pages } = story.reading
  const blocks: Block[] = []
  let walk = createBlockWalk(story)
  const endSection = (section: Xml | undefined) => {
    const { headers, footers } = section ? furniture.of(section) : { headers: [], footers: [] }
    for (const part of [headers, walk.finish(), footers]) append(blocks, part)
    walk = createBlockWalk(story)
  }
  let sections = 0
  /** What follows stands in the next section. */
  const startSection = () => {
    const start = starts[++sections]
    const turn = start && breakSection(pages, start)
    if (!turn) return
    pages.topParagraph = story.ordinals.paragraphs + 1
    blocks.push(pageBreak(turn.page, { at: { page: turn.page, approximate: true }, byAuthor: true }))
  }
  let count = 0
  try {
    for (const piece of xmlPieces(
      body,
      context.limits,
      (_, parents) => parents.length === 2 && parents[1] === 'body',
    )) {
      if (++count % BREATH === 0) {
        context.progress({ stage: 'reading' })
        if (context.isLate()) {
          context.report.warn('deadline-reached', `Stopped after ${count} blocks: the time was up.`)
          break
        }
      }
      if (piece.local === 'sectPr') endSection(piece)
      else walk.read(piece)
      const section = descend(piece, 'pPr', 'sectPr')
      if (!section) continue
      endSection(section)
      startSection()
    }
  } catch (error) {
    if (!(error instanceof MdraftError) || error.code === 'xml_dtd_forbidden' || count === 0) throw error
    if (!['malformed', 'bomb', 'nested_too_deep'].includes(error.code)) throw error
    context.report.warn('part-damaged', `The text stops after ${count} blocks: ${error.message}`, {
      path: story.part,
    })
  }
  endSection(undefined)
  return blocks
}

function warnOfPackage(file: Package, { report }: ReadContext): void {
  if (file.names.some((name) => /vbaProject\.bin$/i.test(name)))
    report.warn('macros-ignored', 'The file holds macros; they were neither run nor read.')
}

function warnOfReading({ context, seen, pages }: Reading, blocks: readonly Block[]): void {
  const { report, options } = context
  if (seen.insertions + seen.deletions > 0)
    report.warn(
      'tracked-changes',
      `The document has tracked changes (${seen.insertions} insertions, ${seen.deletions} deletions); option: ${options.trackChanges}.`,
    )
  if (seen.hiddenCharacters > 0)
    report.warn('hidden-content', `${seen.hiddenCharacters} characters of hidden text were left out.`)
  if (blocks.some((block) => block.at.approximate))
    report.warn(
      'approximate-pages',
      pages.by === 'rendered'
        ? 'Page numbers are those of the last layout by Word.'
        : 'Page numbers count explicit page breaks only.',
    )
}
