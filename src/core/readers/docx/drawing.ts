/** What is drawn in a run: pictures, text boxes, charts and diagrams, in DrawingML and in VML. */
import { inlineImage, link, quote, rule } from '../../doc/build.ts'
import type { At, Inline } from '../../doc/model.ts'
import { attribute, child, descendants, elements, type Xml } from '../../io/xml.ts'
import { alternative } from '../ooxml/alternate.ts'
import { chartBlocks } from '../ooxml/chart.ts'
import { safeHref } from '../ooxml/href.ts'
import { relationshipId } from '../ooxml/package.ts'
import { smartArtBlocks } from '../ooxml/smart-art.ts'
import type { InkWell } from './ink.ts'
import type { Story } from './reading.ts'

type Drawing = {
  readonly story: Story
  readonly ink: InkWell
  readonly at: At
  readonly alt: string
  readonly href?: string
}

/** `w:drawing`, `w:pict` or `w:object`. */
export function readDrawing(element: Xml, story: Story, ink: InkWell, at: At): void {
  const start: Drawing = { story, ink, at, alt: '' }
  for (const node of elements(element)) readShape(node, start)
}

/** Wrappers that only place or group what is inside them are looked through. */
function readShape(element: Xml, drawing: Drawing): void {
  const reader = shapeReaders[element.local]
  if (reader) reader(element, drawing)
  else if (!ignored.has(element.local)) for (const node of elements(element)) readShape(node, drawing)
}

const ignored = new Set([
  'spPr',
  'style',
  'bodyPr',
  'extLst',
  'shapetype',
  'Fallback',
  'nvGrpSpPr',
  'cNvGrpSpPr',
])

const shapeReaders: Readonly<Record<string, (element: Xml, drawing: Drawing) => void>> = {
  inline: readAnchored,
  anchor: readAnchored,
  AlternateContent: (element, drawing) => {
    const branch = alternative(element)
    if (branch) for (const node of elements(branch)) readShape(node, drawing)
  },
  pic: readPicture,
  // A shape may be a link by itself.
  cNvPr: (element, drawing) => {
    const { href } = linkOf(element, drawing)
    if (href !== undefined) drawing.ink.node(link(href, altOf(element) || href))
  },
  chart: (element, drawing) => {
    const { story, ink, at } = drawing
    const root = loadedXml(element, 'id', story)
    if (root) for (const block of chartBlocks(root, at, story.reading.context)) ink.block(block)
  },
  relIds: (element, drawing) => {
    const root = loadedXml(element, 'dm', drawing.story)
    if (root) for (const block of smartArtBlocks(root, drawing.at)) drawing.ink.block(block)
  },
  txbxContent: (element, { story, ink }) => {
    // Fields of the paragraph around a text box do not reach into it.
    for (const block of story.readBlocks(element.children, { ...story, isOnPaper: false, fields: [] }))
      ink.block(block)
  },
  imagedata: readVmlPicture,
  OLEObject: readEmbedded,
  textpath: (element, { ink }) => ink.text(attribute(element, 'string') ?? '', []),
  shape: readVmlShape,
  rect: readVmlShape,
  roundrect: readVmlShape,
  oval: readVmlShape,
  line: readVmlShape,
  group: readVmlShape,
}

/** The frame of a drawing carries the alternative text and the link (20.4.2.5). */
function readAnchored(element: Xml, drawing: Drawing): void {
  const about = child(element, 'docPr')
  if (
    isOnAttribute(attribute(about, 'hidden')) &&
    drawing.story.reading.context.options.hiddenText === 'omit'
  )
    return
  const inner = { ...drawing, alt: altOf(about), ...linkOf(about, drawing) }
  tellAbout(element, inner)
  const graphic = child(element, 'graphic')
  if (graphic) readShape(graphic, inner)
}

const isOnAttribute = (value: string | undefined): boolean =>
  value !== undefined && /^(1|true|on)$/i.test(value)

const altOf = (about: Xml | undefined): string =>
  (attribute(about, 'descr') || attribute(about, 'title') || '').replace(/\s+/g, ' ').trim()

