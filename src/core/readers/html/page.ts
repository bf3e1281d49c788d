/** What the handlers of one page share. */
import type { Block, Mark, Note } from '../../doc/model.ts'
import type { Limits } from '../../limits.ts'
import type { Report } from '../../report.ts'
import type { Flow } from './flow.ts'
import type { Element } from './parse.ts'

export type Page = {
  readonly limits: Limits
  readonly report: Report
  /** Read what is hidden on the page too. */
  readonly keepHidden: boolean
  /** The destination to print; undefined when it may not stand in a document. */
  readonly href: (value: string) => string | undefined
  /** The `src` to print for a picture; '' when it was not kept. */
  readonly image: (src: string) => string
  /** The page that a frame shows, where it is at hand. */
  readonly frame: (src: string) => readonly Block[]
  /** The name by which links point to this id; undefined when none does. */
  readonly anchor: (id: string) => string | undefined
  /** The note that a reference to this destination calls. */
  readonly noteCalled: (href: string) => string | undefined
  /** The note that the element of this id holds. */
  readonly noteHeld: (id: string) => string | undefined
  readonly notes: Note[]
}

/** Where the walk stands. */
export type Place = {
  readonly page: Page
  readonly flow: Flow
  readonly marks: readonly Mark[]
  /** White space counts. */
  readonly isPre: boolean
  /** Lists, quotes and tables around this place. */
  readonly depth: number
}

/** The two ways down, passed to the handlers so that their files need not import the walk. */
export type Walk = {
  /** The element's content into the flow at hand. */
  readonly into: (element: Element, place: Place) => void
  /** The element's content as blocks of its own. */
  readonly blocks: (element: Element, place: Place) => readonly Block[]
}

export type Handler = (element: Element, place: Place, walk: Walk) => void

export const withMarks = (place: Place, ...marks: readonly Mark[]): Place => ({
  ...place,
  marks: [...new Set([...place.marks, ...marks])],
})
