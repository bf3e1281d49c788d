/** Repairs what a page reader may leave in the running text: heads and feet, tables of contents, sentences cut by a page break. */
import type { Doc } from '../../core/index.ts'
import type { Run } from './run.ts'

export function clean(runs: readonly Run[], doc: Doc): Run[] {
  return join(contents(sectionHeads(furniture(runs, doc))))
}

/** Digits, spaced letters and dashes vary from page to page; the rest of a running head does not. */
const headKey = (text: string): string =>
  text
    .toLowerCase()
    .replace(/\d+/g, '#')
    .replace(/[\s|–—-]+/g, '')

/** Short texts that return at the top or bottom of many pages, or that only count pages. */
function furniture(runs: readonly Run[], doc: Doc): Run[] {
  const heights = new Map(doc.pages.map((page) => [page.number, page.height ?? 0]))
  const pages = new Map<string, Set<number>>()
  for (const run of runs) {
    if (run.page === null || !isAtEdge(run, heights)) continue
    const key = keyOf(run)
    pages.set(key, (pages.get(key) ?? new Set()).add(run.page))
  }
  const often = Math.max(3, Math.ceil(doc.pages.length * 0.3))
  const heads = new Map<string, number>()
  for (const run of runs)
    if (run.kind === 'furniture') heads.set(keyOf(run), (heads.get(keyOf(run)) ?? 0) + 1)
  return runs.map((run) => {
    if (isText(run, heads, doc.pages.length)) return { ...run, kind: 'text' as const }
    if (run.kind === 'furniture' || run.page === null || !isAtEdge(run, heights)) return run
    const text = `${run.label ?? ''} ${run.text}`.trim()
    const repeats = (pages.get(keyOf(run))?.size ?? 0) >= often
    return repeats || pageNumber.test(text) ? { ...run, kind: 'furniture' as const } : run
  })
}

const keyOf = (run: Run): string => headKey(`${run.label ?? ''}${run.text}`)

/** What stands at the edge of one page only is no running head, whatever the reader took it for. */
const isText = (run: Run, heads: ReadonlyMap<string, number>, pages: number): boolean =>
  run.kind === 'furniture' &&
  pages >= 4 &&
  heads.get(keyOf(run)) === 1 &&
  `${run.label ?? ''} ${run.text}`.trim().split(/\s+/).length >= 3 &&
  !pageNumber.test(run.text)

/** Some solicitations print a Section's title only in the running head: where it changes, the Section starts. */
function sectionHeads(runs: readonly Run[]): Run[] {
  const letterOf = (run: Run): string | undefined =>
    /\bSECTION\s+([A-M])\b/i.exec(`${run.label ?? ''} ${run.text}`)?.[1]?.toUpperCase()
  const printed = new Set(runs.filter(({ kind, label }) => kind === 'heading' && label).map(letterOf))
  let last = ''
  return runs.flatMap((run) => {
    if (run.kind !== 'furniture') return [run]
    const match = /\bSECTION\s+([A-M])\s*[-–—:.]+\s*([A-Z][^\d]{4,120})/.exec(
      `${run.label ?? ''} ${run.label ? '- ' : ''}${run.text}`,
    )
    if (!match || printed.has(match[1]!) || match[1]! <= last) return [run]
    last = match[1]!
    return [
      {
        ...run,
        kind: 'heading' as const,
        label: `SECTION ${last}`,
        text: match[2]!.trim(),
        level: 1,
        spans: [],
      },
      run,
    ]
  })
}

const pageNumber =
  /^(?:p\s*a\s*g\s*e\s*)?[-–—\s]*\d{1,4}(?:\s*(?:of|\/|\|)\s*\d{1,4})?[-–—\s]*(?:\|?\s*p\s*a\s*g\s*e)?$/i

/** In the outer tenth of the page, and short. Without boxes nothing is at an edge. */
function isAtEdge(run: Run, heights: ReadonlyMap<number, number>): boolean {
  if (run.text.length > 160 || run.spans.length > 3) return false
  const box = run.spans[0]?.box
  const height = box ? (heights.get(box.page) ?? 0) : 0
  return box !== undefined && height > 0 && (box.y0 < height * 0.1 || box.y1 > height * 0.9)
}

