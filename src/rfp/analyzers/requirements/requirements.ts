/** The compliance matrix: one row for each duty, in reading order. */
import type { Requirement } from '../../findings.ts'
import { boxesOf, headingsOf, type Passage, type Reading, referenceOf } from '../../passages/passages.ts'
import { columnTitles } from '../../passages/tables.ts'
import type { Node } from '../../passages/tree.ts'
import { buyerNames, buyerPattern } from '../buyer.ts'
import { categoryOf } from './category.ts'
import { rowIds } from './ids.ts'
import { judge } from './judge.ts'
import type { Context, Judgement } from './judgement.ts'
import { crossReferences } from './references.ts'

export type Judged = { readonly passage: Passage; readonly judgement: Judgement }

const bidder =
  /\b(?:offerors?|bidders?|proposers?|proponents?|respondents?|applicants?|quoters?|tenderers?)\b/i

/** Head of a column of points or weights. */
const scores =
  /^(?:max(?:imum)? |available |total |possible )*(?:points?|marks?|scores?|weight(?:age|ing|s)?)(?: (?:available|possible|value|allocated|%))?(?: ?\([^)]*\))?$/i

/** FAR 53.2: the foot of a standard form names it and its edition. */
const formFoot = /\b(?:STANDARD|OPTIONAL) FORM \d{2,4}[A-Z]? ?\((?:REV|BACK|\d)/i

const formPages = ({ passages }: Reading): Set<number> =>
  new Set(passages.flatMap(({ page, text }) => (page !== null && formFoot.test(text) ? [page] : [])))

export function judgeAll(reading: Reading): Judged[] {
  const isBuyer = buyerPattern(buyerNames(reading))
  const namesBidders = reading.passages.filter(({ text }) => bidder.test(text)).length >= 3
  const verdicts = new Map<Passage, Judgement>()
  const standing = new Map<Node, Judgement>()
  const columns = columnTitles(reading.passages)
  const scored = new Set(
    reading.passages.flatMap(({ run: { cell }, text }) =>
      cell && (cell.header || cell.row === 0) && scores.test(text) ? [cell.table] : [],
    ),
  )
  const forms = formPages(reading)
  return reading.passages.map((passage) => {
    const titles = headingsOf(passage.node)
    const context: Context = {
      isBuyer,
      namesBidders,
      stem: passage.stem ? verdicts.get(passage.stem) : undefined,
      standing: titles.toReversed().flatMap((node) => standing.get(node) ?? [])[0],
      column: columns.get(passage) ?? '',
      isScored: passage.run.cell !== undefined && scored.has(passage.run.cell.table),
      onForm: passage.page !== null && forms.has(passage.page),
      titles: titles.map((node) => node.title).join(' / '),
    }
    const judgement = judge(passage, context)
    verdicts.set(passage, judgement)
    if (judgement.row && !passage.leads && /\b(?:the following|as follows|features)\b/i.test(passage.text))
      standing.set(titles.at(-1) ?? passage.node, judgement)
    return { passage, judgement }
  })
}

export function requirementsOf(judged: readonly Judged[]): Requirement[] {
  const rows = judged.flatMap(({ passage, judgement }) =>
    judgement.row ? [{ passage, ...judgement.row, disposition: judgement.disposition }] : [],
  )
  const ids = rowIds(rows.map(({ passage }) => passage.text))
  return rows.map(({ passage, word, obligation, actor, confidence, disposition }, index) => {
    const titled = headingsOf(passage.node).at(-1)
    const { id, duplicateOf } = ids[index]!
    const isClause = isClauseText(passage)
    return {
      requirement_id: id,
      requirement_text: passage.text,
      stem_text: passage.stem?.text ?? null,
      rfp_reference: referenceOf(passage.node),
      section_title: titled?.title ?? null,
      page: passage.page,
      boxes: boxesOf(passage.run, passage.range),
      block_ids: [...passage.run.blocks],
      binding_word: word,
      obligation,
      actor,
      category: categoryOf(passage, actor, isClause, disposition),
      is_clause: isClause,
      cross_references: crossReferences(passage.text),
      duplicate_of: duplicateOf,
      confidence,
      source: 'rule',
    }
  })
}

/**
 * Inside a clause of the contract printed in full. Provisions look the same and are none: they tell how to offer and how
 * offers are judged, and end with award (FAR 2.101 "Solicitation provision").
 */
const isClauseText = ({ role, node }: Passage): boolean =>
  role === 'clauses' ||
  (role !== 'instructions' &&
    role !== 'evaluation' &&
    headingsOf(node).some((heading) => heading.style === 'clause' || dated.test(heading.title ?? '')))

/** "(JAN 2017)" behind a title. */
const dated = /\((?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|SEPT|OCT|NOV|DEC)[A-Z]*\s+(?:19|20)\d\d\)/i
