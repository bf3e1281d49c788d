/** Where pages begin: by the author's breaks and by Word's marks of its last layout (ECMA-376 part 1, 17.3.3.1, 17.3.3.13). */
import type { Pages, PageTurn } from './reading.ts'

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
