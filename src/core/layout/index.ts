/** From pages to a document: the one place where geometry becomes structure. */
import { doc } from '../doc/build.ts'
import type { Doc, PageInfo } from '../doc/model.ts'
import type { PageSource } from '../doc/page.ts'
import type { ReadContext } from '../reader.ts'
import { assemble } from './assemble.ts'
import { layOutPage, type PageLayout } from './page-layout.ts'

export async function layOut(source: PageSource, context: ReadContext): Promise<Doc> {
  const infos: PageInfo[] = []
  const layouts: PageLayout[] = []
  for await (const page of source.pages) {
    const { number, width, height, label, confidence, turned, skew } = page
    infos.push({
      number,
      width,
      height,
      ...(label ? { label } : {}),
      text: page.source,
      ...(confidence === undefined ? {} : { confidence }),
      ...(turned ? { turned } : {}),
      ...(skew ? { skew } : {}),
    })
    layouts.push(layOutPage(page))
    context.progress({ stage: 'laying-out', page: number, pages: source.pageCount })
  }
  return doc(source.format, assemble(layouts), { meta: source.meta, pages: infos })
}
