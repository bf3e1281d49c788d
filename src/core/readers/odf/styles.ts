/** Styles as far as they change what a text says or how it is built (OpenDocument 1.3 part 3, chapter 16). */
import type { Mark } from '../../doc/model.ts'
import { attribute, child, elements, type Xml } from '../../io/xml.ts'

type TextStyle = { readonly marks: readonly Mark[]; readonly isHidden: boolean }
type ParagraphStyle = TextStyle & {
  readonly role: 'code' | 'quote' | 'title' | 'subtitle' | 'rule' | 'caption' | 'text'
  readonly listStyle: string | undefined
  readonly outlineLevel: number | undefined
  readonly beginsPage: boolean
}
/** One level of a list or of the headings. `format` '' prints no number; undefined is a bullet. */
export type ListLevel = {
  readonly format: string | undefined
  readonly prefix: string
  readonly suffix: string
  readonly start: number
  /** How many levels are printed: 3 gives "1.2.3". */
  readonly shown: number
  /** LibreOffice's own pattern, for example `%1%.%2%)`. */
  readonly pattern: string | undefined
}

export type Styles = {
  readonly text: (name: string | undefined) => TextStyle
  readonly paragraph: (name: string | undefined) => ParagraphStyle
  readonly list: (name: string | undefined) => readonly ListLevel[] | undefined
  readonly outline: readonly ListLevel[]
  /** Columns and cells that the table does not show. */
  readonly isHidden: (family: string, name: string | undefined) => boolean
  readonly beginsPage: (family: 'table', name: string | undefined) => boolean
  readonly element: (family: string, name: string | undefined) => Xml | undefined
}

/** Styles inherit; a ring of parents ends here. */
const DEEPEST = 30

export function readStyles(roots: readonly Xml[]): Styles {
  const styles = new Map<string, Xml>()
  const lists = new Map<string, readonly ListLevel[]>()
  let outline: readonly ListLevel[] = []
  for (const root of roots)
    for (const group of ['styles', 'automatic-styles'])
      for (const style of elements(child(root, group))) {
        const name = attribute(style, 'name') ?? ''
        if (style.local === 'list-style') lists.set(name, levelsOf(style))
        else if (style.local === 'outline-style') outline = levelsOf(style)
        else styles.set(`${attribute(style, 'family')} ${name}`, style)
      }
  const chain = (family: string, name: string | undefined): Xml[] => {
    const out: Xml[] = []
    for (let at = name, depth = 0; at !== undefined && depth < DEEPEST; depth++) {
      const style = styles.get(`${family} ${at}`)
      if (!style || out.includes(style)) break
      out.push(style)
      at = attribute(style, 'parent-style-name')
    }
    return out
  }
  const textStyles = new Map<string, TextStyle>()
  const paragraphStyles = new Map<string, ParagraphStyle>()
  return {
    text: (name) => cached(textStyles, name, () => textStyleOf(chain('text', name), name)),
    paragraph: (name) =>
      cached(paragraphStyles, name, () => paragraphStyleOf(chain('paragraph', name), name)),
    list: (name) => (name === undefined ? undefined : lists.get(name)),
    outline,
    isHidden: (family, name) =>
      chain(family, name).some((style) =>
        elements(style).some(
          (part) => attribute(part, 'display') === 'false' || attribute(part, 'visibility') === 'collapse',
        ),
      ),
    beginsPage: (family, name) => beginsPage(chain(family, name), 'table-properties'),
    element: (family, name) => styles.get(`${family} ${name}`),
  }
}

function cached<T>(store: Map<string, T>, name: string | undefined, make: () => T): T {
  const key = name ?? ''
  const known = store.get(key)
  if (known) return known
  const made = make()
  store.set(key, made)
  return made
}

/** The nearest style that states the property wins. */
function property(chain: readonly Xml[], group: string, local: string): string | undefined {
  for (const style of chain) {
    const value = attribute(child(style, group), local)
    if (value !== undefined) return value
  }
  return undefined
}

const beginsPage = (chain: readonly Xml[], group: string): boolean =>
  property(chain, group, 'break-before') === 'page' ||
  chain.some((style) => (attribute(style, 'master-page-name') ?? '') !== '')

