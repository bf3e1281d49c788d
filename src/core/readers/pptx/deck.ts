/** What the slides of a presentation share: layouts, masters, authors, numbers (ECMA-376 part 1, 19.2 and 19.3). */
import { attribute, child, descend, descendants, elements, type Xml } from '../../io/xml.ts'
import type { ReadContext } from '../../reader.ts'
import { type Package, type Relationships, relationshipId } from '../ooxml/package.ts'

export type Slide = {
  readonly number: number
  readonly part: string
  readonly root: Xml
  readonly links: Relationships
  readonly layout: Xml | undefined
  readonly master: Xml | undefined
  readonly isHidden: boolean
}

export type Deck = {
  readonly context: ReadContext
  /** Slide part → its number, in the order in which the slides are shown. */
  readonly numbers: ReadonlyMap<string, number>
  /** `p:defaultTextStyle` */
  readonly textStyle: Xml | undefined
  /** In points. */
  readonly width: number | undefined
  readonly height: number | undefined
  readonly authors: ReadonlyMap<string, string>
  slide(number: number, part: string): Promise<Slide | undefined>
}

const EMU_PER_POINT = 12_700

export async function openDeck(file: Package, context: ReadContext): Promise<Deck> {
  const root = await file.xml(file.main)
  const links = await file.relationships(file.main)
  // A slide that the file does not hold keeps its number, so that the others keep theirs.
  const order = elements(child(root, 'sldIdLst'), 'sldId').map((element, index) => {
    const link = links.get(relationshipId(element, 'id') ?? '')
    return link && !link.external ? link.target : `slide ${index + 1}`
  })
  const size = child(root, 'sldSz')
  const points = (name: string) => {
    const value = Number(attribute(size, name))
    return value > 0 ? value / EMU_PER_POINT : undefined
  }
  const shared = sharedParts(file)
  return {
    context,
    numbers: new Map(order.map((part, index) => [part, index + 1])),
    textStyle: child(root, 'defaultTextStyle'),
    width: points('cx'),
    height: points('cy'),
    authors: await readAuthors(file, links),
    slide: async (number, part) => {
      const slide = file.has(part) ? await file.xml(part) : undefined
      if (!slide) return undefined
      const own = await file.relationships(part)
      const layoutPart = linked(own, 'slideLayout')
      const layout = layoutPart ? await shared(layoutPart) : undefined
      const masterPart = layout ? linked(layout.links, 'slideMaster') : undefined
      const master = masterPart ? await shared(masterPart) : undefined
      const isHidden = /^(0|false|off)$/.test(attribute(slide, 'show') ?? '1')
      return { number, part, root: slide, links: own, layout: layout?.root, master: master?.root, isHidden }
    },
  }
}

type Shared = { readonly root: Xml; readonly links: Relationships }

/** Layouts and masters are read once. */
function sharedParts(file: Package): (part: string) => Promise<Shared | undefined> {
  const known = new Map<string, Shared | undefined>()
  return async (part) => {
    if (!known.has(part)) {
      const root = file.has(part) ? await file.xml(part) : undefined
      known.set(part, root && { root, links: await file.relationships(part) })
    }
    return known.get(part)
  }
}

export const linked = (links: Relationships, type: string): string | undefined =>
  [...links.values()].find((link) => link.type === type && !link.external)?.target

/** Authors of comments, old form (`cmAuthor`) and new (`author`, by GUID). */
async function readAuthors(file: Package, links: Relationships): Promise<Map<string, string>> {
  const authors = new Map<string, string>()
  for (const type of ['commentAuthors', 'authors']) {
    const part = linked(links, type)
    for (const element of elements(part && file.has(part) ? await file.xml(part) : undefined)) {
      const [id, name] = [attribute(element, 'id'), attribute(element, 'name')]
      if (id !== undefined && name) authors.set(id, name)
    }
  }
  return authors
}

export type Placeholder = { readonly type: string; readonly index: string | undefined }

/** A shape that fills a place of its layout; the type is `obj` where none is stated (19.7.10). */
export function placeholderOf(shape: Xml): Placeholder | undefined {
  const about = elements(shape).find((element) => /^nv\w+Pr$/.test(element.local))
  const ph = descend(about, 'nvPr', 'ph')
  return ph && { type: attribute(ph, 'type') ?? 'obj', index: attribute(ph, 'idx') }
}

export const isTitle = (placeholder: Placeholder | undefined): boolean =>
  placeholder?.type === 'title' || placeholder?.type === 'ctrTitle'

/** The shapes of the layout and of the master that a placeholder takes its place and its styles from (19.3.1.36). */
export function inherited(placeholder: Placeholder, { layout, master }: Slide): (Xml | undefined)[] {
  const places = placesOf(layout)
  const onLayout =
    placeholder.index === undefined || isTitle(placeholder)
      ? places.byKind.get(kind(placeholder))
      : places.byIndex.get(placeholder.index)
  const wanted = kind((onLayout && placeholderOf(onLayout)) ?? placeholder)
  return [onLayout, placesOf(master).byKind.get(wanted)]
}

const furniture = ['dt', 'ftr', 'sldNum', 'hdr']
/** A master has one place each for the title, the body and the furniture. */
export const kind = (placeholder: Placeholder): string =>
  isTitle(placeholder) ? 'title' : furniture.includes(placeholder.type) ? placeholder.type : 'body'

type Places = { readonly byIndex: ReadonlyMap<string, Xml>; readonly byKind: ReadonlyMap<string, Xml> }

/** Looked up for every shape of every slide. */
const known = new WeakMap<Xml, Places>()
const none: Places = { byIndex: new Map(), byKind: new Map() }

/** The places that a layout or a master offers; the first of a kind stands for it. */
function placesOf(root: Xml | undefined): Places {
  if (!root) return none
  const found = known.get(root)
  if (found) return found
  const byIndex = new Map<string, Xml>()
  const byKind = new Map<string, Xml>()
  for (const shape of descendants(descend(root, 'cSld', 'spTree'), 'sp')) {
    const place = placeholderOf(shape)
    if (!place) continue
    if (place.index !== undefined && !byIndex.has(place.index)) byIndex.set(place.index, shape)
    if (!byKind.has(kind(place))) byKind.set(kind(place), shape)
  }
  const made = { byIndex, byKind }
  known.set(root, made)
  return made
}
