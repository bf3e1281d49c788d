/** A Doc as a Word document. */
import type { Block, Doc, Furniture, Note } from '../../doc/model.ts'
import { plainText, walk } from '../../doc/walk.ts'
import { rewriteZip } from '../../io/zip-rewrite.ts'
import { defaultWriteOptions, type WriteOptions } from '../../options.ts'
import { bulletLevels, numberingName, wordBlocks } from './blocks.ts'
import { createDocxContext, type DocxContext, type Pictures } from './context.ts'
import { clean } from './inline.ts'
import {
  AlignmentType,
  Document,
  Footer,
  Header,
  type ICommentOptions,
  type ISectionOptions,
  LevelFormat,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  ShadingType,
  TextRun,
} from './library.ts'
import { isWide } from './widths.ts'

export async function writeDocx(
  doc: Doc,
  pictures: Pictures = new Map(),
  options: Partial<WriteOptions> = {},
): Promise<Uint8Array> {
  const context = createDocxContext(doc, pictures, { ...defaultWriteOptions, ...options })
  // First, since the lists on the way say which numberings the document needs.
  const sections = sectionsOf(doc, context)
  const notes = [...walk(doc)].filter((block): block is Note => block.type === 'note')
  const file = new Document({
    title: clean(doc.meta.title ?? ''),
    creator: clean(doc.meta.author ?? ''),
    ...(doc.meta.subject ? { subject: clean(doc.meta.subject) } : {}),
    ...(doc.meta.keywords ? { keywords: clean(doc.meta.keywords) } : {}),
    styles,
    numbering: { config: [{ reference: 'bullets', levels: bullets }, ...numberings(context)] },
    footnotes: footnotes(notes, context),
    ...(context.comments.size > 0 ? { comments: { children: comments(notes, context) } } : {}),
    sections,
  })
  return settle(await Packer.toBuffer(file))
}

/** A table too wide for a page that stands is put on pages that lie, with the heading above it. */
function sectionsOf(doc: Doc, context: DocxContext): ISectionOptions[] {
  const lies = doc.blocks.map((block) => block.type === 'table' && isWide(block.rows))
  for (let at = lies.length - 1; at > 0; at--)
    if (lies[at] && doc.blocks[at - 1]!.type === 'heading') lies[at - 1] = true
  const groups: { lies: boolean; blocks: Block[] }[] = []
  for (const [at, block] of doc.blocks.entries()) {
    const last = groups.at(-1)
    if (last && last.lies === lies[at]) last.blocks.push(block)
    else groups.push({ lies: lies[at]!, blocks: [block] })
  }
  if (groups.length === 0) groups.push({ lies: false, blocks: [] })
  return groups.map((group) => ({
    ...furniture(doc),
    ...(group.lies ? { properties: { page: { size: { orientation: PageOrientation.LANDSCAPE } } } } : {}),
    children: wordBlocks(group.blocks, context),
  }))
}

/** Code and quotes by the names that Word's users and other converters give them. */
const styles = {
  default: { document: { run: { font: 'Calibri', size: 22 }, paragraph: { spacing: { after: 120 } } } },
  paragraphStyles: [
    {
      id: 'SourceCode',
      name: 'Source Code',
      basedOn: 'Normal',
      run: { font: 'Courier New', size: 18 },
      paragraph: { shading: { type: ShadingType.CLEAR, fill: 'F2F2F2' } },
    },
    { id: 'Quote', name: 'Quote', basedOn: 'Normal', run: { color: '404040' } },
    { id: 'Caption', name: 'caption', basedOn: 'Normal', run: { italics: true, size: 18 } },
  ],
  characterStyles: [{ id: 'VerbatimChar', name: 'Verbatim Char', run: { font: 'Courier New' } }],
}

const numberings = ({ numberings: all }: DocxContext) =>
  all.map(({ level, format, before, after, start }, at) => ({
    reference: numberingName(at + 1),
    levels: [{ level, format, start, text: `${before}%${level + 1}${after}`, alignment: AlignmentType.LEFT }],
  }))

const bullets = Array.from({ length: bulletLevels }, (_, level) => ({
  level,
  format: LevelFormat.BULLET,
  text: ['•', '◦', '▪'][level % 3]!,
  alignment: AlignmentType.LEFT,
  style: { paragraph: { indent: { left: 720 * (level + 1), hanging: 360 } } },
}))

function footnotes(notes: readonly Note[], context: DocxContext): Record<string, { children: Paragraph[] }> {
  const rows = notes.flatMap(({ name, blocks }) => {
    const id = context.footnotes.get(name)
    return id === undefined ? [] : [[String(id), { children: paragraphsOf(blocks, context) }] as const]
  })
  return Object.fromEntries(rows)
}

/** A note holds paragraphs; a table in it is given as text. */
const paragraphsOf = (blocks: Note['blocks'], context: DocxContext): Paragraph[] =>
  blocks.flatMap((block) =>
    block.type === 'table'
      ? [new Paragraph(clean(plainText(block)))]
      : wordBlocks([block], context).filter((one) => one instanceof Paragraph),
  )

function comments(notes: readonly Note[], context: DocxContext): ICommentOptions[] {
  return notes.flatMap(({ name, blocks, author, date }) => {
    const id = context.comments.get(name)
    const time = Date.parse(date ?? '')
    if (id === undefined) return []
    return [
      {
        id,
        children: paragraphsOf(blocks, context),
        author: clean(author ?? ''),
        ...(Number.isNaN(time) ? {} : { date: new Date(time) }),
      },
    ]
  })
}

/** What the pages repeat is said once, as Word does: the first text of each kind. */
function furniture(doc: Doc): { headers?: { default: Header }; footers?: { default: Footer } } {
  const all = doc.blocks.filter((block): block is Furniture => block.type === 'furniture')
  const first = (role: Furniture['role']) => all.find((block) => block.role === role)
  const words = (block: Furniture | undefined) => clean(block?.blocks.map(plainText).join(' ') ?? '').trim()
  const [head, foot] = [words(first('header')), words(first('footer'))]
  const hasNumbers = first('page-number') !== undefined
  const children = [
    ...(foot === '' ? [] : [new Paragraph(foot)]),
    ...(hasNumbers
      ? [
          new Paragraph({
            alignment: AlignmentType.CENTER,
            children: [new TextRun({ children: [PageNumber.CURRENT] })],
          }),
        ]
      : []),
  ]
  return {
    ...(head === '' ? {} : { headers: { default: new Header({ children: [new Paragraph(head)] }) } }),
    ...(children.length > 0 ? { footers: { default: new Footer({ children }) } } : {}),
  }
}

/** The library puts in the time and random names; the same Doc must give the same bytes. */
function settle(bytes: Uint8Array): Promise<Uint8Array> {
  const links = counter('rIdLink')
  const bookmarks = counter('')
  let drawings = 0
  return rewriteZip(bytes, (xml) =>
    xml
      .replace(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/g, '$11980-01-01T00:00:00Z')
      .replace(/\brId[\w-]{8,}\b/g, links)
      .replace(/(?<=<w:bookmark(?:Start|End)\b[^>]*\bw:id=")[^"]*/g, bookmarks)
      .replace(/(?<=<wp:docPr\b[^>]*\bid=")[^"]*/g, () => String(++drawings)),
  )
}

/** Names anew, in the order in which they are met. */
function counter(prefix: string): (name: string) => string {
  const names = new Map<string, string>()
  return (name) => {
    if (!names.has(name)) names.set(name, `${prefix}${names.size + 1}`)
    return names.get(name)!
  }
}
