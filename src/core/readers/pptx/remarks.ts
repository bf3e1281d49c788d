/** What belongs to a slide but is not on it: speaker notes and reviewers' comments. */
import { note, noteRef, paragraph, quote, text } from '../../doc/build.ts'
import type { Block, Note, NoteRef } from '../../doc/model.ts'
import { attribute, child, descend, descendants, elements, type Xml, xmlText } from '../../io/xml.ts'
import type { Package } from '../ooxml/package.ts'
import { type Deck, linked, placeholderOf, type Slide } from './deck.ts'
import { textBlocks } from './text.ts'

/** The speaker's notes as a quotation under the slide (ECMA-376 part 1, 13.3.5). */
export async function speakerNotes(
  file: Package,
  deck: Deck,
  slide: Slide,
  once: (blocks: readonly Block[], role: 'header' | 'footer', part: string) => Block[],
): Promise<Block[]> {
  const part = linked(slide.links, 'notesSlide')
  if (!part || part === slide.part || !file.has(part)) return []
  const root = await file.xml(part)
  const links = await file.relationships(part)
  const at = { page: slide.number, path: part }
  const shapes = [...descendants(descend(root, 'cSld', 'spTree'), 'sp')]
  const textOf = (wanted: readonly string[]) =>
    shapes
      .filter((shape) => wanted.includes(placeholderOf(shape)?.type ?? ''))
      .flatMap((shape) =>
        textBlocks(child(shape, 'txBody'), {
          links,
          numbers: deck.numbers,
          at,
          styles: [descend(shape, 'txBody', 'lstStyle')],
        }),
      )
  const blocks = textOf(['body'])
  const about = { at, evidence: ['speaker-notes'] }
  return [
    ...(blocks.length > 0 ? [quote([paragraph([text('Notes:', ['bold'])], { at }), ...blocks], about)] : []),
    ...once(textOf(['hdr']), 'header', part),
    ...once(textOf(['ftr', 'dt']), 'footer', part),
  ]
}

export type Comments = { readonly references: readonly NoteRef[]; readonly notes: readonly Note[] }

/** Old comments (19.4) and those of 2018 and later, whose replies stand inside them. */
export async function slideComments(
  file: Package,
  deck: Deck,
  slide: Slide,
  nextName: () => string,
): Promise<Comments> {
  if (deck.context.options.comments === 'omit') return { references: [], notes: [] }
  const parts = [...slide.links.values()].filter((link) => link.type === 'comments' && !link.external)
  const notes: Note[] = []
  for (const { target } of parts) {
    if (!file.has(target)) continue
    for (const element of commentsIn(await file.xml(target))) {
      const name = nextName()
      const author = deck.authors.get(attribute(element, 'authorId') ?? '')
      const date = attribute(element, 'dt') ?? attribute(element, 'created')
      const lines = linesOf(element)
      if (lines.length === 0) continue
      notes.push(
        note(
          'comment',
          name,
          lines.map((line) => paragraph(line)),
          {
            at: { page: slide.number, path: target },
            author,
            date,
          },
        ),
      )
    }
  }
  return { references: notes.map(({ name }) => noteRef(name)), notes }
}

function* commentsIn(root: Xml | undefined): Generator<Xml> {
  for (const comment of elements(root, 'cm')) {
    yield comment
    for (const reply of elements(child(comment, 'replyLst'), 'reply')) yield reply
  }
}

function linesOf(comment: Xml): string[] {
  const plain = child(comment, 'text')
  if (plain) return [xmlText(plain).trim()].filter(Boolean)
  return elements(child(comment, 'txBody'), 'p')
    .map((line) => [...descendants(line, 't')].map(xmlText).join('').trim())
    .filter(Boolean)
}
