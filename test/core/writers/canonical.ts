/**
 * What of a Doc Markdown can hold, as plain data to compare: words with the marks that Markdown has, links, structure.
 * Marks of punctuation and spaces do not count (the writer may move them out of emphasis), nor do places and ids.
 */
import type { Block, Inline, List, ListItem, Mark, Table } from '../../../src/core/doc/model.ts'
import { inlineText } from '../../../src/core/doc/walk.ts'
import { safeHref } from '../../../src/core/writers/href.ts'
import { contentsList } from '../../../src/core/writers/markdown/contents.ts'
import { fieldWords, groupChecks } from '../../../src/core/writers/markdown/form.ts'
import { destination } from '../../../src/core/writers/markdown/inline/destination.ts'
import { tidyText } from '../../../src/core/writers/markdown/inline/inline.ts'
import { listRuns, printedItems } from '../../../src/core/writers/markdown/list.ts'
import { needsHtml } from '../../../src/core/writers/markdown/pipes.ts'

type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain }

export const canonical = (blocks: readonly Block[]): Plain[] => groupChecks(blocks).flatMap(canonicalBlock)

const kept: readonly Mark[] = [
  'bold',
  'italic',
  'strike',
  'deleted',
  'inserted',
  'superscript',
  'subscript',
  'code',
]

type Run = { text: string; marks: string; href: string; image?: string; formula?: string; note?: string }

/** Formulas side by side are one. */
function joinFormulas(content: readonly Inline[]): Inline[] {
  const out: Inline[] = []
  for (const node of content.filter((one) => one.type !== 'text' || one.text !== '')) {
    const last = out.at(-1)
    if (node.type === 'formula' && last?.type === 'formula')
      out[out.length - 1] = { ...last, latex: `${last.latex} ${node.latex}` }
    else out.push(node)
  }
  return out
}

function runs(content: readonly Inline[], href = ''): Run[] {
  return joinFormulas(content).flatMap((node): Run[] => {
    if (node.type === 'text') return charRuns(node.text, node.marks ?? [], href)
    if (node.type === 'break') return [{ text: '\n', marks: '', href: '' }]
    if (node.type === 'image')
      return [
        {
          text: '',
          marks: '',
          href,
          image: `${node.alt.replace(/\s+/g, ' ').trim()} ${destination(node.src)}`,
        },
      ]
    if (node.type === 'formula')
      return [
        {
          text: '',
          marks: '',
          href,
          formula: node.latex.replaceAll('\\vert ', '|').replace(/\s+/g, ' ').trim(),
        },
      ]
    if (node.type === 'noteRef') return [{ text: '', marks: '', href, note: node.name }]
    const target = safeHref(node.href)
    const words = inlineText(node.children).trim()
    const isBare = target === undefined || [words, `mailto:${words}`, `http://${words}`].includes(target)
    return words === '' && !node.children.some(({ type }) => type === 'image' || type === 'formula')
      ? runs(inlineText(node.children) === '' ? [] : [{ type: 'text', text: ' ' }], href)
      : runs(node.children, isBare ? href : `${destination(target)} ${node.title ?? ''}`)
  })
}

function charRuns(text: string, marks: readonly Mark[], href: string): Run[] {
  const own = new Set(
    marks.filter((mark) => kept.includes(mark)).map((mark) => (mark === 'deleted' ? 'strike' : mark)),
  )
  const isCode = own.has('code') && text.trim() !== ''
  return [...tidyText(text)].map((character) => {
    if (/\s/u.test(character)) return { text: ' ', marks: '', href: '' }
    if (/[\p{P}\p{S}]/u.test(character)) return { text: character, marks: isCode ? 'code' : '', href }
    return {
      text: character,
      marks: [...own]
        .filter((mark) => mark !== 'code' || isCode)
        .sort()
        .join(),
      href,
    }
  })
}

/** Joined where equal, spaces collapsed, none around breaks and at the ends. */
function words(content: readonly Inline[], isBroken = true): Plain[] {
  const out: Run[] = []
  for (const run of runs(content)) {
    const text = run.text === '\n' && !isBroken ? ' ' : run.text
    const last = out.at(-1)
    if (text === ' ' && (last === undefined || /[ \n]$/.test(last.text))) continue
    if (text === '\n') {
      if (last) last.text = last.text.replace(/ $/, '')
      if (last?.text === '' && isText(last)) out.pop()
    }
    const previous = out.at(-1)
    const isSpecial = run.image !== undefined || run.formula !== undefined || run.note !== undefined
    const wasSpecial = previous && (previous.image ?? previous.formula ?? previous.note) !== undefined
    if (
      previous &&
      !isSpecial &&
      !wasSpecial &&
      text !== '\n' &&
      previous.text !== '\n' &&
      previous.marks === run.marks &&
      previous.href === run.href
    )
      previous.text += text
    else out.push({ ...run, text })
  }
  while (out.length > 0 && /^[ \n]*$/.test(out.at(-1)!.text) && isText(out.at(-1)!)) out.pop()
  while (out.length > 0 && /^[ \n]*$/.test(out[0]!.text) && isText(out[0]!)) out.shift()
  const last = out.at(-1)
  if (last && isText(last)) last.text = last.text.trimEnd()
  if (out[0] && isText(out[0])) out[0].text = out[0].text.trimStart()
  return out.map(({ text, marks, href, ...rest }) => [text, marks, href, ...Object.values(rest)])
}

