/** One version of a solicitation as the comparison reads it. */
import type { Doc } from '../../core/index.ts'
import { fold } from '../analyzers/requirements/ids.ts'
import type { Analysis } from '../findings.ts'
import { groundOf } from '../ground.ts'
import { type Passage, read, referenceOf } from '../passages/passages.ts'
import type { Side } from './comparison.ts'
import { isDirective } from './says.ts'
import { marksIn } from './words.ts'

export type Given = { readonly doc: Doc; readonly analysis: Analysis }

/** A statement with what running heads put into it taken out. */
export type Statement = Side & { readonly plain: string; readonly folded: string }

export type Version = {
  readonly analysis: Analysis
  readonly passages: readonly Passage[]
  /** Requirements, and whole sentences that are none: a date or a definition may change too. */
  readonly statements: readonly Statement[]
  /** Every passage, requirement or not: an answer may change the cell of a table. */
  readonly sentences: () => readonly Statement[]
  /** Whether these words stand in the document, however it cuts them into sentences. */
  readonly has: (text: string) => boolean
}

/** "A24:" says whose answer it is, not what it says. */
const answerLabel = /^A(?:nswer)?\s*#?\s*\d*\s*:\s*/i

export function versionOf({ doc, analysis }: Given): Version {
  const { passages } = read(doc)
  const strip = stripper(passages)
  const { has } = groundOf(doc)
  const plainWhole = fold(
    strip(
      passages
        .filter(({ kind }) => kind !== 'furniture')
        .map(({ text }) => text)
        .join(' '),
    ),
  )
  const made = (side: Side): Statement => {
    const plain = strip(side.text).replace(answerLabel, '')
    return { ...side, plain, folded: `${fold(plain)}${'*'.repeat(marksIn(plain))}` }
  }
  const rows = analysis.compliance_matrix
    .filter(({ requirement_text }) => !isForm(requirement_text))
    .map(({ requirement_id, requirement_text: text, rfp_reference, page }) =>
      made({ requirement_id, text, rfp_reference, page }),
    )
  const known = new Set(rows.map(({ folded }) => folded))
  const forms = formPages(passages)
  const others = [
    ...passages
      .filter((passage) =>
        forms.has(passage.page)
          ? isSentence(passage) && isDirective(passage.text)
          : isSentence(passage) || isTitle(passage),
      )
      .map(sideOf),
    ...rowsOf(passages.filter(({ page }) => !forms.has(page))),
  ]
    .map(made)
    .filter(({ folded }) => !known.has(folded))
  let sentences: readonly Statement[] | undefined
  return {
    analysis,
    passages,
    statements: [...rows, ...others],
    sentences: () => {
      sentences ??= passages
        .filter(({ kind }) => kind !== 'furniture' && kind !== 'contents')
        .map((passage) => made(sideOf(passage)))
      return sentences
    },
    has: (text) => has(text) || plainWhole.includes(fold(text)),
  }
}

const sideOf = ({ text, node, page }: Passage): Side => ({
  requirement_id: null,
  text,
  rfp_reference: referenceOf(node),
  page,
})

/** A numbered section that has another title is another section. */
const isTitle = ({ kind, text, titles, node }: Passage): boolean =>
  kind === 'heading' && titles && node.number !== null && /\p{L}{3}/u.test(text) && text.length <= 120

/**
 * Rows of short cells as one statement each: "Offer Volume I L.10 None". Long cells are told by their sentences, and
 * tables of changes ("FROM", "TO") are directives.
 */
function rowsOf(passages: readonly Passage[]): Side[] {
  const told = new Set(
    passages.flatMap(({ run, text }) => (run.cell && /^from$/i.test(text) ? [run.cell.table] : [])),
  )
  const rows = Map.groupBy(
    passages.filter(({ run }) => run.cell && run.cell.row > 0 && !told.has(run.cell.table)),
    ({ run }) => `${run.cell!.table} ${run.cell!.row}`,
  )
  return [...rows.values()].flatMap((cells): Side[] => {
    const text = cells
      .map(({ run, text, range }) => (range.start === 0 && run.label ? `${run.label} ${text}`.trim() : text))
      .join(' ')
    const isShort = cells.length >= 2 && cells.length <= 12 && text.length <= 300
    return isShort && /\p{L}{3}/u.test(text) ? [{ ...sideOf(cells[0]!), text }] : []
  })
}

/** Of one word or a line of capitals nobody can say what changed. */
const isSentence = ({ kind, text }: Passage): boolean =>
  (kind === 'sentence' || kind === 'item') &&
  text.split(/\s+/).length >= 5 &&
  (!/:$/.test(text) || isDirective(text)) &&
  /\p{Ll}{3}/u.test(text) &&
  !isForm(text)

const formName = /\bSTANDARD FORM 30\b|\bAMENDMENT OF SOLICITATION\/MODIFICATION OF CONTRACT\b/i
const formPages = (passages: readonly Passage[]): ReadonlySet<number | null> =>
  new Set(passages.filter(({ text, page }) => page !== null && formName.test(text)).map(({ page }) => page))

/** Words that Standard Form 30 prints on every amendment (FAR 53.243). */
const formWords =
  /^[☐☒☑\s]*(?:the above numbered solicitation is amended|the hour and date specified for receipt|offers must acknowledge receipt of this amendment|(?:\(?a\)? )?by completing items 8 and 15|(?:\(?b\)? )?by acknowledging receipt of this amendment|failure of your acknowledge?ment|received at the place designated|if by virtue of this amendment|except as provided herein, all terms|all other terms and conditions|communication makes reference|(?:e\. )?important: contractor|contractor\W+is not\b.*\bsign this document|(?:a|b|c|d)\. (?:this change order|the above numbered contract|this supplemental agreement))/i
export const isForm = (text: string): boolean => formWords.test(text)

/**
 * Running heads and feet that stand on several pages and sometimes in the middle of a sentence that goes over the page
 * end. Their numbers differ from page to page and from version to version.
 */
function stripper(passages: readonly Passage[]): (text: string) => string {
  const heads = new Map<string, number>()
  for (const { kind, text } of passages) {
    if (kind !== 'furniture' || text.length < 8) continue
    const pattern = patternOf(text)
    heads.set(pattern, (heads.get(pattern) ?? 0) + 1)
  }
  const repeated = [...heads].filter(([, count]) => count >= 2).map(([pattern]) => pattern)
  const pages = String.raw`\bPage\s+\d+\s+of\s+\d+\b`
  const anyHead = [...repeated.toSorted((a, b) => b.length - a.length), pages].join('|')
  // "Solicitation No. N6523": there the number is meant.
  const all = new RegExp(String.raw`(?<!\b(?:No\.|Number|#)\s*)(?:${anyHead})`, 'giu')
  return (text) => text.replace(all, ' ').replace(/\s+/g, ' ').trim()
}

const patternOf = (text: string): string =>
  text
    .trim()
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/\d+/g, '\\d+')
    .replace(/\s+/g, '\\s+')