type Rule = { readonly mark: Mark; readonly local: string; readonly is: (value: string) => boolean }

const rules: readonly Rule[] = [
  { mark: 'bold', local: 'font-weight', is: (value) => value === 'bold' || Number(value) >= 600 },
  { mark: 'italic', local: 'font-style', is: (value) => value === 'italic' || value === 'oblique' },
  { mark: 'underline', local: 'text-underline-style', is: (value) => value !== 'none' },
  { mark: 'strike', local: 'text-line-through-style', is: (value) => value !== 'none' },
  { mark: 'strike', local: 'text-line-through-type', is: (value) => value !== 'none' },
  // "super 58%", or a raise in percent.
  { mark: 'superscript', local: 'text-position', is: (value) => /^(super|[1-9])/.test(value) },
  { mark: 'subscript', local: 'text-position', is: (value) => /^(sub|-\d)/.test(value) },
]

const codeNames = /^(Source_20_Text|Teletype|Code|Verbatim|Source_Text|Typewriter)/i

function textStyleOf(chain: readonly Xml[], name: string | undefined): TextStyle {
  const names = [name ?? '', ...chain.map((style) => attribute(style, 'name') ?? '')]
  const marks = new Set<Mark>(marksOf(chain))
  if (names.some((one) => codeNames.test(one))) marks.add('code')
  return { marks: [...marks], isHidden: property(chain, 'text-properties', 'display') === 'none' }
}

const marksOf = (chain: readonly Xml[]): Mark[] =>
  rules.flatMap(({ mark, local, is }) => {
    const value = property(chain, 'text-properties', local)
    return value !== undefined && is(value) ? [mark] : []
  })

/** Names that LibreOffice and its kin give to the styles of these roles, in every language of the interface. */
const roles: readonly { readonly role: ParagraphStyle['role']; readonly name: RegExp }[] = [
  { role: 'code', name: /^(Preformatted(_20_)?_?Text|Source_20_Code|Code_20_Block|Listing)/i },
  { role: 'quote', name: /^(Quotations?|Block(_20_)?Quot|Quote|Blockquote)/i },
  { role: 'title', name: /^Title$/i },
  { role: 'subtitle', name: /^Subtitle$/i },
  { role: 'rule', name: /^Horizontal_20_Line$/i },
  { role: 'caption', name: /^(Caption|Illustration|Figure|Table|Drawing)$/i },
]

function paragraphStyleOf(chain: readonly Xml[], name: string | undefined): ParagraphStyle {
  const names = [name ?? '', ...chain.map((style) => attribute(style, 'name') ?? '')]
  const role = roles.find(({ name: pattern }) => names.some((one) => pattern.test(one)))?.role ?? 'text'
  const stated = (local: string) =>
    chain.map((style) => attribute(style, local)).find((value) => value !== undefined && value !== '')
  const level = Number(stated('default-outline-level'))
  // Only the paragraph's own formatting is emphasis; what its named style sets is how that style looks.
  const own = chain.filter((style) => /^P\d+$/.test(attribute(style, 'name') ?? ''))
  return {
    role,
    marks: role === 'text' ? marksOf(own).filter((mark) => mark !== 'underline' || own.length > 0) : [],
    isHidden: property(chain, 'text-properties', 'display') === 'none',
    listStyle: stated('list-style-name'),
    outlineLevel: level >= 1 ? level : undefined,
    beginsPage: beginsPage(chain, 'paragraph-properties'),
  }
}

function levelsOf(style: Xml): readonly ListLevel[] {
  const levels: ListLevel[] = []
  for (const level of elements(style)) {
    const at = Number(attribute(level, 'level')) - 1
    if (!(at >= 0 && at < 20)) continue
    const isNumber = level.local === 'list-level-style-number' || level.local === 'outline-level-style'
    levels[at] = {
      format: isNumber ? (attribute(level, 'num-format') ?? '') : undefined,
      prefix: attribute(level, 'num-prefix') ?? '',
      suffix: attribute(level, 'num-suffix') ?? '',
      start: Number(attribute(level, 'start-value') ?? '1') || 1,
      shown: Math.max(1, Number(attribute(level, 'display-levels') ?? '1') || 1),
      pattern: attribute(level, 'num-list-format'),
    }
  }
  return levels
}
