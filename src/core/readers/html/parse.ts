/** HTML to a tree as browsers build it (WHATWG HTML, 13.2), bounded in depth and in nodes. */
import { type DefaultTreeAdapterTypes, defaultTreeAdapter, Parser, type Token } from 'parse5'
import { MdraftError } from '../../errors.ts'
import type { Limits } from '../../limits.ts'
import type { Report } from '../../report.ts'

export type Element = DefaultTreeAdapterTypes.Element
export type Node = DefaultTreeAdapterTypes.ChildNode
type Parent = DefaultTreeAdapterTypes.ParentNode

/** Elements that hold nothing (WHATWG HTML, 13.1.2) cannot deepen the tree. */
const voids: ReadonlySet<string> = new Set(
  'area base br col embed hr img input link meta param source track wbr'.split(' '),
)

/** Start tags beyond the depth are left out, their content stays: the cost of nesting is quadratic elsewhere. */
class BoundedParser extends Parser<DefaultTreeAdapterTypes.DefaultTreeAdapterMap> {
  deepest = Number.POSITIVE_INFINITY
  flattened = 0

  override onStartTag(token: Token.TagToken): void {
    if (this.openElements.stackTop >= this.deepest && !voids.has(token.tagName)) this.flattened++
    else super.onStartTag(token)
  }
}

/** Parses a page or a fragment. @throws MdraftError `bomb` beyond the number of nodes */
export function parseHtml(text: string, limits: Limits, report: Report): Parent {
  let nodes = 0
  const counted = <T>(make: T): T => {
    if (++nodes > limits.htmlNodes)
      throw new MdraftError('bomb', `The HTML has more than ${limits.htmlNodes} elements.`, {
        fix: 'Split the page.',
      })
    return make
  }
  const parser = new BoundedParser({
    scriptingEnabled: false,
    treeAdapter: {
      ...defaultTreeAdapter,
      createElement: (...given) => counted(defaultTreeAdapter.createElement(...given)),
    },
  })
  parser.deepest = limits.htmlDepth
  parser.tokenizer.write(text, true)
  if (parser.flattened > 0)
    report.warn(
      'nesting-flattened',
      `${parser.flattened} elements nested deeper than ${limits.htmlDepth} were taken as part of their parent.`,
    )
  return parser.document
}

export const isElement = (node: Node): node is Element => 'tagName' in node

export const attribute = (element: Element, name: string): string | undefined =>
  element.attrs.find((attr) => attr.name === name && !attr.prefix)?.value ??
  element.attrs.find((attr) => attr.name === name)?.value

export const classes = (element: Element): readonly string[] =>
  attribute(element, 'class')?.split(/\s+/).filter(Boolean) ?? []

/** Child elements, of the given names when there are any. */
export const elements = (parent: Parent, ...names: string[]): Element[] =>
  parent.childNodes.filter(isElement).filter((child) => names.length === 0 || names.includes(child.tagName))

/** Every element below, in document order. */
export function* descendants(parent: Parent): Generator<Element> {
  const stack: Node[] = [...parent.childNodes].reverse()
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (!isElement(node)) continue
    yield node
    for (let at = node.childNodes.length - 1; at >= 0; at--) stack.push(node.childNodes[at]!)
  }
}

/** All characters below, without those of scripts and styles. */
export function textOf(parent: Parent): string {
  const stack: Node[] = [...parent.childNodes].reverse()
  let out = ''
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.nodeName === '#text') out += (node as DefaultTreeAdapterTypes.TextNode).value
    else if (isElement(node)) {
      if (node.tagName === 'br') out += '\n'
      if (node.tagName === 'script' || node.tagName === 'style') continue
      for (let at = node.childNodes.length - 1; at >= 0; at--) stack.push(node.childNodes[at]!)
    }
  }
  return out
}
