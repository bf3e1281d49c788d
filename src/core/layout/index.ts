/** From pages to a document: the one place where geometry becomes structure. */
import { doc, paragraph } from '../doc/build.ts'
import type { Block, Doc, PageInfo } from '../doc/model.ts'
import type { PageSource } from '../doc/page.ts'
import type { ReadContext } from '../reader.ts'

export async function layOut(source: PageSource, context: ReadContext): Promise<Doc> {
  const blocks: Block[] = []
  const pages: PageInfo[] = []
  for await (const page of source.pages) {
    pages.push({ number: page.number, width: page.width, height: page.height, text: page.source })
    if (page.words.length > 0)
      blocks.push(paragraph(page.words.map((word) => word.text).join(' '), { at: { page: page.number } }))
    context.progress({ stage: 'laying-out', page: page.number, pages: source.pageCount })
  }
  return doc(source.format, blocks, { meta: source.meta, pages })
}
