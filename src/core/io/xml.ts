/** The only door to XML: no DTD, no entities but the five of XML, bounded depth and node count, no recursion. */
import { SaxesParser } from 'saxes'
import { MdraftError } from '../errors.ts'
import type { Limits } from '../limits.ts'
import { decodeText } from './text.ts'

/** An element. `name` keeps its prefix as written; `local` is the name without it. */
export type Xml = {
  readonly name: string
  readonly local: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly (Xml | string)[]
}
type Open = { name: string; local: string; attributes: Record<string, string>; children: (Xml | string)[] }

/** Parses a whole document and returns its root element. @throws MdraftError */
export function parseXml(source: Uint8Array | string, limits: Pick<Limits, 'xmlDepth' | 'xmlNodes'>): Xml {
  const parser = new SaxesParser({ xmlns: false })
  const stack: Open[] = []
  let root: Open | undefined
  let nodes = 0
  const fail = (error: MdraftError): never => {
    throw error
  }

  parser.on('doctype', () =>
    fail(
      new MdraftError(
        'xml_dtd_forbidden',
        'The XML declares a document type (DTD), which mdraft does not read.',
        {
          fix: 'Save the file again without a DTD.',
        },
      ),
    ),
  )
  parser.on('error', (cause) => {
    throw new MdraftError(
      'malformed',
      `The XML is not well-formed: ${cause.message.replace(/^undefined:/, 'line ')}`,
      { cause },
    )
  })
  parser.on('opentag', (tag) => {
    if (++nodes > limits.xmlNodes)
      fail(new MdraftError('bomb', `The XML has more than ${limits.xmlNodes} nodes.`))
    if (stack.length >= limits.xmlDepth)
      fail(new MdraftError('nested_too_deep', `The XML is nested deeper than ${limits.xmlDepth} elements.`))
    const element: Open = {
      name: tag.name,
      local: localName(tag.name),
      attributes: tag.attributes as Record<string, string>, // strings when xmlns is off
      children: [],
    }
    stack.at(-1)?.children.push(element)
    root ??= element
    stack.push(element)
  })
  parser.on('closetag', () => {
    stack.pop()
  })
  const onText = (text: string) => {
    const children = stack.at(-1)?.children
    if (!children || text === '') return
    if (++nodes > limits.xmlNodes)
      fail(new MdraftError('bomb', `The XML has more than ${limits.xmlNodes} nodes.`))
    const last = children.length - 1
    if (typeof children[last] === 'string') children[last] += text
    else children.push(text)
  }
  parser.on('text', onText)
  parser.on('cdata', onText)

  const text = typeof source === 'string' ? source : decodeXml(source)
  for (let start = 0; start < text.length; start += CHUNK) parser.write(text.slice(start, start + CHUNK))
  parser.close()
  return root ?? fail(new MdraftError('malformed', 'The XML has no element.'))
}

/** Fed in pieces, so that a huge text node is counted on the way and not at its end. */
const CHUNK = 2 ** 16

const decodeXml = (bytes: Uint8Array): string => {
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1')
  return decodeText(bytes, undefined, /encoding=["']([\w.-]+)["']/.exec(head)?.[1])
}

export const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

/** The child elements, of one local name when it is given. */
export const elements = (parent: Xml | undefined, local?: string): Xml[] =>
  (parent?.children.filter(
    (node) => typeof node !== 'string' && (!local || node.local === local),
  ) as Xml[]) ?? []

export const child = (parent: Xml | undefined, local: string): Xml | undefined =>
  parent?.children.find((node): node is Xml => typeof node !== 'string' && node.local === local)

/** An attribute by local name, whatever its prefix. */
export function attribute(element: Xml | undefined, local: string): string | undefined {
  if (!element) return undefined
  const direct = element.attributes[local]
  if (direct !== undefined) return direct
  for (const [name, value] of Object.entries(element.attributes)) if (localName(name) === local) return value
  return undefined
}

/** All characters inside an element. */
export function xmlText(element: Xml): string {
  let out = ''
  const stack: (Xml | string)[] = [element]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (typeof node === 'string') out += node
    else for (let index = node.children.length - 1; index >= 0; index--) stack.push(node.children[index]!)
  }
  return out
}
