/** One paragraph: its properties, its automatic number and its ink. */
import type { At } from '../../doc/model.ts'
import { inlineText } from '../../doc/walk.ts'
import { child, type Xml } from '../../io/xml.ts'
import { isBlank } from '../ooxml/content.ts'
import type { Ink } from './ink.ts'
import type { Label } from './numbering.ts'
import { breakPage } from './pages.ts'
import { isOn, type ParagraphProperties, paragraphProperties } from './properties.ts'
import type { Reading, Story } from './reading.ts'
import { readInk } from './runs.ts'
import type { ParagraphStyle } from './styles.ts'

export type ParagraphPiece = {
  readonly style: ParagraphStyle
  readonly at: At
  readonly ink: Ink
  readonly label?: Label
  /** 1 to 9 */
  readonly headingLevel?: number
  /** Left edge of the text in twentieths of a point. */
  readonly left: number
}

export type ReadParagraph =
  | { readonly kind: 'piece'; readonly piece: ParagraphPiece }
  | { readonly kind: 'run-on'; readonly ink: Ink }

export function readParagraph(element: Xml, story: Story): ReadParagraph {
  const { reading } = story
  const pPr = propertiesOf(element, reading)
  const direct = paragraphProperties(pPr)
  const style = reading.styles.paragraph(direct.style)
  const at = placeOf(story)
  // The first paragraph of the text and that of a section stand at the top of a page anyway.
  const isAtTop = [1, reading.pages.topParagraph].includes(story.ordinals.paragraphs)
  const isParted = (direct.pageBreakBefore ?? style.properties.pageBreakBefore) && !isAtTop
  const turn = isParted ? breakPage(reading.pages) : undefined
  const headingLevel = headingLevelOf(direct, style)
  // A heading looks as its style says: that is no emphasis.
  const base = headingLevel === undefined && style.role === undefined ? style.run : bare
  const isOnPaper = !(direct.shaded ?? style.properties.shaded ?? false)
  const inside = readInk(element.children, { base, isOnPaper }, story, at)
  const ink = turn ? { ...inside, pages: [{ ...turn, isBefore: true }, ...inside.pages] } : inside
  const first = ink.pages.findLast((turn) => turn.isBefore)
  const place = first ? { ...at, page: first.page } : at
  if (isMarkRemoved(pPr, reading) || isDropCap(direct, ink)) return { kind: 'run-on', ink }
  const mark = child(pPr, 'rPr')
  const isHidden = isOn(child(mark, 'vanish')) === true && isBlank(ink.content)
  const label = isHidden && ink.blocks.length === 0 ? undefined : labelOf(direct, style, reading)
  return {
    kind: 'piece',
    piece: {
      style,
      at: place,
      ink,
      ...(label ? { label: label.label } : {}),
      ...(headingLevel === undefined ? {} : { headingLevel }),
      left: leftOf(direct, style, label),
    },
  }
}

const bare = {}

/** With changes rejected, the properties are those of before the change (17.13.5.29). */
function propertiesOf(element: Xml, { context }: Reading): Xml | undefined {
  const pPr = child(element, 'pPr')
  if (context.options.trackChanges !== 'reject') return pPr
  return child(child(pPr, 'pPrChange'), 'pPr') ?? pPr
}

/** The place of the paragraph that begins now. */
function placeOf({ reading, part, ordinals }: Story): At {
  ordinals.paragraphs++
  const { current } = reading.pages
  return {
    path: `${part}#p${ordinals.paragraphs}`,
    ...(current === undefined ? {} : { page: current, approximate: true as const }),
  }
}

function headingLevelOf(direct: ParagraphProperties, style: ParagraphStyle): number | undefined {
  if (direct.outline !== undefined) return direct.outline <= 8 ? direct.outline + 1 : undefined
  return style.headingLevel
}

/** A tracked change of the paragraph mark joins or parts paragraphs (17.13.5.15, 17.13.5.20). */
function isMarkRemoved(pPr: Xml | undefined, { context, seen }: Reading): boolean {
  const mark = child(pPr, 'rPr')
  const inserted = child(mark, 'ins') ?? child(mark, 'moveTo')
  const deleted = child(mark, 'del') ?? child(mark, 'moveFrom')
  if (deleted) seen.deletions++
  if (inserted) seen.insertions++
  const { trackChanges } = context.options
  return (
    (trackChanges === 'accept' && deleted !== undefined) ||
    (trackChanges === 'reject' && inserted !== undefined)
  )
}

/** More than a few letters in a frame are a text of their own. */
const isDropCap = ({ dropCap }: ParagraphProperties, { content }: Ink): boolean =>
  dropCap === true && inlineText(content).trim().length <= 3

type Numbered = { readonly label: Label; readonly isDirect: boolean }

/** Numbering is stated by the paragraph or by its style; number 0 takes it away (17.9.18). */
function labelOf(
  direct: ParagraphProperties,
  { properties, numberedBy, id }: ParagraphStyle,
  { numbering }: Reading,
): Numbered | undefined {
  const numId = direct.numId ?? properties.numId
  if (numId === undefined || numId === 0) return undefined
  const level = direct.level ?? properties.level ?? numbering.levelOfStyle(numId, numberedBy ?? id) ?? 0
  const label = numbering.next(numId, level)
  return label && { label, isDirect: direct.numId !== undefined }
}

/** A level's indent stands over the style's when the paragraph itself states the numbering, and under it otherwise. */
function leftOf(
  direct: ParagraphProperties,
  { properties }: ParagraphStyle,
  numbered: Numbered | undefined,
): number {
  const level = numbered?.label.left
  return direct.left ?? (numbered?.isDirect ? (level ?? properties.left) : (properties.left ?? level)) ?? 0
}
