/** A converted document as a model asks for it: by page, and by what it says. Pure. */

export type Page = { readonly page: number; readonly text: string }
export type Hit = { readonly page: number; readonly excerpt: string; readonly score: number }

const marker = /^<!-- page: (\d+) -->$/gm
/** Formats without pages are handed out in parts of this size. */
const PART_CHARS = 6_000
const EXCERPT_CHARS = 600

/** Pages by their marks in the Markdown; a document without marks in parts, at the ends of paragraphs. */
export function pagesOf(markdown: string): Page[] {
  const marks = [...markdown.matchAll(marker)]
  if (marks.length === 0) return partsOf(markdown)
  const first = markdown.slice(0, marks[0]!.index).trim()
  const pages = marks.map((mark, index) => ({
    page: Number(mark[1]),
    text: markdown.slice(mark.index + mark[0].length, marks[index + 1]?.index ?? markdown.length).trim(),
  }))
  return first === '' ? pages : [{ page: Math.max(1, pages[0]!.page - 1), text: first }, ...pages]
}

function partsOf(markdown: string): Page[] {
  const parts: string[] = ['']
  for (const paragraph of markdown.split(/\n{2,}/)) {
    const last = parts.at(-1)!
    if (last !== '' && last.length + paragraph.length > PART_CHARS) parts.push(paragraph)
    else parts[parts.length - 1] = last === '' ? paragraph : `${last}\n\n${paragraph}`
  }
  return parts.map((text, index) => ({ page: index + 1, text: text.trim() }))
}

const hiddenSheet = /^(#+) .*\(hidden sheet\)$/

/** Without the sheets that Excel does not show. */
export function visible(markdown: string): string {
  let depth = 0
  return markdown
    .split('\n')
    .filter((line) => {
      const level = /^(#+) /.exec(line)?.[1]?.length ?? 0
      if (level > 0 && (depth === 0 || level <= depth)) depth = hiddenSheet.test(line) ? level : 0
      return depth === 0
    })
    .join('\n')
}

const wordsOf = (text: string): string[] =>
  text.toLowerCase().match(/[\p{L}\p{N}]+(?:[.-][\p{L}\p{N}]+)*/gu) ?? []

/** Paragraphs that hold the words asked for: rare words count more, the phrase itself most. */
export function search(markdown: string, query: string, limit: number): Hit[] {
  const wanted = [...new Set(wordsOf(query))]
  const phrase = query.trim().toLowerCase()
  const paragraphs = pagesOf(markdown).flatMap(({ page, text }) =>
    text
      .split(/\n{2,}/)
      .filter((one) => one.trim() !== '')
      .map((one) => ({ page, text: one, lower: one.toLowerCase(), words: new Set(wordsOf(one)) })),
  )
  const weight = new Map(
    wanted.map((word) => {
      const holding = paragraphs.filter(({ words }) => words.has(word)).length
      return [word, Math.log(1 + paragraphs.length / (1 + holding))]
    }),
  )
  return paragraphs
    .map(({ page, text, lower, words }, index) => {
      const score = wanted.reduce((sum, word) => sum + (words.has(word) ? weight.get(word)! : 0), 0)
      const whole = wanted.length > 1 && lower.includes(phrase) ? score : 0
      return { page, score: Math.round((score + whole) * 100) / 100, excerpt: excerptOf(text, wanted), index }
    })
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score || a.index - b.index)
    .slice(0, limit)
    .map(({ index: _, ...hit }) => hit)
}

/** A long paragraph around the first word asked for. */
function excerptOf(text: string, wanted: readonly string[]): string {
  if (text.length <= EXCERPT_CHARS) return text
  const lower = text.toLowerCase()
  const found = wanted.map((word) => lower.indexOf(word)).filter((at) => at >= 0)
  const start = Math.max(0, Math.min(...found, text.length) - EXCERPT_CHARS / 3)
  const end = start + EXCERPT_CHARS
  return `${start > 0 ? '…' : ''}${text.slice(start, end).trim()}${end < text.length ? '…' : ''}`
}
