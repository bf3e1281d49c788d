/** Pictures, formulas and charts, which are files of their own inside the package. */
import { cell, row, table } from '../../doc/build.ts'
import type { Block } from '../../doc/model.ts'
import { MdraftError } from '../../errors.ts'
import { attribute, child, descendants, elements, parseXml, type Xml, xmlText } from '../../io/xml.ts'
import type { ReadContext } from '../../reader.ts'
import { mathmlToLatex } from '../mathml.ts'
import { safeHref } from '../ooxml/href.ts'
import { pictureMime } from '../ooxml/pictures.ts'
import type { Odf } from './package.ts'

export type Objects = {
  /** The `src` of a picture: the name it was kept by, its place in the package, or its address elsewhere. */
  readonly picture: (image: Xml) => string
  readonly formula: (object: Xml) => string | undefined
  readonly chart: (object: Xml) => Block | undefined
}

const hrefOf = (element: Xml): string => attribute(element, 'href') ?? ''
const pathOf = (href: string): string => href.replace(/^\.\//, '')

/** Loads what the body names before it is walked. */
export async function loadObjects(body: Xml, { read }: Odf, context: ReadContext): Promise<Objects> {
  const pictures = new Map<string, string>()
  if (context.options.images !== 'omit')
    for (const image of descendants(body, 'image')) await keepPicture(image, read, pictures, context)
  const parts = new Map<string, Xml>()
  for (const object of descendants(body, 'object')) {
    const path = pathOf(hrefOf(object))
    if (path === '' || parts.has(path) || /^[a-z]+:|^\.\./i.test(path)) continue
    const root = await readObject(`${path}/content.xml`, read, context)
    if (root) parts.set(path, root)
  }
  const rootOf = (object: Xml) =>
    child(object, 'math') ?? parts.get(pathOf(hrefOf(object))) ?? child(object, 'document')
  return {
    picture: (image) => {
      const href = hrefOf(image)
      return pictures.get(href) ?? (/^(\.\.|\/|[a-z]+:)/i.test(href) ? (safeHref(href) ?? '') : pathOf(href))
    },
    formula: (object) => {
      const root = rootOf(object)
      return root?.local === 'math' ? mathmlToLatex(root) : undefined
    },
    chart: (object) => {
      const root = rootOf(object)
      return root && root.local !== 'math' ? chartTable(root) : undefined
    },
  }
}

async function keepPicture(
  image: Xml,
  read: Odf['read'],
  kept: Map<string, string>,
  context: ReadContext,
): Promise<void> {
  const href = hrefOf(image)
  if (kept.has(href)) return
  const inline = child(image, 'binary-data')
  const bytes = inline
    ? Buffer.from(xmlText(inline), 'base64')
    : href === ''
      ? undefined
      : await read(pathOf(href))
  const name = bytes && context.keepImage({ bytes, mime: pictureMime(bytes, href) })
  if (name) kept.set(href, name)
}

async function readObject(
  path: string,
  read: Odf['read'],
  { limits, report }: ReadContext,
): Promise<Xml | undefined> {
  try {
    const bytes = await read(path)
    return bytes && parseXml(bytes, limits)
  } catch (error) {
    if (!(error instanceof MdraftError) || error.code === 'bomb') throw error
    report.warn('part-damaged', `An embedded object could not be read: ${error.message}`, { path })
    return undefined
  }
}

/** A chart carries its data as a table (OpenDocument 1.3 part 3, 11.2 "local table"). */
function chartTable(root: Xml): Block | undefined {
  const chart = [...descendants(root, 'chart')].find((one) => child(one, 'table'))
  const data = chart && elements(chart, 'table')[0]
  if (!data) return undefined
  const rows = [...descendants(data, 'table-row')].map((line) =>
    row(
      elements(line, 'table-cell').map((one) => {
        const words = elements(one, 'p').map(xmlText).join(' ')
        const value = attribute(one, 'value')
        return cell((words || value || '').replace(/^NaN$/, ''))
      }),
    ),
  )
  const title = elements(chart, 'title')
    .flatMap((part) => elements(part, 'p').map(xmlText))
    .join(' ')
  if (rows.length === 0) return undefined
  return table(rows, { headerRows: 1, caption: title === '' ? undefined : [{ type: 'text', text: title }] })
}
