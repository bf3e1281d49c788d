import { isCaption } from '../captions.ts'
import { labelOf } from '../numbering.ts'
import type { PageBlock, PageLayout, TextBlock } from '../page-layout.ts'
import type { BodyStyle } from './body.ts'

type Features = Readonly<Record<FeatureName, number>>

export const featureNames = [
  'size', 'bigger', 'smaller', 'bold', 'italic', 'caps', 'colored', 'otherFont',
  'words', 'long', 'lines', 'stop', 'colon', 'comma', 'question', 'lowerStart', 'titleCase', 'digits',
  'multiNumber', 'oneNumber', 'sectionWord', 'letterLabel', 'bullet', 'caption',
  'above', 'below', 'aboveMore', 'narrow', 'centred', 'indent',
  'beforeText', 'beforeNothing', 'afterNothing', 'pageTop', 'docTop',
  'styleShare', 'styleLong', 'twinBefore', 'twinAfter', 'bodyInSized', 'wideGap', 'link', 'contentsWord', 'prominence',
] as const // biome-ignore format: a list of names

type FeatureName = (typeof featureNames)[number]

export type Candidate = { readonly block: TextBlock; readonly text: string; readonly features: Features }

/** Every text block of the document with its features, in reading order. */
export function candidatesOf(pages: readonly PageLayout[], body: BodyStyle): Candidate[] {
  const texts = pages.flatMap(({ blocks }) => blocks.filter((block) => block.kind === 'text'))
  const styles = stylesOf(texts)
  const isSized = texts.filter((block) => isShort(block) && sizeOf(block) > 1.12 * body.size).length >= 3
  return pages.flatMap(({ blocks }, pageAt) => {
    const bounds = boundsOf(blocks)
    return blocks.flatMap((block, at): Candidate[] => {
      if (block.kind !== 'text' || block.isLabels) return []
      const around = {
        before: blocks[at - 1],
        after: blocks[at + 1],
        bounds: bounds.get(block.region)!,
        styles,
        isSized,
        isDocTop: pageAt === 0 && at < 3,
      }
      const text = textOf(block)
      return [{ block, text, features: measure(block, text, body, around) }]
    })
  })
}

const textOf = (block: TextBlock): string => block.lines.map((line) => line.text).join(' ')
const sizeOf = (block: TextBlock): number => block.lines[0]!.size
const isShort = (block: TextBlock): boolean => block.lines.length <= 3 && textOf(block).length < 150

type Bounds = { readonly x0: number; readonly x1: number }
type Style = { share: number; long: number }
type Around = {
  readonly before: PageBlock | undefined
  readonly after: PageBlock | undefined
  readonly bounds: Bounds
  readonly styles: ReadonlyMap<string, Style>
  readonly isSized: boolean
  readonly isDocTop: boolean
}

/** Left and right edge of each region's text. */
function boundsOf(blocks: readonly PageBlock[]): Map<number, Bounds> {
  const out = new Map<number, Bounds>()
  for (const block of blocks) {
    if (block.kind !== 'text') continue
    const known = out.get(block.region)
    out.set(block.region, {
      x0: Math.min(known?.x0 ?? Infinity, block.x0),
      x1: Math.max(known?.x1 ?? -Infinity, block.x1),
    })
  }
  return out
}

const styleKeys = new WeakMap<TextBlock, string>()

/** Asked for by each block of its neighbours: made once. */
function styleKey(block: TextBlock): string {
  const known = styleKeys.get(block)
  if (known !== undefined) return known
  const { size, isItalic, isCaps, font, color = '' } = block.lines[0]!
  const bold = block.lines.every((one) => one.isBold)
  const key = `${Math.round(size * 2)}|${bold}|${isItalic}|${isCaps}|${font}|${color}`
  styleKeys.set(block, key)
  return key
}

/** How common each style is, and how much of it is long text. */
function stylesOf(texts: readonly TextBlock[]): Map<string, Style> {
  const counts = new Map<string, { blocks: number; chars: number; long: number }>()
  for (const block of texts) {
    const key = styleKey(block)
    const known = counts.get(key) ?? { blocks: 0, chars: 0, long: 0 }
    const { length } = textOf(block)
    known.blocks++
    known.chars += length
    if (length > 140) known.long += length
    counts.set(key, known)
  }
  return new Map(
    [...counts].map(([key, { blocks, chars, long }]) => [
      key,
      { share: blocks / texts.length, long: long / (chars || 1) },
    ]),
  )
}

const yes = (is: boolean): number => (is ? 1 : 0)
const upTo = (value: number, most: number): number => Math.max(-most, Math.min(most, value))

