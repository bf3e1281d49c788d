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

type Budget = Pick<Limits, 'xmlDepth' | 'xmlNodes'>

/** Parses a whole document and returns its root element; `onParsed` hears how many nodes it has. @throws MdraftError */
export function parseXml(
  source: Uint8Array | string,
  limits: Budget,
  onParsed?: (nodes: number) => void,
): Xml {
  let root: Open | undefined
  const { parser, nodes } = createParser(limits, {
    open: (element, parent) => {
      if (parent) adopt(parent, element)
      root ??= element
    },
    close: () => {},
  })
  for (const text of chunks(source)) parser.write(text)
  parser.close()
  onParsed?.(nodes())
  if (!root) throw new MdraftError('malformed', 'The XML has no element.')
  return root
}

/**
 * Parses a document piece by piece: each element that `isPiece` picks is given once it is complete and then
 * forgotten, so a huge document never stands in memory as one tree. The pieces before damage are given before the
 * error is thrown. @throws MdraftError
 */
export function* xmlPieces(
  source: Uint8Array | string,
  limits: Budget,
  isPiece: (local: string, parents: readonly string[]) => boolean,
): Generator<Xml> {
  const done: Xml[] = []
  const parents: string[] = []
  let piece: Open | undefined
  const { parser } = createParser(limits, {
    open: (element, parent) => {
      if (piece) adopt(parent!, element)
      else if (isPiece(element.local, parents)) piece = element
      if (!piece) parents.push(element.local)
    },
    close: (element) => {
      if (!piece) parents.pop()
      if (element !== piece) return
      done.push(element)
      piece = undefined
    },
    // Text between pieces is no one's.
    wantsText: () => piece !== undefined,
  })
  let failure: unknown
  for (const text of chunks(source)) {
    try {
      parser.write(text)
    } catch (error) {
      failure = error
    }
    yield* done.splice(0)
    if (failure) throw failure
  }
  parser.close()
  yield* done
}

type Handlers = {
  readonly open: (element: Open, parent: Open | undefined) => void
  readonly close: (element: Open) => void
  readonly wantsText?: () => boolean
}

/**
 * Millions of elements have no attribute or no child: they share these, or a 16 MB part of empty tags takes a gigabyte.
 */
const noAttributes: Record<string, string> = Object.freeze({})
const noChildren = Object.freeze([]) as unknown as (Xml | string)[] // never written to: see `adopt`

function adopt(parent: Open, node: Xml | string): void {
  if (parent.children === noChildren) parent.children = [node]
  else parent.children.push(node)
}

const hasAny = (attributes: object): boolean => {
  for (const _ in attributes) return true
  return false
}

function createParser(limits: Budget, { open, close, wantsText }: Handlers) {
  const parser = new SaxesParser({ xmlns: false })
  const stack: Open[] = []
  let nodes = 0
  const count = () => {
    if (++nodes > limits.xmlNodes)
      throw new MdraftError('bomb', `The XML has more than ${limits.xmlNodes} nodes.`)
  }

  parser.on('doctype', () => {
    throw new MdraftError(
      'xml_dtd_forbidden',
      'The XML declares a document type (DTD), which mdraft does not read.',
      { fix: 'Save the file again without a DTD.' },
    )
  })
  parser.on('error', (cause) => {
    throw new MdraftError(
      'malformed',
      `The XML is not well-formed: ${cause.message.replace(/^undefined:/, 'line ')}`,
      { cause },
    )
  })
  parser.on('opentag', (tag) => {
    count()
    if (stack.length >= limits.xmlDepth)
      throw new MdraftError('nested_too_deep', `The XML is nested deeper than ${limits.xmlDepth} elements.`)
    const element: Open = {
      name: tag.name,
      local: localName(tag.name),
      attributes: hasAny(tag.attributes) ? (tag.attributes as Record<string, string>) : noAttributes, // strings when xmlns is off
      children: noChildren,
    }
    open(element, stack.at(-1))
    stack.push(element)
  })
  parser.on('closetag', () => close(stack.pop()!))
  const onText = (text: string) => {
    const parent = stack.at(-1)
    if (!parent || text === '' || wantsText?.() === false) return
    count()
    const last = parent.children.length - 1
    if (typeof parent.children[last] === 'string') parent.children[last] += text
    else adopt(parent, text)
  }
  parser.on('text', onText)
  parser.on('cdata', onText)
  return { parser, nodes: () => nodes }
}

