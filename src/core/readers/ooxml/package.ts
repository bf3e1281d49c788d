/** An Open Packaging Conventions package (ECMA-376 part 2): parts, their media types and their relationships. */
import { MdraftError } from '../../errors.ts'
import { attribute, elements, parseXml, type Xml } from '../../io/xml.ts'
import { openZip } from '../../io/zip.ts'
import type { ReadContext } from '../../reader.ts'
import { flatMembers, isFlatPackage, type Members } from './flat.ts'

export type Relationship = {
  readonly id: string
  /** Last step of the type's URI, the same in the transitional and the strict form ("image", "slideLayout"). */
  readonly type: string
  /** A part's name without the leading slash, or a URL when `external`. */
  readonly target: string
  readonly external: boolean
}
export type Relationships = ReadonlyMap<string, Relationship>

export type Package = {
  /** The part that `_rels/.rels` calls the office document. */
  readonly main: string
  readonly names: readonly string[]
  has(part: string): boolean
  mediaType(part: string): string | undefined
  bytes(part: string): Promise<Uint8Array | undefined>
  /** The part's root element; undefined, with a warning, when it is missing or damaged. */
  xml(part: string): Promise<Xml | undefined>
  relationships(part: string): Promise<Relationships>
}

/** Nodes that remain for small parts after a huge one was refused. */
const RESERVE = 20_000

type Needs = Pick<ReadContext, 'limits' | 'report'>

/** @throws MdraftError when the bytes are no package or the package has no main part */
export async function openPackage(bytes: Uint8Array, needs: Needs): Promise<Package> {
  if (isFlatPackage(bytes)) return packageOf(flatMembers(bytes, needs.limits), needs)
  const zip = await openZip(bytes, needs.limits, {
    onDamage: (why, name) => {
      needs.report.warn('file-salvaged', why, name ? { path: name } : undefined)
    },
  })
  return packageOf(zip, needs)
}

/** @throws MdraftError when there is no main part */
export async function packageOf(members: Members, needs: Needs): Promise<Package> {
  const names = namesOf(members)
  const has = (part: string) => names.has(key(part))
  const read = async (part: string) => members.read(names.get(key(part)) ?? part)
  // One budget of nodes for all parts that stand in memory as trees.
  let left = needs.limits.xmlNodes
  const xml = async (part: string) => {
    const limits = { ...needs.limits, xmlNodes: left }
    return readXml(part, read, { ...needs, limits }, (nodes) => {
      left = nodes === undefined ? Math.min(left, RESERVE) : left - nodes
    })
  }
  const types = mediaTypes(has('[Content_Types].xml') ? await xml('[Content_Types].xml') : undefined)
  const known = new Map<string, Relationships>()
  const relationships = async (part: string): Promise<Relationships> => {
    const path = relationshipsPath(part)
    const found = known.get(path) ?? (has(path) ? relationshipsIn(await xml(path), part) : new Map())
    known.set(path, found)
    return found
  }
  const main = mainPart(await relationships(''), types, has)
  if (!main)
    throw new MdraftError('malformed', 'The Office file has no main part: its content is missing.', {
      fix: 'Open it in Office, save it again, and retry.',
    })
  return { main, names: [...names.values()], has, mediaType: types.of, bytes: read, xml, relationships }
}

/** Part names are equal when they differ only in ASCII case (part 2, 6.2.2.3); some producers write backslashes. */
const key = (part: string): string => part.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase()

function namesOf(members: Members): Map<string, string> {
  const names = new Map<string, string>()
  for (const name of members.names) if (!names.has(key(name))) names.set(key(name), name)
  return names
}

async function readXml(
  part: string,
  read: (part: string) => Promise<Uint8Array | undefined>,
  { limits, report }: Needs,
  onParsed: (nodes?: number) => void,
): Promise<Xml | undefined> {
  const bytes = await read(part)
  if (!bytes) {
    report.warn('part-missing', `The file names a part that it does not hold.`, { path: part })
    return undefined
  }
  try {
    return parseXml(bytes, limits, onParsed)
  } catch (error) {
    if (!(error instanceof MdraftError) || error.code === 'xml_dtd_forbidden') throw error
    if (error.code === 'bomb') onParsed()
    report.warn('part-damaged', `A part could not be read: ${error.message}`, { path: part })
    return undefined
  }
}

type MediaTypes = {
  readonly of: (part: string) => string | undefined
  readonly overrides: ReadonlyMap<string, string>
}

/** `[Content_Types].xml` (part 2, 7.2). */
function mediaTypes(root: Xml | undefined): MediaTypes {
  const byExtension = new Map<string, string>()
  const overrides = new Map<string, string>()
  for (const element of elements(root)) {
    const type = attribute(element, 'ContentType')
    if (!type) continue
    const extension = attribute(element, 'Extension')
    const part = attribute(element, 'PartName')
    if (element.local === 'Default' && extension) byExtension.set(extension.toLowerCase(), type)
    if (element.local === 'Override' && part) overrides.set(key(part), type)
  }
  const of = (part: string) =>
    overrides.get(key(part)) ?? byExtension.get(/\.(\w+)$/.exec(part)?.[1]?.toLowerCase() ?? '')
  return { of, overrides }
}

/** Where relationships are lost, the media type still tells which part is the main one. */
function mainPart(
  root: Relationships,
  types: MediaTypes,
  has: (part: string) => boolean,
): string | undefined {
  const named = [...root.values()].find((link) => link.type === 'officeDocument' && has(link.target))
  if (named) return named.target
  for (const [part, type] of types.overrides) if (/\.main\+xml$/i.test(type) && has(part)) return part
  return ['word/document.xml', 'ppt/presentation.xml'].find(has)
}

/** `word/document.xml` → `word/_rels/document.xml.rels`; the package itself has `_rels/.rels`. */
const relationshipsPath = (part: string): string => {
  const slash = part.lastIndexOf('/')
  return `${part.slice(0, slash + 1)}_rels/${part.slice(slash + 1)}.rels`
}

function relationshipsIn(root: Xml | undefined, source: string): Relationships {
  const found = new Map<string, Relationship>()
  for (const element of elements(root, 'Relationship')) {
    const id = attribute(element, 'Id')
    const target = attribute(element, 'Target')
    if (!id || target === undefined) continue
    const external = attribute(element, 'TargetMode')?.toLowerCase() === 'external'
    found.set(id, {
      id,
      type: (attribute(element, 'Type') ?? '').split('/').pop() ?? '',
      target: external ? target : resolvePart(target, source),
      external,
    })
  }
  return found
}

/** A reference from one part to another (part 2, 6.4): relative to the folder of the part that holds it. */
function resolvePart(target: string, source: string): string {
  const path = target.replaceAll('\\', '/').replace(/[?#].*$/s, '')
  const steps = path.startsWith('/') ? [] : source.split('/').slice(0, -1)
  for (const step of path.split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '' && step !== '.') steps.push(decodeStep(step))
  }
  return steps.join('/')
}

function decodeStep(step: string): string {
  try {
    return decodeURIComponent(step)
  } catch {
    return step
  }
}

/** The attribute that names a relationship: `r:id`, `r:embed`, … whatever prefix the file gives that namespace. */
export function relationshipId(element: Xml | undefined, local: string): string | undefined {
  if (!element) return undefined
  const usual = element.attributes[`r:${local}`]
  if (usual !== undefined) return usual
  const own = element.name.slice(0, Math.max(0, element.name.indexOf(':')))
  for (const name in element.attributes) {
    const [prefix, rest] = name.split(':')
    if (rest === local && prefix !== own) return element.attributes[name]
  }
  return undefined
}
