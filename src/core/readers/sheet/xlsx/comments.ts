/** Notes and threads at cells (ECMA-376 part 1, 18.7; MS-XLSX 2.6.205). */
import { attribute, child, elements, xmlText } from '../../../io/xml.ts'
import type { Package } from '../../ooxml/package.ts'
import type { Comment } from '../workbook.ts'
import { richText } from './strings.ts'

/** By cell reference ("B7"). */
export type Comments = ReadonlyMap<string, readonly Comment[]>

export async function readComments(
  file: Package,
  sheet: string,
  people: ReadonlyMap<string, string>,
): Promise<Comments> {
  const links = [...(await file.relationships(sheet)).values()]
  const out = new Map<string, Comment[]>()
  const add = (reference: string | undefined, comment: Comment) => {
    if (reference === undefined || comment.text === '') return
    out.set(reference, [...(out.get(reference) ?? []), comment])
  }
  for (const { type, target } of links) {
    if (type !== 'threadedComment' || !file.has(target)) continue
    for (const one of elements(await file.xml(target), 'threadedComment')) {
      const words = child(one, 'text')
      const date = attribute(one, 'dT')
      const author = people.get(attribute(one, 'personId') ?? '') || undefined
      add(attribute(one, 'ref'), {
        author,
        text: words ? xmlText(words).trim() : '',
        ...(date ? { date } : {}),
      })
    }
  }
  const threaded = new Set(out.keys())
  for (const { type, target } of links) {
    if (type !== 'comments' || !file.has(target)) continue
    const root = await file.xml(target)
    const authors = elements(child(root, 'authors'), 'author').map((author) => xmlText(author).trim())
    for (const one of elements(child(root, 'commentList'), 'comment')) {
      const reference = attribute(one, 'ref')
      // Programs that know no threads are shown a copy of the thread as a note.
      if (reference !== undefined && threaded.has(reference)) continue
      const author = authors[Number(attribute(one, 'authorId') ?? '-1')]
      const words = child(one, 'text')
      add(reference, noteOf(author || undefined, words ? richText(words) : ''))
    }
  }
  return out
}

/** Excel starts a note with its author's name. */
function noteOf(author: string | undefined, words: string): Comment {
  const text = words.replace(/\r\n?/g, '\n').trim()
  return author && text.startsWith(`${author}:`)
    ? { author, text: text.slice(author.length + 1).trim() }
    : { author, text }
}
