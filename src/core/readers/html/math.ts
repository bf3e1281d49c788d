/** A `math` element of a page as an XML tree, which the converter of formulas takes. */
import type { Xml } from '../../io/xml.ts'
import { type Element, isElement } from './parse.ts'

export function mathTree(element: Element): Xml {
  return {
    name: element.tagName,
    local: element.tagName,
    attributes: Object.fromEntries(element.attrs.map(({ name, value }) => [name, value])),
    children: element.childNodes.flatMap((child): (Xml | string)[] => {
      if (isElement(child)) return [mathTree(child)]
      return child.nodeName === '#text' ? [(child as { value: string } & typeof child).value] : [] // nodeName says so
    }),
  }
}
