/** Tracked changes: deleted text stands aside, inserted text between marks (OpenDocument 1.3 part 3, 5.5). */
import type { Mark } from '../../doc/model.ts'
import { attribute, child, elements, type Xml, xmlText } from '../../io/xml.ts'
import type { ReadContext } from '../../reader.ts'

type Change = { readonly kind: 'insertion' | 'deletion' | 'format-change'; readonly content: Xml }

export type Changes = {
  readonly find: (id: string | undefined) => Change | undefined
  /** Insertions open at this place. */
  readonly open: Set<string>
  /** `skip`: this text is not part of the version that was asked for. */
  readonly here: () => { readonly skip: boolean; readonly marks: readonly Mark[] }
  readonly mode: ReadContext['options']['trackChanges']
}

export function readChanges(body: Xml, { options, report }: ReadContext): Changes {
  const changes = new Map<string, Change>()
  for (const region of elements(child(body, 'tracked-changes'))) {
    const id = attribute(region, 'id')
    const content = elements(region)[0]
    if (id === undefined || !content) continue
    const kind = content.local
    if (kind === 'insertion' || kind === 'deletion' || kind === 'format-change')
      changes.set(id, { kind, content })
  }
  const counted = [...changes.values()].filter(({ kind }) => kind !== 'format-change').length
  const words = { accept: 'as if accepted', reject: 'as if rejected', all: 'both ways' }
  if (counted > 0)
    report.warn(
      'tracked-changes',
      `The document holds ${counted} tracked changes; they were read ${words[options.trackChanges]}.`,
    )
  const open = new Set<string>()
  return {
    find: (id) => (id === undefined ? undefined : changes.get(id)),
    open,
    mode: options.trackChanges,
    here: () => {
      const isInserted = [...open].some((id) => changes.get(id)?.kind === 'insertion')
      if (!isInserted || options.trackChanges === 'accept') return { skip: false, marks: [] }
      return { skip: options.trackChanges === 'reject', marks: ['inserted'] }
    },
  }
}

/** The words of a deletion; its paragraphs in one line. */
export const deletedText = ({ content }: Change): string =>
  elements(content)
    .filter(({ local }) => local !== 'change-info')
    .map(xmlText)
    .join(' ')