function linkOf(about: Xml | undefined, { story }: Drawing): { href?: string } {
  // What shows on hovering is where a reader would be led, too.
  const click = child(about, 'hlinkClick') ?? child(about, 'hlinkHover')
  const target = story.links.get(relationshipId(click, 'id') ?? '')
  const href = target?.external ? safeHref(target.target) : undefined
  return href === undefined ? {} : { href }
}

function readPicture(element: Xml, drawing: Drawing): void {
  const about = descendants(child(element, 'nvPicPr'), 'cNvPr').next().value
  const blip = descendants(element, 'blip').next().value
  const { href } = { ...drawing, ...linkOf(about || undefined, drawing) }
  emitPicture(
    relationshipId(blip || undefined, 'embed') ?? relationshipId(blip || undefined, 'link'),
    drawing.alt || altOf(about || undefined),
    { ...drawing, ...(href === undefined ? {} : { href }) },
  )
}

/** A file inside the file, behind its picture: its content stands under the picture as a quotation. */
function readEmbedded(element: Xml, { story, ink, at }: Drawing): void {
  const { reading, links } = story
  const target = links.get(relationshipId(element, 'id') ?? '')
  const blocks = reading.loaded.chunks.get(target?.target ?? '')
  if (blocks) ink.block(quote(blocks, { at, evidence: ['embedded'] }))
  else if (target)
    reading.context.report.warn(
      'image-not-readable',
      `An embedded object (${attribute(element, 'ProgID') ?? 'unknown'}) is told by its picture only.`,
      at,
    )
}

function readVmlPicture(element: Xml, drawing: Drawing): void {
  const id =
    relationshipId(element, 'id') ?? relationshipId(element, 'pict') ?? relationshipId(element, 'href')
  emitPicture(id, drawing.alt || (attribute(element, 'title') ?? ''), drawing)
}

function readVmlShape(element: Xml, drawing: Drawing): void {
  if (isOnVml(attribute(element, 'hr'))) {
    drawing.ink.block(rule({ at: drawing.at }))
    return
  }
  const href = safeHref(attribute(element, 'href') ?? '')
  const inner = {
    ...drawing,
    alt: drawing.alt || (attribute(element, 'alt') ?? '').replace(/\s+/g, ' ').trim(),
    ...(href === undefined ? {} : { href }),
  }
  tellAbout(element, inner)
  for (const node of elements(element)) readShape(node, inner)
}

/** Link and alternative text of a drawing stand on its picture; without one they stand for themselves. */
function tellAbout(element: Xml, { href, alt, ink }: Drawing): void {
  const holdsPicture = ['pic', 'imagedata'].some((local) => !descendants(element, local).next().done)
  if (holdsPicture) return
  if (href !== undefined) ink.node(link(href, alt || href))
  else if (alt !== '') ink.node(inlineImage('', alt))
}

const isOnVml = (value: string | undefined): boolean => value !== undefined && /^(t|true|1)$/i.test(value)

/** A picture is always stated, also when its bytes were not wanted, are missing or lie outside the file. */
function emitPicture(id: string | undefined, alt: string, { story, ink, at, href }: Drawing): void {
  const { reading, links } = story
  const target = id === undefined ? undefined : links.get(id)
  let src = ''
  if (target?.external) {
    const url = safeHref(target.target)
    src = url !== undefined && /^https?:/i.test(url) ? url : ''
    reading.context.report.warn(
      'external-reference',
      'A picture lies outside the file and was not fetched.',
      at,
    )
  } else if (target) src = reading.loaded.pictures.get(target.target) ?? ''
  const image: Inline = inlineImage(src, alt)
  ink.node(href === undefined ? image : link(href, [image]))
}

function loadedXml(element: Xml, local: string, { links, reading }: Story): Xml | undefined {
  const id = relationshipId(element, local)
  return id === undefined ? undefined : reading.loaded.xml.get(links.get(id)?.target ?? '')
}
