/** Text of shapes: paragraphs, bullets and numbers as the chain of styles gives them (ECMA-376 part 1, 21.1.2). */
import { code, inlineFormula, lineBreak, link, paragraph, text } from '../../doc/build.ts'
import type { At, Block, Inline, Mark } from '../../doc/model.ts'
import { inlineText } from '../../doc/walk.ts'
import { attribute, child, descendants, elements, type Xml, xmlText } from '../../io/xml.ts'
import { alternative } from '../ooxml/alternate.ts'
import { append } from '../ooxml/append.ts'
import { isBlank, trimmed } from '../ooxml/content.ts'
import { safeHref } from '../ooxml/href.ts'
import { createLists, type ListLabel } from '../ooxml/lists.ts'
import { ommlToLatex } from '../ooxml/omml.ts'
import { type Relationships, relationshipId } from '../ooxml/package.ts'
import { isSymbolFont, symbolText } from '../ooxml/symbols.ts'
import { autoNumber } from './auto-numbers.ts'

export type TextScope = {
  readonly links: Relationships
  /** Slide part → number, for links from slide to slide. */
  readonly numbers: ReadonlyMap<string, number>
  readonly at: At
  /** List styles from the nearest to the farthest: of the shape, its layout, its master, the presentation. */
  readonly styles: readonly (Xml | undefined)[]
}

const STEP = 720

export function textBlocks(body: Xml | undefined, scope: TextScope): Block[] {
  const out: Block[] = []
  const lists = createLists()
  const counts = createCounts()
  let lines: { text: string; left: number }[] = []

  const place = (block: Block, left: number) => {
    if (lists.isOpen && lists.continue(left, [block])) return
    append(out, [...lists.close(), block])
  }
  const flushCode = () => {
    if (lines.length > 0)
      place(code(lines.map((line) => line.text).join('\n'), { at: scope.at }), lines[0]!.left)
    lines = []
  }
  for (const element of elements(body, 'p')) {
    const level = levelOf(element)
    const written = inlineContent(element, scope)
    const content = trimmed(written)
    const left = level * STEP
    if (isBlank(content)) continue
    if (isCode(element)) {
      lines.push({ text: inlineText(written), left })
      continue
    }
    flushCode()
    const label = labelOf(element, level, scope, counts)
    const block = paragraph(content, { at: scope.at })
    if (label) lists.add(label, left + STEP, { at: scope.at, blocks: [block] })
    else place(block, left)
  }
  flushCode()
  return [...out, ...lists.close()]
}

/** All paragraphs as one line, for titles. */
export function lineOfText(body: Xml | undefined, scope: TextScope): readonly Inline[] {
  const parts = elements(body, 'p')
    .map((element) => trimmed(inlineContent(element, scope)))
    .filter((content) => !isBlank(content))
  return parts.flatMap((content, index) => (index === 0 ? [...content] : [lineBreak(), ...content]))
}

function levelOf(element: Xml): number {
  const level = Number(attribute(child(element, 'pPr'), 'lvl') ?? 0)
  return Number.isInteger(level) ? Math.min(8, Math.max(0, level)) : 0
}

type Counts = { next(level: number, scheme: string, start: number): number; other(level: number): void }

/** Numbers count on while nothing of the same or a higher level stands between (21.1.2.4.1). */
function createCounts(): Counts {
  const open: ({ scheme: string; value: number } | undefined)[] = []
  return {
    next: (level, scheme, start) => {
      open.length = level + 1
      const current = open[level]
      const value = current && current.scheme === `${scheme} ${start}` ? current.value + 1 : start
      open[level] = { scheme: `${scheme} ${start}`, value }
      return value
    },
    other: (level) => {
      open.length = level
    },
  }
}

/** The bullet of the nearest style that says something of bullets. */
function labelOf(element: Xml, level: number, scope: TextScope, counts: Counts): ListLabel | undefined {
  const own = child(element, 'pPr')
  const chain = [own, ...scope.styles.map((style) => child(style, `lvl${level + 1}pPr`))]
  const bullet = chain.map(bulletIn).find((found) => found !== undefined)
  const base = { definition: 'text', level }
  if (bullet?.local === 'buAutoNum') {
    const scheme = attribute(bullet, 'type') ?? 'arabicPeriod'
    const value = counts.next(level, scheme, Number(attribute(bullet, 'startAt') ?? 1) || 1)
    return { ...base, text: autoNumber(scheme, value), isBullet: false, value }
  }
  counts.other(level)
  if (bullet?.local !== 'buChar' && bullet?.local !== 'buBlip') return undefined
  const font = attribute(
    chain.map((style) => child(style, 'buFont')).find((found) => found),
    'typeface',
  )
  return {
    ...base,
    text: attribute(bullet, 'char') ?? '•',
    isBullet: true,
    value: 0,
    ...(font === undefined ? {} : { font }),
  }
}