/** Fed in pieces, so that a huge text node is counted on the way and not at its end. */
const CHUNK = 2 ** 13

/** UTF-8, the usual case, is decoded on the way: the text of a large part is never held whole. */
function* chunks(source: Uint8Array | string): Generator<string> {
  const text = typeof source === 'string' ? source : isUtf8(source) ? undefined : decodeXml(source)
  if (text !== undefined) {
    for (let start = 0; start < text.length; start += CHUNK) yield text.slice(start, start + CHUNK)
    return
  }
  const bytes = source as Uint8Array // a string has been handled above
  const decoder = new TextDecoder('utf-8')
  for (let start = 0; start < bytes.byteLength; start += CHUNK)
    yield decoder.decode(bytes.subarray(start, start + CHUNK), { stream: true })
  yield decoder.decode()
}

const declaredEncoding = (bytes: Uint8Array): string | undefined =>
  /encoding=["']([\w.-]+)["']/.exec(Buffer.from(bytes.subarray(0, 200)).toString('latin1'))?.[1]

/** UTF-8 is what XML is in when it says nothing and has no other byte order mark (XML 1.0, 4.3.3). */
const isUtf8 = (bytes: Uint8Array): boolean =>
  /^utf-?8$/i.test(declaredEncoding(bytes) ?? 'utf-8') &&
  bytes[0] !== 0xff &&
  bytes[0] !== 0xfe &&
  bytes[0] !== 0 &&
  bytes[1] !== 0

const decodeXml = (bytes: Uint8Array): string => decodeText(bytes, undefined, declaredEncoding(bytes))

/** Names repeat without end: each is cut once. */
const locals = new Map<string, string>()

function localName(name: string): string {
  const known = locals.get(name)
  if (known !== undefined) return known
  const local = name.slice(name.indexOf(':') + 1)
  if (locals.size < 10_000) locals.set(name, local)
  return local
}

/** The child elements, of one local name when it is given. */
export const elements = (parent: Xml | undefined, local?: string): Xml[] =>
  (parent?.children.filter(
    (node) => typeof node !== 'string' && (!local || node.local === local),
  ) as Xml[]) ?? []

export const child = (parent: Xml | undefined, local: string): Xml | undefined =>
  parent?.children.find((node): node is Xml => typeof node !== 'string' && node.local === local)

/** The element reached by stepping from child to child. */
export function descend(from: Xml | undefined, ...path: readonly string[]): Xml | undefined {
  let element = from
  for (const local of path) element = child(element, local)
  return element
}

/** Every element inside `from` with this local name, in document order. */
export function* descendants(from: Xml | undefined, local: string): Generator<Xml> {
  const stack: Xml[] = elements(from).reverse()
  for (let element = stack.pop(); element; element = stack.pop()) {
    if (element.local === local) yield element
    for (let index = element.children.length - 1; index >= 0; index--) {
      const node = element.children[index]!
      if (typeof node !== 'string') stack.push(node)
    }
  }
}

const COLON = 58

/** An attribute by local name, whatever its prefix. */
export function attribute(element: Xml | undefined, local: string): string | undefined {
  if (!element) return undefined
  const direct = element.attributes[local]
  if (direct !== undefined) return direct
  for (const name in element.attributes) {
    const colon = name.length - local.length - 1
    if (colon > 0 && name.charCodeAt(colon) === COLON && name.endsWith(local)) return element.attributes[name]
  }
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
