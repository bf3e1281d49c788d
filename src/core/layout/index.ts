/** From pages to a document: the one place where geometry becomes structure. */
import { doc } from '../doc/build.ts'
import type { Doc, PageInfo } from '../doc/model.ts'
import type { Page, PageSource } from '../doc/page.ts'
import type { ReadContext } from '../reader.ts'
import { assemble } from './assemble.ts'
import { withContentsRuns } from './contents-runs.ts'
import { warnOfDoubts } from './doubts.ts'
import { type Edges, edgesOf, furnitureOf, REACH } from './furniture.ts'
import { layOutPage, type PageLayout } from './page-layout.ts'

export async function layOut(source: PageSource, context: ReadContext): Promise<Doc> {
  const { layouts, infos } = await layOutPages(source, context)
  const blocks = assemble(withContentsRuns(layouts), source.bookmarks)
  warnOfDoubts(blocks, context.report)
  return doc(source.format, blocks, { meta: source.meta, pages: infos })
}

/** The first half: each page by itself, but for what it learns from its neighbours. */
export async function layOutPages(
  source: PageSource,
  context: ReadContext,
): Promise<{ layouts: PageLayout[]; infos: PageInfo[] }> {
  const infos: PageInfo[] = []
  const layouts: PageLayout[] = []
  const done = ({ page, own }: { page: Page; own: Edges }, edges: readonly Edges[]) => {
    infos.push(pageInfo(page))
    layouts.push(layOutPage(page, furnitureOf(own, edges)))
    context.progress({ stage: 'laying-out', page: page.number, pages: source.pageCount })
  }
  // Pages wait until their neighbours have been seen; their words are let go soon after.
  const waiting: { page: Page; own: Edges }[] = []
  let edges: Edges[] = []
  for await (const page of source.pages) {
    const own = edgesOf(page)
    waiting.push({ page, own })
    edges = [...edges.slice(-2 * REACH), own]
    if (waiting.length > REACH) done(waiting.shift()!, edges)
  }
  for (const page of waiting) done(page, edges)
  return { layouts, infos }
}

function pageInfo({ number, width, height, label, source, confidence, turned, skew }: Page): PageInfo {
  return {
    number,
    width,
    height,
    ...(label ? { label } : {}),
    text: source,
    ...(confidence === undefined ? {} : { confidence }),
    ...(turned ? { turned } : {}),
    ...(skew ? { skew } : {}),
  }
}
