/** The style sheet, resolved: what a paragraph or a run gets from its style (ECMA-376 part 1, 17.7). */
import { attribute, child, elements, type Xml } from '../../io/xml.ts'
import {
  type ParagraphProperties,
  paragraphProperties,
  type RunProperties,
  runProperties,
} from './properties.ts'

/** What the built-in name of a style says the paragraph is. */
type Role = 'title' | 'code' | 'quote' | 'caption' | 'contents' | 'contents-heading'

export type ParagraphStyle = {
  readonly id: string
  readonly name: string
  readonly properties: ParagraphProperties
  readonly run: RunProperties
  /** Id of the style in the chain that states the numbering: levels are linked to that one. */
  readonly numberedBy?: string
  readonly role?: Role
  /** 1 to 9, when the style or one it is based on is a heading. */
  readonly headingLevel?: number
  readonly contentsLevel?: number
}

type CharacterStyle = {
  readonly id: string
  readonly name: string
  readonly run: RunProperties
  readonly isCode: boolean
}

export type Styles = {
  /** The style of that id, or the default paragraph style. */
  paragraph(id: string | undefined): ParagraphStyle
  character(id: string | undefined): CharacterStyle | undefined
  /** The numbering of a numbering style (17.9.21). */
  numberingOf(id: string): number | undefined
}

type Raw = {
  readonly id: string
  readonly type: string
  readonly name: string
  readonly basedOn: string | undefined
  readonly properties: ParagraphProperties
  readonly run: RunProperties
}

/** `name` in lower case, as the built-in names are the same in every language version of Word (17.7.4.9). */
const roles: readonly { readonly name: RegExp; readonly role: Role }[] = [
  { name: /^title$/, role: 'title' },
  {
    name: /^(source ?code|code|code ?block|html preformatted|preformatted( text)?|(program )?listing|verbatim|macro)$/,
    role: 'code',
  },
  { name: /^(quote|intense quote|block ?quote|block ?text|quotations?)$/, role: 'quote' },
  { name: /^(caption|image caption|table caption|captioned figure)$/, role: 'caption' },
  { name: /^(toc \d|table of figures|table of authorities|contents \d|index \d)$/, role: 'contents' },
  { name: /^(toc heading|toa heading|contents heading)$/, role: 'contents-heading' },
]
const codeCharacterStyle =
  /^(verbatim char|html (code|keyboard|sample|typewriter|variable)|(inline|source) ?(code|text)|code( char)?|macro text char)$/

export function readStyles(root: Xml | undefined): Styles {
  const raws = new Map<string, Raw>()
  let byDefault: string | undefined
  for (const element of elements(root, 'style')) {
    const raw = rawStyle(element)
    if (!raw || raws.has(raw.id)) continue
    raws.set(raw.id, raw)
    if (raw.type === 'paragraph' && isDefault(attribute(element, 'default'))) byDefault ??= raw.id
  }
  const defaults = child(root, 'docDefaults')
  const base: Raw = {
    id: '',
    type: 'paragraph',
    name: 'normal',
    basedOn: undefined,
    properties: paragraphProperties(child(child(defaults, 'pPrDefault'), 'pPr')),
    run: runProperties(child(child(defaults, 'rPrDefault'), 'rPr')),
  }
  const paragraphs = new Map<string, ParagraphStyle>()
  const characters = new Map<string, CharacterStyle | undefined>()
  const hasSheet = root !== undefined

  const paragraph = (id: string | undefined): ParagraphStyle => {
    const wanted =
      id !== undefined && (raws.get(id)?.type === 'paragraph' || !hasSheet) ? id : (byDefault ?? '')
    const known = paragraphs.get(wanted)
    if (known) return known
    const chain = chainOf(wanted, raws)
    const style = resolveParagraph(wanted, chain.length > 0 ? chain : [nameless(wanted)], base)
    paragraphs.set(wanted, style)
    return style
  }
  const character = (id: string | undefined): CharacterStyle | undefined => {
    if (id === undefined) return undefined
    if (!characters.has(id)) characters.set(id, resolveCharacter(id, chainOf(id, raws)))
    return characters.get(id)
  }
  const numberingOf = (id: string) =>
    chainOf(id, raws).find((raw) => raw.properties.numId !== undefined)?.properties.numId
  return { paragraph, character, numberingOf }
}