const bulletIn = (properties: Xml | undefined): Xml | undefined =>
  elements(properties).find((element) => /^bu(None|Char|AutoNum|Blip)$/.test(element.local))

function inlineContent(element: Xml, scope: TextScope): Inline[] {
  const out: Inline[] = []
  for (const node of elements(element)) inlineReaders[node.local]?.(node, scope, out)
  return out
}

const inlineReaders: Readonly<Record<string, (element: Xml, scope: TextScope, out: Inline[]) => void>> = {
  r: readRun,
  fld: readRun,
  br: (_, __, out) => {
    out.push(lineBreak())
  },
  AlternateContent: (element, scope, out) => {
    for (const node of elements(alternative(element))) inlineReaders[node.local]?.(node, scope, out)
  },
  m: (element, _, out) => {
    for (const math of descendants(element, 'oMath')) out.push(inlineFormula(ommlToLatex(math)))
  },
}

function readRun(element: Xml, scope: TextScope, out: Inline[]): void {
  const properties = child(element, 'rPr')
  const lines = readable(elements(element, 't').map(xmlText).join(''), properties).split(/[\v\n]|\r\n?/)
  for (const [index, line] of lines.entries()) {
    if (index > 0) out.push(lineBreak())
    if (line !== '') pushText(line, properties, scope, out)
  }
}

/** The symbol font is for symbols only: they stand at U+F000 (21.1.2.3.10). */
function readable(value: string, properties: Xml | undefined): string {
  const latin = attribute(child(properties, 'latin'), 'typeface')
  if (isSymbolFont(latin)) return symbolText(value, latin!)
  const font = attribute(child(properties, 'sym'), 'typeface')
  return isSymbolFont(font) ? value.replace(/[\uf000-\uf0ff]/g, (sign) => symbolText(sign, font!)) : value
}

function pushText(value: string, properties: Xml | undefined, scope: TextScope, out: Inline[]): void {
  const node = text(value, marksOf(properties))
  const href = hrefOf(child(properties, 'hlinkClick'), scope)
  const last = out.at(-1)
  // One link over runs that look different is still one link.
  if (href !== undefined && last?.type === 'link' && last.href === href)
    out[out.length - 1] = { ...last, children: [...last.children, node] }
  else out.push(href === undefined ? node : link(href, [node]))
}

const isOn = (value: string | undefined): boolean => value !== undefined && /^(1|true|on)$/i.test(value)

function marksOf(properties: Xml | undefined): Mark[] {
  const is = (name: string, none: string) => (attribute(properties, name) ?? none) !== none
  const baseline = Number(attribute(properties, 'baseline')?.replace('%', '') ?? 0)
  const marks: Mark[] = []
  if (isOn(attribute(properties, 'b'))) marks.push('bold')
  if (isOn(attribute(properties, 'i'))) marks.push('italic')
  if (is('u', 'none')) marks.push('underline')
  if (is('strike', 'noStrike')) marks.push('strike')
  if (baseline > 0) marks.push('superscript')
  if (baseline < 0) marks.push('subscript')
  if (child(properties, 'highlight')) marks.push('highlight')
  if (isFixedWidth(attribute(child(properties, 'latin'), 'typeface'))) marks.push('code')
  return marks
}

/** On a slide, letters of one width mean program text: no theme uses them for running text. */
const isFixedWidth = (font: string | undefined): boolean =>
  font !== undefined &&
  /^(courier|consolas|menlo|monaco|lucida (console|sans typewriter)|andale mono|cascadia|fira (code|mono)|jetbrains mono|source code|inconsolata|sf mono|(dejavu|liberation|ubuntu|roboto|noto|ibm plex|droid) ?(sans )?mono)/i.test(
    font,
  )

function isCode(element: Xml): boolean {
  const runs = elements(element, 'r').filter((run) =>
    elements(run, 't').some((t) => xmlText(t).trim() !== ''),
  )
  const isList =
    bulletIn(child(element, 'pPr'))?.local !== undefined &&
    bulletIn(child(element, 'pPr'))?.local !== 'buNone'
  return (
    runs.length > 0 &&
    !isList &&
    runs.every((run) => isFixedWidth(attribute(child(child(run, 'rPr'), 'latin'), 'typeface')))
  )
}

/** A link out of the file, or from slide to slide (21.1.2.3.5). */
function hrefOf(
  click: Xml | undefined,
  { links, numbers }: Pick<TextScope, 'links' | 'numbers'>,
): string | undefined {
  const target = links.get(relationshipId(click, 'id') ?? '')
  if (!target) return undefined
  if (target.external) return safeHref(target.target)
  const slide = numbers.get(target.target)
  return slide === undefined ? undefined : `#slide-${slide}`
}
