import { doc, furniture } from '../../doc/build.ts'
import type { Block, Furniture } from '../../doc/model.ts'
import { plainText } from '../../doc/walk.ts'
import { attribute, child, descendants, elements, type Xml } from '../../io/xml.ts'
import type { FlowReader, ReadContext } from '../../reader.ts'
import { isPageNumber } from '../page-number.ts'
import { readBlocks } from './blocks.ts'
import { readChanges } from './changes.ts'
import { readInline } from './inline.ts'
import { newCounter } from './numbering.ts'
import { loadObjects } from './objects.ts'
import { type Odf, openOdf } from './package.ts'
import { readStyles } from './styles.ts'
import type { Walk } from './walk.ts'

/** OpenDocument text (ODT, OTT, flat FODT). */
export const readOdt: FlowReader = async (input, context) => {
  const file = await openOdf(input, context)
  const walk = await startWalk(file, context)
  const blocks = readBlocks(file.body, { ...walk, isFlow: true })
  if (walk.state.page > 1)
    context.report.warn(
      'approximate-pages',
      'Page numbers are those of the last layout that the writing program saved.',
    )
  return doc('odt', [...furnitureOf(file, walk), ...blocks, ...walk.notes], { meta: file.meta })
}

export async function startWalk(file: Odf, context: ReadContext): Promise<Walk> {
  const styles = readStyles(file.styleRoots)
  const hasTitle = [...descendants(file.body, 'p')].some(
    (part) => styles.paragraph(attribute(part, 'style-name')).role === 'title',
  )
  return {
    context,
    styles,
    objects: await loadObjects(file.body, file, context),
    changes: readChanges(file.body, context),
    targets: targetsOf(file.body),
    notes: [],
    headings: newCounter(),
    lists: { byId: new Map(), byStyle: new Map() },
    state: { page: 1, anchors: [], sink: hasTitle ? 1 : 0, block: 0 },
    isFlow: false,
    blocks: (parent, inner) => readBlocks(parent, { ...inner, isFlow: false }),
    inline: readInline,
  }
}

/** Names that links and cross-references point to. */
function targetsOf(body: Xml): Set<string> {
  const targets = new Set<string>()
  for (const link of descendants(body, 'a')) {
    const href = attribute(link, 'href')
    if (href?.startsWith('#')) targets.add(href.slice(1).replace(/\|\w+$/, ''))
  }
  for (const local of ['bookmark-ref', 'reference-ref'])
    for (const reference of descendants(body, local)) targets.add(attribute(reference, 'ref-name') ?? '')
  return targets
}

/** Headers and footers of the page styles, each text once. */
function furnitureOf({ styleRoots }: Odf, walk: Walk): Furniture[] {
  const out = new Map<string, Furniture>()
  for (const root of styleRoots)
    for (const page of elements(child(root, 'master-styles'), 'master-page'))
      for (const part of elements(page)) {
        const match = /^(header|footer)(-first|-left)?$/.exec(part.local)
        if (!match || attribute(part, 'display') === 'false') continue
        const blocks: readonly Block[] = readBlocks(part, walk)
        const words = blocks.map(plainText).join('\n').trim()
        const role = match[1] === 'header' ? 'header' : 'footer'
        if (words !== '' && !isPageNumber(words) && !out.has(`${role} ${words}`))
          out.set(
            `${role} ${words}`,
            furniture(role, blocks, { at: { path: `styles.xml#${attribute(page, 'name') ?? ''}` } }),
          )
      }
  return [...out.values()]
}