const isDefault = (value: string | undefined): boolean =>
  value !== undefined && !/^(0|false|off)$/i.test(value)

function rawStyle(element: Xml): Raw | undefined {
  const id = attribute(element, 'styleId')
  if (id === undefined) return undefined
  return {
    id,
    type: attribute(element, 'type') ?? 'paragraph',
    // LibreOffice writes the spaces of a name as in its own files.
    name: (attribute(child(element, 'name'), 'val') ?? id).replaceAll('_20_', ' ').trim().toLowerCase(),
    basedOn: attribute(child(element, 'basedOn'), 'val'),
    properties: paragraphProperties(child(element, 'pPr')),
    run: runProperties(child(element, 'rPr')),
  }
}

/** A document without a style sheet still names built-in styles by their usual ids ("Heading1"). */
const nameless = (id: string): Raw => ({
  id,
  type: 'paragraph',
  name: id.replace(/([a-z])(\d)$/i, '$1 $2').toLowerCase(),
  basedOn: undefined,
  properties: {},
  run: {},
})

/** Word itself allows ten or so. */
const LONGEST_CHAIN = 64

/** The style and those it is based on, nearest first; a ring ends where it closes. */
function chainOf(id: string, raws: ReadonlyMap<string, Raw>): Raw[] {
  const chain: Raw[] = []
  const seen = new Set<string>()
  for (
    let raw = raws.get(id);
    raw && !seen.has(raw.id) && chain.length < LONGEST_CHAIN;
    raw = raw.basedOn === undefined ? undefined : raws.get(raw.basedOn)
  ) {
    seen.add(raw.id)
    chain.push(raw)
  }
  return chain
}

function resolveParagraph(id: string, chain: readonly Raw[], base: Raw): ParagraphStyle {
  const downwards = [base, ...chain.toReversed()]
  const properties: ParagraphProperties = Object.assign({}, ...downwards.map((raw) => raw.properties))
  const run: RunProperties = Object.assign({}, ...downwards.map((raw) => raw.run))
  const numberedBy = chain.find((raw) => raw.properties.numId !== undefined)?.id
  const role = roleOf(chain)
  const headingLevel = headingLevelOf(chain, properties)
  const contentsLevel = /^(?:toc|contents) (\d)$/.exec(chain[0]?.name ?? '')?.[1]
  return {
    id,
    name: chain[0]?.name ?? '',
    properties,
    run,
    ...(numberedBy === undefined ? {} : { numberedBy }),
    ...(role && headingLevel === undefined ? { role } : {}),
    ...(headingLevel === undefined ? {} : { headingLevel }),
    ...(contentsLevel ? { contentsLevel: Number(contentsLevel) } : {}),
  }
}

/** Subtitles and authors are based on titles without being any: that role is the style's own. */
function roleOf(chain: readonly Raw[]): Role | undefined {
  for (const [index, { name }] of chain.entries()) {
    const role = roles.find((row) => row.name.test(name))?.role
    if (role && (role !== 'title' || index === 0 || !/subtitle|author|date|abstract/.test(chain[0]!.name)))
      return role
  }
  return undefined
}

/** By outline level, which is what Word's navigation shows; by the built-in name where no level is stated. */
function headingLevelOf(chain: readonly Raw[], { outline }: ParagraphProperties): number | undefined {
  if (outline !== undefined) return outline <= 8 ? outline + 1 : undefined
  for (const { name } of chain) {
    const level = /^heading ([1-9])$/.exec(name)?.[1]
    if (level) return Number(level)
  }
  return undefined
}

function resolveCharacter(id: string, chain: readonly Raw[]): CharacterStyle | undefined {
  if (chain.length === 0) return undefined
  return {
    id,
    name: chain[0]!.name,
    run: Object.assign({}, ...chain.toReversed().map((raw) => raw.run)),
    isCode: chain.some((raw) => codeCharacterStyle.test(raw.name)),
  }
}
