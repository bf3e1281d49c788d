/** Small presentations, written by hand as the standard describes them. */
import { type ConvertOptions, type Doc, readDoc } from '../../../../src/core/index.ts'
import { relationship, relationships } from '../docx/make-docx.ts'
import { type Member, zip } from '../ooxml/zip.ts'

const namespaces =
  'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'

type SlideParts = {
  /** Inside of `p:spTree`. */
  readonly shapes: string
  readonly hidden?: boolean
  readonly links?: Readonly<Record<string, readonly [type: string, target: string, external?: true]>>
}
export type DeckParts = {
  readonly slides: readonly SlideParts[]
  /** Inside of the layout's and the master's `p:spTree`. */
  readonly layout?: string
  readonly master?: string
  readonly masterStyles?: string
  /** Further relationships of the presentation. */
  readonly links?: SlideParts['links']
  /** The order in which the slides are shown, 1-based; absent: as given. */
  readonly order?: readonly number[]
  readonly members?: readonly Member[]
}

const linkList = (links: SlideParts['links'] = {}): string[] =>
  Object.entries(links).map(([id, [type, target, external]]) => relationship(id, type, target, external))

const tree = (kind: string, shapes: string, attributes = '', more = ''): string =>
  `<p:${kind} ${namespaces}${attributes}><p:cSld><p:spTree>${shapes}</p:spTree></p:cSld>${more}</p:${kind}>`

export function makePptx({
  slides,
  layout,
  master,
  masterStyles = '',
  links,
  order,
  members,
}: DeckParts): Buffer {
  const shown = order ?? slides.map((_, index) => index + 1)
  return zip([
    {
      name: '[Content_Types].xml',
      data: '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
    },
    {
      name: '_rels/.rels',
      data: relationships([relationship('rId1', 'officeDocument', 'ppt/presentation.xml')]),
    },
    {
      name: 'ppt/presentation.xml',
      data: `<p:presentation ${namespaces}><p:sldIdLst>${shown.map((n) => `<p:sldId id="${255 + n}" r:id="s${n}"/>`).join('')}</p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/></p:presentation>`,
    },
    {
      name: 'ppt/_rels/presentation.xml.rels',
      data: relationships([
        ...slides.map((_, index) => relationship(`s${index + 1}`, 'slide', `slides/slide${index + 1}.xml`)),
        ...linkList(links),
      ]),
    },
    ...slides.flatMap(({ shapes, hidden, links: own }, index) => [
      { name: `ppt/slides/slide${index + 1}.xml`, data: tree('sld', shapes, hidden ? ' show="0"' : '') },
      {
        name: `ppt/slides/_rels/slide${index + 1}.xml.rels`,
        data: relationships([
          ...(layout === undefined
            ? []
            : [relationship('layout', 'slideLayout', '../slideLayouts/slideLayout1.xml')]),
          ...linkList(own),
        ]),
      },
    ]),
    ...(layout === undefined
      ? []
      : [
          { name: 'ppt/slideLayouts/slideLayout1.xml', data: tree('sldLayout', layout) },
          {
            name: 'ppt/slideLayouts/_rels/slideLayout1.xml.rels',
            data: relationships([relationship('m', 'slideMaster', '../slideMasters/slideMaster1.xml')]),
          },
          {
            name: 'ppt/slideMasters/slideMaster1.xml',
            data: tree('sldMaster', master ?? '', '', `<p:txStyles>${masterStyles}</p:txStyles>`),
          },
        ]),
    ...(members ?? []),
  ])
}

export type ShapeSpec = {
  readonly ph?: string
  readonly at?: readonly [x: number, y: number, width: number, height: number]
}

const xfrm = ([x, y, width, height]: NonNullable<ShapeSpec['at']>): string =>
  `<a:xfrm><a:off x="${x}" y="${y}"/><a:ext cx="${width}" cy="${height}"/></a:xfrm>`
/** `ph` is the inside of `<p:ph …/>`, for example `type="title"`. */
export const sp = (paragraphs: string, { ph, at }: ShapeSpec = {}): string =>
  `<p:sp><p:nvSpPr><p:cNvPr id="2" name="x"/><p:cNvSpPr/><p:nvPr>${ph === undefined ? '' : `<p:ph ${ph}/>`}</p:nvPr></p:nvSpPr><p:spPr>${at ? xfrm(at) : ''}</p:spPr><p:txBody><a:bodyPr/><a:lstStyle/>${paragraphs}</p:txBody></p:sp>`
export const ap = (text: string, properties = ''): string =>
  `<a:p>${properties}<a:r><a:t>${text}</a:t></a:r></a:p>`
export const title = (text: string): string => sp(ap(text), { ph: 'type="title"' })

export const readDeck = async (deck: DeckParts, options: ConvertOptions = {}): Promise<Doc> =>
  (await readDoc(makePptx(deck), { name: 'test.pptx', ...options })).doc