const leader = /(?:\.\s?){4,}\s*[A-Z]?-?\d{0,4}\s*$|…{2,}\s*\d*\s*$|_{4,}\s*\d+\s*$/
const contentsTitle = /^(?:table of )?contents:?$/i

/** Lines with leaders, links inside the document, and what stands between the title "Contents" and the first real text. */
function contents(runs: readonly Run[]): Run[] {
  let inside = false
  const last = new Map(runs.map((run, index) => [titleKey(run), index]))
  return runs.map((run, index) => {
    if (run.kind === 'furniture' || run.kind === 'contents') return run
    const asContents = { ...run, kind: 'contents' as const }
    if (contentsTitle.test(run.text) && !run.cell) {
      inside = true
      return asContents
    }
    if (run.isLink === true || (leader.test(run.text) && /[a-z]/i.test(run.text))) return asContents
    if (!inside) return run
    const numbered =
      /\s(?:[A-Z]-)?\d{1,4}$/.test(` ${run.text}`) || (run.cell !== undefined && run.text.length < 80)
    const listed = numbered && run.text.split(' ').length <= 25 && !/[.;]$/.test(run.text)
    // A title that stands again further down is an entry here and the heading there.
    const again = run.text.length <= 150 && (last.get(titleKey(run)) ?? index) > index
    if (listed || again) return asContents
    inside = false
    return run
  })
}

const titleKey = (run: Run): string =>
  `${run.label ?? ''} ${run.text}`
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()

/** A paragraph cut by a page break becomes one run again; its page stays the first one. */
function join(runs: readonly Run[]): Run[] {
  const out: Run[] = []
  let open = -1
  for (const run of runs) {
    if (run.kind === 'furniture' || run.kind === 'contents') {
      out.push(run)
      continue
    }
    const previous = out[open]
    if (previous && (goesOn(previous, run) || countsInline(previous, run))) {
      out[open] = append(previous, run)
      continue
    }
    out.push(run)
    open = run.kind === 'text' ? out.length - 1 : -1
  }
  return out
}

const openEnd =
  /(?:[,–—-]|\b(?:the|a|an|and|or|of|to|for|in|on|by|with|that|which|from|as|at|be|is|are|will|shall|must|should|may|not|this|their|its|any|all|per))$/i

function goesOn(previous: Run, run: Run): boolean {
  if (run.kind !== 'text' || run.label || run.bullet || run.text === '' || previous.text === '') return false
  if (/[.?!:;)”"]$/.test(previous.text) && !/\b(?:No|Sec|Art|Sr|Dr|Mr|Mrs|St|Ave)\.$/.test(previous.text))
    return false
  const lower = /^[a-z]/.test(run.text)
  if (openEnd.test(previous.text))
    return lower || lastPage(previous) !== run.page || previous.text.split(' ').length >= 5
  if (lower) return previous.text.split(' ').length >= 3
  // A capital after a page break: only when both sides are plainly prose.
  return (
    lastPage(previous) !== run.page &&
    run.page !== null &&
    previous.text.split(' ').length >= 12 &&
    /^[A-Z0-9(“"$]/.test(run.text) &&
    run.text.split(' ').length >= 6 &&
    /[.;]/.test(run.text)
  )
}

/** "These factors are" + "(1) approach, (2) staffing, and (3) price.": a count inside a sentence, not a list. */
const countsInline = (previous: Run, run: Run): boolean =>
  run.kind === 'text' &&
  run.label !== undefined &&
  /^\(?(?:1|a|i)\)$/.test(run.label) &&
  /[a-z,]$/.test(previous.text) &&
  /^[a-z]/.test(run.text) &&
  /[,;] (?:and |or )?\((?:2|b|ii)\) /.test(run.text)

const lastPage = (run: Run): number | null => run.spans.at(-1)?.box.page ?? run.page

function append(previous: Run, run: Run): Run {
  const own = run.label ? `${run.label} ${run.text}` : run.text
  const shift = previous.text.length + 1 + own.length - run.text.length
  return {
    ...previous,
    text: `${previous.text} ${own}`,
    spans: [
      ...previous.spans,
      ...run.spans.map(({ start, end, box }) => ({ start: start + shift, end: end + shift, box })),
    ],
    blocks: [...previous.blocks, ...run.blocks],
  }
}
