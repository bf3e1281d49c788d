/** Which runs are headings, whether the reader marked them or not, and where a run-in heading ends. */
import { labelOf } from './labels.ts'
import type { Run } from './run.ts'

export type Title = {
  readonly title: string
  /** Characters of the run's text that are the heading; the rest is body ("(c) Page limits. The quote shall ..."). */
  readonly length: number
}

const finite =
  /\b(?:is|are|was|were|be|been|being|shall|must|should|will|would|may|might|can|cannot|could|has|have|had|does|do|did|includes?|means?|requires?|contains?|applies|apply|agrees?|represents?|certifies|seeks?|intends?|reserves?)\b/i
const small = new Set('a an and as at by for from in into nor of on or per the to via with vs'.split(' '))

const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}][\p{L}\p{N}’'./&-]*/gu) ?? []

export const isCaps = (text: string): boolean => {
  const letters = text.replace(/[^\p{L}]/gu, '')
  return letters.length >= 3 && letters === letters.toUpperCase()
}

/** Most of its long words start with a capital. */
function isTitleCase(text: string): boolean {
  const words = wordsOf(text).filter((word) => !small.has(word.toLowerCase()) && /^\p{L}/u.test(word))
  return words.length > 0 && words.filter((word) => /^\p{Lu}/u.test(word)).length >= 0.7 * words.length
}

/** A text that could be a heading: short, no sentence. */
function isShort(text: string, most = 14): boolean {
  return (
    text !== '' &&
    wordsOf(text).length <= most &&
    text.length <= 130 &&
    !/[;,]$/.test(text) &&
    /\p{L}/u.test(text)
  )
}

/** A heading, or the run-in heading a paragraph starts with; `next` is the run that follows. */
export function titleOf(run: Run, previous: Run | undefined, next: Run | undefined): Title | undefined {
  if (run.kind === 'furniture' || run.kind === 'contents' || run.cell || run.text === '') return undefined
  // "(Hour) (Date)": what a box of a form asks for.
  if (/^(?:\([^()]*\)\s*)+$/.test(run.text)) return undefined
  if (run.kind === 'heading') return marked(run) ?? runIn(run)
  if (/^(?:question|query|q)\b/i.test(run.label ?? '')) return undefined
  if (run.bullet || isFillIn(run.text) || clauseEnd.test(run.text)) return undefined
  return whole(run, previous, next) ?? runIn(run)
}

/** What the reader marked, unless it is a sentence set in capitals or bold. */
function marked(run: Run): Title | undefined {
  if (run.text.length > 250) return undefined
  if (/[.!?]$/.test(run.text) && wordsOf(run.text).length > 8 && finite.test(run.text)) return undefined
  if (isFillIn(run.text) || clauseEnd.test(run.text)) return undefined
  if (/:$/.test(run.text) && imperative.test(run.text) && wordsOf(run.text).length > 4) return undefined
  return { title: tidy(run.text), length: run.text.length }
}

/** FAR 52.101: full-text provisions and clauses close with this line. */
const clauseEnd = /^\(?end of (?:clause|provision)\)?\.?$/i

const isFillIn = (text: string): boolean => /_{4,}|\.{6,}|…{3,}/.test(text) || /^[\W\d_]*$/.test(text)

function whole(run: Run, previous: Run | undefined, next: Run | undefined): Title | undefined {
  const { text } = run
  if (!isShort(text)) return undefined
  const title = { title: tidy(text), length: text.length }
  const bold = run.lead >= text.length && text.length > 2
  const sentence = /[.!?]$/.test(text) && finite.test(text)
  const strong = run.label !== undefined && /^[A-Z]/.test(text) && labelOf(`${run.label} X`)?.style
  if (strong === 'word' || strong === 'clause' || strong === 'dashed' || strong === 'dotted') {
    if (!sentence && (isCaps(text) || isTitleCase(text) || bold) && !finite.test(text)) return title
  }
  if (sentence || (/\.$/.test(text) && !(bold && run.label))) return undefined
  if (/^(?:note|reminder|caution|warning|important)\b/i.test(text) || /@|https?:|^\d/.test(text))
    return undefined
  if (isCaps(text) && wordsOf(text).length >= (run.label ? 1 : 2) && !isAddress(text)) return title
  if (bold && (isTitleCase(text) || !finite.test(text)) && !isListed(run, previous, next)) return title
  if (
    run.label &&
    (isTitleCase(text) || /:$/.test(text)) &&
    !finite.test(text) &&
    !isListed(run, previous, next)
  )
    return title
  return alone(run, previous, next) ? title : undefined
}

/** A short line in title case between prose and prose: a heading whose style the reader did not keep. */
function alone(run: Run, previous: Run | undefined, next: Run | undefined): boolean {
  if (
    run.label ||
    run.depth > 0 ||
    wordsOf(run.text).length > 8 ||
    !/^[A-Z][\p{L} ,&/’'-]+$/u.test(run.text) ||
    !isTitleCase(run.text)
  )
    return false
  const prose =
    next !== undefined &&
    next.kind === 'text' &&
    !next.bullet &&
    wordsOf(next.text).length >= 14 &&
    /^[A-Z]/.test(next.text) &&
    /[.;:]/.test(next.text)
  const closed = previous === undefined || previous.kind === 'heading' || /[.?!;:)]$/.test(previous.text)
  return prose && closed && !finite.test(run.text) && !/,$/.test(run.text)
}

/** A short labelled text beside a sibling of the same kind is an item of a list, not a heading. */
function isListed(run: Run, previous: Run | undefined, next: Run | undefined): boolean {
  const label = labelOf(`${run.label ?? ''} X`)
  const isSibling = (other: Run | undefined): boolean => {
    if (!other || !label || other.text.length > 130 || other.kind === 'heading') return false
    const own = labelOf(`${other.label ?? ''} X`)
    return own !== undefined && own.style === label.style && own.frame === label.frame
  }
  if (!run.label) return false
  return isSibling(next) || isSibling(previous)
}

const isAddress = (text: string): boolean =>
  /\b[A-Z]{2}\s+\d{5}\b|\b(?:STREET|AVE|AVENUE|SUITE|ROOM|BLVD|P\.?O\.? BOX)\b/.test(text)

/** "Page Limits. The technical ...", "(c) Submission of proposals. ...", "Travel – The ...". */
function runIn(run: Run): Title | undefined {
  const { text, lead } = run
  if (lead > 2 && lead < text.length) {
    const head = text.slice(0, lead)
    const stop = /[.:–—-]\s*$/.test(head) || /^\s*[.:–—]/.test(text.slice(lead))
    if (stop && run.label && isShort(head, 12) && !finite.test(head)) {
      const gap = /^\s*[.:–—-]*\s*/.exec(text.slice(lead))![0].length
      return { title: tidy(head), length: lead + gap }
    }
  }
  if (!run.label) return undefined
  const match = /^([A-Z][^.:;]{2,110}?)(\.|:|\s[–—-])(?=\s|$)\s*/.exec(text)
  if (!match || !isShort(match[1]!, match[2] === '.' ? 12 : 8)) return undefined
  const head = match[1]!
  if (finite.test(head) || /\b(?:No|Sec|Inc|Ltd|U\.S|p\.m|a\.m|max|min|approx|incl|e\.g|i\.e)$/i.test(head))
    return undefined
  const body = text.slice(match[0].length)
  if (match[2] !== '.' && !isTitleCase(head)) return undefined
  if (match[2] === '.' && body === '') return undefined
  if (imperative.test(head) && !isTitleCase(head)) return undefined
  return { title: tidy(head), length: match[0].length }
}

/** Verbs that open an instruction: "Submit one original." is no title. */
const imperative =
  /^(?:please|submit|provide|include|describe|identify|list|explain|discuss|attach|complete|label|indicate|state|propose|ensure|see|refer|use|sign|return|enter|insert|address|demonstrate|show|give|prepare|define|cite|mark|note|check|select|make|do|send|contact|review|download|upload|email|mail|deliver|follow|add|specify|detail|outline|confirm|certify|acknowledge)\b/i

export const tidy = (text: string): string => text.replace(/[\s.:–—-]+$/, '').trim()
