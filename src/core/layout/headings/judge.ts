/** What makes a block a heading: the tree, lists of titles, its looks, the numbers of other headings. */
import type { TextBlock } from '../page-layout.ts'
import { probability } from './boost.ts'
import { type Candidate, featureNames } from './features.ts'
import type { Found } from './levels.ts'
import model from './model.json' with { type: 'json' }
import { seriesOf } from './siblings.ts'

/** Titles that the outline or a contents list gives, by `titleKey`. */
export type Stated = ReadonlyMap<string, readonly { page?: number; level?: number; evidence: string }[]>

/** `looks`: of the headings that the structure tree names; none: it names no headings. */
type Known = { readonly stated: Stated; readonly looks: ReadonlySet<string> }

/** The classifier's probability from which a line is a heading. */
const ENOUGH = 0.38
/** The same for what the structure tree calls a paragraph, though it names other headings. */
const AGAINST_TAG = 0.6
/** A tagged heading that reads as a sentence needs this much: authors paste text into headings. */
const SENTENCE_BY_TAG = 0.03
/** The same for titles that the numbers of headings lead to. */
const TIED = 0.12
const TIED_AGAINST_TAG = 0.4
const SURE_LETTERS = 0.7
const MAX_CHARS = 300
const MAX_SECTION_TITLE = 120

export function judgeAll(candidates: readonly Candidate[], known: Known): Found[] {
  const judged = candidates.map((candidate) => judge(candidate, known))
  return withTied(judged, candidates, known).filter((one) => one !== undefined)
}

/** Numbers tie titles that are less sure to those found, and these others. What fails once fails for good. */
function withTied(
  judged: readonly (Found | undefined)[],
  candidates: readonly Candidate[],
  known: Known,
): readonly (Found | undefined)[] {
  const all = [...judged]
  const series = seriesOf(judged.flatMap((one) => one?.candidate ?? []))
  const open = new Set(candidates.keys().filter((at) => !all[at]))
  const follow = (order: readonly number[]): boolean => {
    let hasMore = false
    for (const at of order) {
      const candidate = candidates[at]!
      if (!series.ties(candidate)) continue
      open.delete(at)
      all[at] = asTied(candidate, known)
      if (all[at]) series.add(candidate)
      hasMore ||= all[at] !== undefined
    }
    return hasMore
  }
  // A series is mostly printed in its order: two ways through the document follow it to both ends.
  while (follow([...open]) || follow([...open].reverse()));
  return all
}

/** Letters and digits only: outlines drop numbers' stops and change spaces. */
export const titleKey = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase()

/** Letters that recognition hardly believes: lines and symbols of a drawing, as a rule, and large ones. */
const isDoubtful = ({ lines }: TextBlock): boolean =>
  lines.some(({ confidence }) => confidence !== undefined && confidence < SURE_LETTERS)

export const isTaggedHeading = (block: TextBlock): boolean => {
  const kind = block.lines[0]!.tag?.kind
  return kind === 'heading' || kind === 'title'
}

export function looksOf({ lines }: TextBlock): string {
  const { size, isItalic } = lines[0]!
  return [Math.round(size * 2), lines.every((line) => line.isBold), isItalic].join()
}

function judge(candidate: Candidate, { stated, looks }: Known): Found | undefined {
  const { block, text, features } = candidate
  const tag = block.lines[0]!.tag
  if (isTaggedHeading(block) && !isPastedText(candidate)) {
    const level = tag?.level ?? (tag?.kind === 'title' ? 1 : undefined)
    return { candidate, confidence: 0.97, evidence: ['tag'], ...(level ? { level } : {}) }
  }
  if (text.length > MAX_CHARS || !/\p{L}/u.test(text)) return undefined
  const own = stated
    .get(titleKey(text))
    ?.find((one) => one.page === undefined || Math.abs(one.page - block.page) <= 1)
  if (own) {
    const { level, evidence } = own
    return { candidate, confidence: 0.95, evidence: [evidence], ...(level ? { level } : {}) }
  }
  if (features.caption || features.bullet || features.link || isDoubtful(block)) return undefined
  const isDenied = looks.size > 0 && tag !== undefined
  // A tree that names headings is believed, unless it names others of the same looks.
  if (isDenied && (tag.kind !== 'paragraph' || isNumbered(features) || !looks.has(looksOf(block))))
    return undefined
  if (features.contentsWord) return { candidate, confidence: 0.9, evidence: ['contents'] }
  if (isSectionTitle(candidate)) return { candidate, confidence: 0.9, evidence: ['section-label'] }
  const p = likelihood(candidate)
  return p > (isDenied ? AGAINST_TAG : ENOUGH)
    ? { candidate, confidence: Math.round(p * 100) / 100, evidence: ['style'] }
    : undefined
}

function asTied(candidate: Candidate, { looks }: Known): Found | undefined {
  const { block, text } = candidate
  const { tag } = block.lines[0]!
  const isDenied = looks.size > 0 && tag !== undefined
  if (block.isLabels || isSentence(candidate) || text.length > MAX_SECTION_TITLE || isDoubtful(block))
    return undefined
  if (isDenied && tag.kind !== 'paragraph') return undefined
  const p = likelihood(candidate)
  return p > (isDenied ? TIED_AGAINST_TAG : TIED)
    ? { candidate, confidence: Math.max(0.5, Math.round(p * 100) / 100), evidence: ['series'] }
    : undefined
}

const isNumbered = ({ multiNumber, oneNumber }: Candidate['features']): boolean => multiNumber + oneNumber > 0

const likelihood = ({ features }: Candidate): number =>
  probability(
    model,
    featureNames.map((name) => features[name]),
  )

/** Sentences of the text that carry a heading's tag, as they do when a style was set by mistake. */
const isPastedText = (candidate: Candidate): boolean =>
  isSentence(candidate) && likelihood(candidate) < SENTENCE_BY_TAG

const isSentence = ({ text, features }: Candidate): boolean =>
  features.stop + features.lowerStart + features.comma > 0 || /\p{Ll}{2}[.!?]\s+\p{Lu}/u.test(text)

/** "SECTION C – STATEMENT OF WORK" in bold, a block of its own: titles of parts are set like any other heading. */
function isSectionTitle({ block, text, features }: Candidate): boolean {
  return (
    features.sectionWord === 1 &&
    features.bold === 1 &&
    features.stop + features.comma + features.lowerStart === 0 &&
    block.lines.length <= 3 &&
    text.length <= MAX_SECTION_TITLE &&
    (features.caps === 1 || features.titleCase > 0.8)
  )
}