const isText = (run: Run): boolean =>
  run.image === undefined && run.formula === undefined && run.note === undefined

function withoutBold(content: readonly Inline[]): readonly Inline[] {
  const texts = content.flatMap((node) => (node.type === 'link' ? node.children : [node]))
  const isBold = texts.every(
    (node) => node.type !== 'text' || node.marks?.includes('bold') || node.text.trim() === '',
  )
  if (!isBold) return content
  const plain = (node: Inline): Inline =>
    node.type === 'text'
      ? { ...node, marks: node.marks?.filter((mark) => mark !== 'bold') ?? [] }
      : node.type === 'link'
        ? { ...node, children: node.children.map(plain) }
        : node
  return content.map(plain)
}

function canonicalBlock(block: Block): Plain[] {
  switch (block.type) {
    case 'heading': {
      const content = words(withoutBold(block.content), false)
      return content.length > 0 ? [{ heading: Math.min(6, block.level), content }] : []
    }
    case 'paragraph': {
      const content = words(block.content)
      const [only] = block.content.filter((node) => !isBlank(node))
      if (content.length === 1 && only?.type === 'image' && only.title === undefined)
        return canonicalBlock({ type: 'figure', id: '', at: {}, alt: only.alt, src: only.src })
      return content.length > 0 ? [{ paragraph: content }] : []
    }
    case 'list':
      return canonicalList(block)
    case 'table': {
      if (needsHtml(block)) return [canonicalHtmlTable(block)]
      const width = Math.max(0, ...block.rows.map(({ cells }) => cells.length))
      const rows = block.rows.map(({ cells }, index) =>
        Array.from({ length: width }, (_, at) => {
          const isHead = index === 0 && block.headerRows > 0
          return words(
            (cells[at]?.blocks ?? []).flatMap((inner): Inline[] =>
              inner.type === 'paragraph' && words(inner.content).length > 0
                ? [{ type: 'break' }, ...(isHead ? withoutBold(inner.content) : inner.content)]
                : [],
            ),
          )
        }),
      )
      if (width === 0) return []
      const hasHead = block.headerRows > 0 && (rows[0]?.some((cell) => cell.length > 0) ?? false)
      const caption = block.caption
        ? canonicalBlock({ type: 'paragraph', id: '', at: {}, content: block.caption })
        : []
      const align = block.align?.slice(0, width).some(Boolean)
        ? Array.from({ length: width }, (_, at) => block.align?.[at] ?? null)
        : []
      const shown = hasHead || block.headerRows === 0 ? rows : rows.slice(1)
      return [...caption, ...(shown.length > 0 ? [{ table: shown, hasHead, align }] : [])]
    }
    case 'code':
      return [{ code: block.text.replace(/\n+$/, ''), language: block.language ?? '' }]
    case 'quote': {
      const blocks = canonical(block.blocks)
      return blocks.length > 0 ? [{ quote: blocks }] : []
    }
    case 'figure': {
      const caption = block.caption
        ? canonicalBlock({ type: 'paragraph', id: '', at: {}, content: block.caption })
        : []
      return [
        { figure: block.alt.replace(/\s+/g, ' ').trim(), src: destination(block.src ?? '') },
        ...caption,
      ]
    }
    case 'formula':
      return block.latex.trim() === '' ? [] : [{ formula: block.latex.trim() }]
    case 'note':
      return [{ note: block.name, blocks: canonical(block.blocks) }]
    case 'field':
      return canonicalBlock({ type: 'paragraph', id: '', at: {}, content: fieldWords(block) })
    case 'furniture':
      return [{ furniture: block.role, blocks: canonical(block.blocks) }]
    case 'contents':
      return canonicalList(contentsList(block.entries))
    case 'pageBreak':
      return [{ page: block.page ?? null }]
    case 'rule':
      return ['rule']
  }
}

const isBlank = (node: Inline): boolean =>
  node.type === 'break' ||
  (node.type === 'text' && node.text.trim() === '') ||
  (node.type === 'link' && node.children.every(isBlank))

function canonicalHtmlTable({ rows, headerRows, caption }: Table): Plain {
  return {
    headerRows,
    caption: words(caption ?? []),
    rows: rows.map(({ cells }) =>
      cells.map(({ blocks, colSpan, rowSpan }) => ({
        colSpan: colSpan ?? 1,
        rowSpan: rowSpan ?? 1,
        blocks: canonical(blocks),
      })),
    ),
  }
}

function canonicalList(list: List): Plain[] {
  return listRuns(printedItems(list)).map(({ items }) => ({
    list: items.map(({ item, marker, label }) => ({
      marker,
      checked: item.checked ?? null,
      blocks: canonical(withLabel(item, label)),
    })),
  }))
}

function withLabel({ blocks }: ListItem, label: string): readonly Block[] {
  if (label === '') return blocks
  const [first, ...others] = blocks
  const lead: Inline = { type: 'text', text: `${label} ` }
  return first?.type === 'paragraph'
    ? [{ ...first, content: [lead, ...first.content] }, ...others]
    : [{ type: 'paragraph', id: '', at: {}, content: [lead] }, ...blocks]
}
