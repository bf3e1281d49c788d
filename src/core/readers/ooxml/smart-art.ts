/** SmartArt: the texts of a diagram as nested lists (ECMA-376 part 1, 21.4). */
import { item, list, paragraph } from '../../doc/build.ts'
import type { At, Block, ListItem } from '../../doc/model.ts'
import { attribute, child, descendants, elements, type Xml, xmlText } from '../../io/xml.ts'

/** Deeper is no diagram that anyone drew. */
const DEPTH = 50

type Point = { readonly text: readonly string[]; readonly isDocument: boolean }

/** Of a diagram's data part: what hangs under the document point, in the author's order. */
export function smartArtBlocks(root: Xml, at: At): Block[] {
  const points = readPoints(root)
  const children = readTree(root)
  const top = [...points].find(([, point]) => point.isDocument)?.[0]
  const seen = new Set<string>()
  const build = (id: string, depth: number): ListItem[] =>
    depth > DEPTH
      ? []
      : (children.get(id) ?? []).flatMap((next) => {
          // A damaged diagram may hang a point under itself.
          if (seen.has(next)) return []
          seen.add(next)
          const inner = build(next, depth + 1)
          const text = points.get(next)?.text ?? []
          if (text.length === 0) return inner
          return [
            item([...text.map((line) => paragraph(line)), ...(inner.length > 0 ? [list(inner)] : [])], {
              at,
            }),
          ]
        })
  const items = top === undefined ? [] : build(top, 0)
  if (items.length > 0) return [list(items, { at })]
  const loose = [...points.values()].flatMap((point) => point.text)
  return loose.length > 0
    ? [
        list(
          loose.map((line) => item([paragraph(line)], { at })),
          { at },
        ),
      ]
    : []
}

/** Points that carry text; those of presentation and transition repeat or decorate (21.4.7.51). */
function readPoints(root: Xml): Map<string, Point> {
  const points = new Map<string, Point>()
  for (const element of elements(child(root, 'ptLst'), 'pt')) {
    const id = attribute(element, 'modelId')
    const type = attribute(element, 'type') ?? 'node'
    if (id === undefined || type === 'pres' || type === 'parTrans' || type === 'sibTrans') continue
    const text = elements(child(element, 't'), 'p').map(lineOf).filter(Boolean)
    points.set(id, { text, isDocument: type === 'doc' })
  }
  return points
}

const lineOf = (paragraphElement: Xml): string =>
  [...descendants(paragraphElement, 't')].map(xmlText).join('').replace(/\s+/g, ' ').trim()

function readTree(root: Xml): Map<string, string[]> {
  const links = elements(child(root, 'cxnLst'), 'cxn')
    .filter((link) => (attribute(link, 'type') ?? 'parOf') === 'parOf')
    .map((link) => ({
      from: attribute(link, 'srcId') ?? '',
      to: attribute(link, 'destId') ?? '',
      order: Number(attribute(link, 'srcOrd') ?? 0),
    }))
    .sort((one, other) => one.order - other.order)
  const children = new Map<string, string[]>()
  for (const { from, to } of links) {
    const known = children.get(from)
    if (known) known.push(to)
    else children.set(from, [to])
  }
  return children
}
