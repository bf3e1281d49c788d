/** Where pages begin: by the author's breaks, by sections and by Word's marks of its last layout (ECMA-376 part 1, 17.3.3.1, 17.3.3.13). */
import type { Pages, PageTurn } from './reading.ts'
import type { SectionStart } from './section-starts.ts'

/** Word marks where pages broke when it last laid the text out; files of other programs may hold explicit breaks only. */
export function startPages(body: Uint8Array, sections: readonly SectionStart[]): Pages {
  const source = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  if (source.includes('lastRenderedPageBreak')) return { current: 1, by: 'rendered' }
  const hasBreaks =
    source.includes('type="page"') || source.includes('pageBreakBefore') || sections.slice(1).some(startsPage)
  return { current: hasBreaks ? 1 : undefined, by: 'explicit' }
}

const startsPage = (start: SectionStart): boolean => start !== 'continuous' && start !== 'nextColumn'

/** A section begins: on a new page unless it says otherwise; an odd one leaves a page blank where it must (17.18.77). */
export function breakSection(pages: Pages, start: SectionStart): PageTurn | undefined {
  if (pages.current === undefined || !startsPage(start)) return undefined
  const isOdd = pages.current % 2 === 1
  if ((start === 'oddPage' && isOdd) || (start === 'evenPage' && !isOdd)) pages.current++
  return breakPage(pages)
}

/** A break that the author put in; it counts where Word has not laid the text out. */
export function breakPage(pages: Pages): PageTurn | undefined {
  if (pages.current === undefined) return undefined
  const page = pages.current + 1
  if (pages.by === 'explicit') pages.current = page
  else pages.told = page
  return { page, byAuthor: true, isTold: false }
}

/** Word's mark that a page began here when it last laid the text out. */
export function renderedPage(pages: Pages): PageTurn | undefined {
  if (pages.by !== 'rendered' || pages.current === undefined) return undefined
  const page = ++pages.current
  return { page, byAuthor: false, isTold: pages.told === page }
}
