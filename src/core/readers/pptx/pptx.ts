/** Presentations: slides in the order they are shown, with notes and comments (ECMA-376 part 1, 19). */
import { doc, furniture, pageBreak } from '../../doc/build.ts'
import type { Block, Note, PageInfo } from '../../doc/model.ts'
import { plainText } from '../../doc/walk.ts'
import { MdraftError } from '../../errors.ts'
import type { FlowReader } from '../../reader.ts'
import { append } from '../ooxml/append.ts'
import { loadParts } from '../ooxml/load.ts'
import { openPackage } from '../ooxml/package.ts'
import { readMeta } from '../ooxml/properties.ts'
import { openDeck } from './deck.ts'
import { slideComments, speakerNotes } from './remarks.ts'
import { masterBlocks, type SlideScope, slideBlocks } from './slide.ts'

export const readPptx: FlowReader = async ({ bytes }, context) => {
  const file = await openPackage(bytes, context)
  const { report, limits } = context
  if (file.names.some((name) => /vbaProject\.bin$/i.test(name)))
    report.warn('macros-ignored', 'The file holds macros; they were neither run nor read.')
  const deck = await openDeck(file, context)
  const blocks: Block[] = []
  const notes: Note[] = []
  const pages: PageInfo[] = []
  const once = createOnce()
  let comments = 0
  for (const [part, number] of deck.numbers) {
    context.progress({ stage: 'reading', page: number, pages: deck.numbers.size })
    if (number > limits.pages || context.isLate()) {
      report.warn(
        'pages-skipped',
        `Slides from ${number} on were not read: over the limit of pages or time.`,
        { page: number },
      )
      break
    }
    const slide = await deck.slide(number, part)
    if (!slide) {
      report.warn('page-failed', `Slide ${number} is missing or damaged.`, { page: number, path: part })
      continue
    }
    if (slide.isHidden)
      report.warn('hidden-content', `Slide ${number} is hidden in the show.`, { page: number })
    const scope: SlideScope = { deck, slide, loaded: await loadParts(file, [slide.links], context), once }
    const remarks = await slideComments(file, deck, slide, () => `c${++comments}`)
    if (number > 1) blocks.push(pageBreak(number))
    append(blocks, slideBlocks(scope, remarks.references))
    append(blocks, masterBlocks(scope))
    append(blocks, await speakerNotes(file, deck, slide, once))
    append(notes, remarks.notes)
    pages.push({
      number,
      text: 'native',
      ...(deck.width === undefined ? {} : { width: deck.width }),
      ...(deck.height === undefined ? {} : { height: deck.height }),
    })
  }
  if (deck.numbers.size === 0 && pages.length === 0)
    throw new MdraftError('malformed', 'The presentation lists no slides.', {
      fix: 'Open it in PowerPoint, save it again, and retry.',
    })
  return doc('pptx', [...blocks, ...notes], { meta: await readMeta(file), pages })
}

/** Headers and footers repeat from slide to slide: each is told where it first stands. */
function createOnce(): SlideScope['once'] {
  const printed = new Set<string>()
  return (blocks, role, part) => {
    const words = blocks.map(plainText).join('\n')
    if (words.trim() === '' || printed.has(words)) return []
    printed.add(words)
    return [furniture(role, blocks, { at: { path: part } })]
  }
}