function measure(block: TextBlock, text: string, body: BodyStyle, around: Around): Features {
  const { lines } = block
  const first = lines[0]!
  const size = first.size
  const tokens = text.split(/\s+/)
  const label = labelOf(text)
  const letters = tokens.filter((token) => /\p{L}{3}/u.test(token))
  const [above, below] = [gapAbove(block, around.before), gapBelow(block, around.after)]
  const style = around.styles.get(styleKey(block))!
  const isBold = lines.every((line) => line.isBold) && !body.isBold
  const ratio = size / body.size
  const width = around.bounds.x1 - around.bounds.x0 || 1
  const own = {
    size: upTo(Math.log(ratio) * 3, 3),
    bigger: yes(ratio > 1.08),
    smaller: yes(ratio < 0.93),
    bold: yes(isBold),
    italic: yes(lines.every((line) => line.isItalic)),
    caps: yes(lines.every((line) => line.isCaps)),
    colored: yes((first.color ?? '') !== body.color),
    otherFont: yes(family(first.font) !== family(body.font)),
    words: Math.log(tokens.length + 1) / 2,
    long: yes(tokens.length > 16) + yes(tokens.length > 30),
    lines: Math.min(4, lines.length - 1) / 2,
    stop: yes(/[.!]["”’)]?$/.test(text) && !/\b(etc|inc|no|co|ltd)\.$/i.test(text)),
    colon: yes(/:$/.test(text)),
    comma: yes(/[,;–-]$/.test(text)),
    question: yes(/\?$/.test(text)),
    lowerStart: yes(/^\p{Ll}/u.test(text.slice(label?.length ?? 0).trimStart())),
    titleCase:
      letters.length === 0
        ? 0
        : letters.filter((token) => /^\P{L}*\p{Lu}/u.test(token)).length / letters.length,
    digits: (text.match(/\d/g)?.length ?? 0) / text.length,
    multiNumber: yes(label?.kind === 'decimal' && label.depth > 1),
    oneNumber: yes(label?.kind === 'decimal' && label.depth === 1),
    sectionWord: yes(label?.kind === 'section'),
    letterLabel: yes(label?.kind === 'letter' || label?.kind === 'roman'),
    bullet: yes(label?.kind === 'bullet'),
    caption: yes(isCaption(text)),
    above: upTo(above, 3) / 2,
    below: upTo(below, 3) / 2,
    aboveMore: upTo(above - below, 2) / 2,
    narrow: 1 - (block.x1 - block.x0) / width,
    centred: yes(
      Math.abs(block.x0 + block.x1 - around.bounds.x0 - around.bounds.x1) < 2 * size &&
        block.x0 > around.bounds.x0 + 2 * size,
    ),
    indent: upTo((block.x0 - around.bounds.x0) / size / 4, 2),
    beforeText: yes(around.after?.kind === 'text' && textOf(around.after).length > 60),
    beforeNothing: yes(around.after === undefined),
    afterNothing: yes(around.before === undefined),
    pageTop: yes(block.y1 < 70),
    docTop: yes(around.isDocTop),
    styleShare: style.share,
    styleLong: style.long,
    twinBefore: yes(isTwin(block, around.before)),
    twinAfter: yes(isTwin(block, around.after)),
    bodyInSized: yes(around.isSized && ratio < 1.08),
    wideGap: yes(lines.length === 1 && block.x1 - block.x0 > 1.6 * textWidth(text, size)),
    link: yes(
      /@|https?:|www\.|^\W*\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\W*$|^(january|february|march|april|may|june|july|august|september|october|november|december)\s+(\d{1,2},\s+)?\d{4}$/i.test(
        text,
      ),
    ),
    contentsWord: yes(/^(table of )?contents$/i.test(text.trim())),
  }
  return { ...own, prominence: prominence(own, ratio) }
}

type Measured = Omit<Features, 'prominence'>

/** Points by hand for what makes a line stand out: a start for the classifier, which weighs the rest. */
const points: Partial<Record<FeatureName, number>> = {
  smaller: -1.5,
  bold: 1.6,
  caps: 0.6,
  colored: 0.5,
  italic: 0.4,
  otherFont: 0.4,
  multiNumber: 1.2,
  oneNumber: 0.5,
  sectionWord: 0.6,
  stop: -1.6,
  colon: -0.2,
  comma: -2,
  lowerStart: -1.5,
  long: -1.5,
  lines: -0.8,
  titleCase: 0.6,
  caption: -4,
  bullet: -4,
  letterLabel: -1.5,
  link: -3,
  bodyInSized: -1,
  wideGap: -0.8,
  twinBefore: -0.7,
  twinAfter: -0.7,
  styleLong: -1.5,
  beforeNothing: -0.3,
}

const pointsList = Object.entries(points)

function prominence(own: Measured, ratio: number): number {
  const bySize = ratio > 1.35 ? 3 : ratio > 1.15 ? 2.2 : ratio > 1.06 ? 1 : 0
  const byPlace =
    0.5 * upTo(2 * own.aboveMore, 1) + (own.above > 0.3 ? 0.3 : 0) - (own.digits > 0.4 ? 1.5 : 0)
  let sum = bySize + byPlace
  for (const [name, value] of pointsList) sum += value * own[name as keyof Measured] // keys of points
  return sum
}

/** Type is about half as wide as high. */
const textWidth = (text: string, size: number): number => text.length * 0.5 * size

/** The family's name without its cuts. */
const family = (font: string): string =>
  font
    .toLowerCase()
    .replace(/[^a-z]|bold|italic|oblique|regular|medium|light|semi|black|heavy|mt|ps|roman/g, '')
    .slice(0, 8)

const gapAbove = (block: TextBlock, before: PageBlock | undefined): number =>
  before === undefined || before.y1 > block.y0 + block.lines[0]!.size
    ? 3
    : (block.y0 - before.y1) / block.lines[0]!.size

const gapBelow = (block: TextBlock, after: PageBlock | undefined): number =>
  after === undefined || after.y0 < block.y1 - block.lines[0]!.size
    ? 3
    : (after.y0 - block.y1) / block.lines.at(-1)!.size

const isTwin = (block: TextBlock, other: PageBlock | undefined): boolean =>
  other?.kind === 'text' && styleKey(other) === styleKey(block)
