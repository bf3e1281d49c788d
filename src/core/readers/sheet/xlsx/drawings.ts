/** What floats over the cells: shapes with text, pictures, charts, diagrams (ECMA-376 part 1, 20.5). */
import { figure, paragraph } from '../../../doc/build.ts'
import type { At, Block } from '../../../doc/model.ts'
import { attribute, child, descendants, elements, type Xml, xmlText } from '../../../io/xml.ts'
import type { ReadContext } from '../../../reader.ts'
import { alternative } from '../../ooxml/alternate.ts'
import { chartBlocks } from '../../ooxml/chart.ts'
import { type Loaded, loadParts } from '../../ooxml/load.ts'
import { type Package, type Relationships, relationshipId } from '../../ooxml/package.ts'
import { smartArtBlocks } from '../../ooxml/smart-art.ts'
import { cellName, type Float } from '../workbook.ts'

export async function readFloats(
  file: Package,
  sheet: string,
  name: string,
  context: ReadContext,
): Promise<readonly Float[]> {
  const drawings = [...(await file.relationships(sheet)).values()].filter(
    ({ type, target }) => type === 'drawing' && file.has(target),
  )
  const out: Float[] = []
  for (const { target } of drawings) {
    const root = await file.xml(target)
    const links = await file.relationships(target)
    const scope: Scope = { links, loaded: await loadParts(file, [links], context), context }
    for (const anchor of elements(root)) out.push(...anchored(anchor, name, scope))
  }
  return out.sort((one, other) => one.row - other.row || one.column - other.column)
}

type Scope = { readonly links: Relationships; readonly loaded: Loaded; readonly context: ReadContext }

function anchored(anchor: Xml, name: string, scope: Scope): Float[] {
  const from = child(anchor, 'from')
  const number = (local: string) => {
    const found = child(from, local)
    return found ? Number(xmlText(found)) || 0 : 0
  }
  const [row, column] = [number('row'), number('col')]
  const at: At = { path: from ? `${name}!${cellName(row, column)}` : name }
  const blocks = elements(anchor).flatMap((element) => shapeBlocks(element, at, scope, 0))
  return blocks.length > 0 ? [{ row, column, blocks }] : []
}

/** Groups inside groups; deeper is no drawing anyone made. */
const DEEPEST = 30

function shapeBlocks(element: Xml, at: At, scope: Scope, depth: number): Block[] {
  if (depth > DEEPEST) return []
  switch (element.local) {
    case 'grpSp':
      return elements(element).flatMap((inner) => shapeBlocks(inner, at, scope, depth + 1))
    case 'AlternateContent': {
      const branch = alternative(element)
      return elements(branch).flatMap((inner) => shapeBlocks(inner, at, scope, depth + 1))
    }
    case 'sp':
    case 'cxnSp':
      return textOfShape(element, at)
    case 'pic':
      return [pictureOf(element, at, scope)]
    case 'graphicFrame':
      return frameBlocks(element, at, scope)
    default:
      return []
  }
}

/** Paragraphs of DrawingML text (21.1.2). */
function textOfShape(shape: Xml, at: At): Block[] {
  const body = child(shape, 'txBody')
  return elements(body, 'p').flatMap((line) => {
    const words = [...descendants(line, 't')].map(xmlText).join('').trim()
    return words === '' ? [] : [paragraph(words, { at })]
  })
}

function describe(element: Xml): string {
  const [about] = [...descendants(element, 'cNvPr')]
  return (attribute(about, 'descr') || attribute(about, 'title') || '').replace(/\s+/g, ' ').trim()
}

function pictureOf(element: Xml, at: At, { links, loaded, context }: Scope): Block {
  const [blip] = [...descendants(element, 'blip')]
  const embedded = links.get(relationshipId(blip, 'embed') ?? '')
  const linked = links.get(relationshipId(blip, 'link') ?? '')
  if (!embedded && linked?.external)
    context.report.warn('external-reference', 'A picture lies outside the file and was not fetched.', at)
  return figure(describe(element), { at, src: embedded && loaded.pictures.get(embedded.target) })
}

function frameBlocks(element: Xml, at: At, { links, loaded, context }: Scope): Block[] {
  const part = (reference: Xml | undefined, local: string) =>
    loaded.xml.get(links.get(relationshipId(reference, local) ?? '')?.target ?? '')
  const [chart] = [...descendants(element, 'chart')]
  const chartRoot = chart && part(chart, 'id')
  if (chartRoot) return [figure(describe(element) || 'Chart', { at }), ...chartBlocks(chartRoot, at, context)]
  const [diagram] = [...descendants(element, 'relIds')]
  const data = diagram && part(diagram, 'dm')
  return data ? smartArtBlocks(data, at) : []
}
