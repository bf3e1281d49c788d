/** Headers and footers, stated once for the section that prints them (ECMA-376 part 1, 17.10). */
import { furniture } from '../../doc/build.ts'
import type { Block } from '../../doc/model.ts'
import { plainText } from '../../doc/walk.ts'
import { attribute, child, elements, type Xml } from '../../io/xml.ts'
import { relationshipId } from '../ooxml/package.ts'
import { isPageNumber } from '../page-number.ts'
import { isOn } from './properties.ts'
import type { Story } from './reading.ts'

export type FurnitureReader = {
  /** The headers and footers that this section prints and the one before did not. */
  of(section: Xml): { headers: Block[]; footers: Block[] }
}

/** `stories` holds each header and footer part; `hasEvenPages` is the document's setting (17.15.1.35). */
export function createFurniture(
  links: Story['links'],
  stories: ReadonlyMap<string, { readonly root: Xml; readonly story: Story }>,
  hasEvenPages: boolean,
): FurnitureReader {
  const inForce = { header: new Set<string>(), footer: new Set<string>() }

  const known = new Map<Xml, { inner: readonly Block[]; text: string }>()
  /** Read once, however many sections print it. */
  const blocksOf = ({ root, story }: { readonly root: Xml; readonly story: Story }) => {
    const found = known.get(root)
    if (found) return found
    const inner = story.readBlocks(root.children, { ...story, fields: [] })
    const made = { inner, text: inner.map(plainText).join('\n') }
    known.set(root, made)
    return made
  }

  const read = (section: Xml, role: 'header' | 'footer'): Block[] => {
    const hasFirstPage = isOn(child(section, 'titlePg')) === true
    const blocks: Block[] = []
    const printed = new Set<string>()
    for (const reference of elements(section, `${role}Reference`)) {
      const type = attribute(reference, 'type') ?? 'default'
      if ((type === 'first' && !hasFirstPage) || (type === 'even' && !hasEvenPages)) continue
      const part = stories.get(links.get(relationshipId(reference, 'id') ?? '')?.target ?? '')
      if (!part) continue
      const { inner, text } = blocksOf(part)
      if (inner.length === 0 || isPageNumber(text) || printed.has(text)) continue
      printed.add(text)
      if (!inForce[role].has(text)) blocks.push(furniture(role, inner, { at: { path: part.story.part } }))
    }
    // A section without references goes on with those of the section before.
    if (printed.size > 0) inForce[role] = printed
    return blocks
  }
  return { of: (section) => ({ headers: read(section, 'header'), footers: read(section, 'footer') }) }
}
