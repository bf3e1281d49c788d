/** Links, references to notes and the way back from a note. */

import type { Handler } from './page.ts'
import { attribute, classes, type Element } from './parse.ts'

export const readLink: Handler = (element, place, walk) => {
  const target = attribute(element, 'href')
  if (target === undefined) return walk.into(element, place)
  const called = isNoteCall(element) ? place.page.noteCalled(target) : undefined
  if (called !== undefined) return place.flow.inline({ type: 'noteRef', name: called })
  if (isBackLink(element)) return
  const href = place.page.href(target)
  if (href === undefined) return walk.into(element, place)
  place.flow.openLink(href, attribute(element, 'title'))
  walk.into(element, place)
  place.flow.closeLink()
}

/** A reference to a note: said by role (DPUB-ARIA, EPUB) or by the class that Markdown tools set. */
export const isNoteCall = (element: Element): boolean =>
  attribute(element, 'role') === 'doc-noteref' ||
  /\bnoteref\b/.test(attribute(element, 'epub:type') ?? '') ||
  classes(element).some((name) => /^(footnote-ref|footnote-reference|noteref)$/.test(name))

const isBackLink = (element: Element): boolean =>
  attribute(element, 'role') === 'doc-backlink' ||
  /\bbacklink\b/.test(attribute(element, 'epub:type') ?? '') ||
  classes(element).some((name) => /^(footnote-back(ref)?|data-footnote-backref)$/.test(name))
