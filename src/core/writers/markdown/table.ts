import type { Block, Cell, Table } from '../../doc/model.ts'
import { plainText } from '../../doc/walk.ts'
import { escapeHtml } from './escape.ts'

const hasSpan = (table: Table): boolean =>
  table.rows.some((row) => row.cells.some((cell) => (cell.colSpan ?? 1) > 1 || (cell.rowSpan ?? 1) > 1))

/** A pipe table, or an HTML table where cells span. */
export function tableMarkdown(table: Table, inCell: (blocks: readonly Block[]) => string): string {
  if (table.rows.length === 0) return ''
  return hasSpan(table) ? htmlTable(table) : pipeTable(table, inCell)
}

function pipeTable(table: Table, inCell: (blocks: readonly Block[]) => string): string {
  const width = Math.max(...table.rows.map((row) => row.cells.length))
  const line = (cells: readonly string[]) =>
    `| ${Array.from({ length: width }, (_, at) => cells[at] ?? '').join(' | ')} |`
  const dash = { left: ':---', center: ':---:', right: '---:' }
  const rows = table.rows.map((row) => line(row.cells.map((cell) => pipeCell(inCell(cell.blocks)))))
  const align = line(
    Array.from({ length: width }, (_, at) => (table.align?.[at] ? dash[table.align[at]] : '---')),
  )
  const head = table.headerRows > 0 ? rows.slice(0, 1) : [line([])]
  const body = table.headerRows > 0 ? rows.slice(1) : rows
  return [...head, align, ...body].join('\n')
}

const pipeCell = (text: string): string =>
  text
    .trim()
    .replaceAll('|', '\\|')
    .replace(/\s*\n\s*/g, '<br>')

function htmlTable(table: Table): string {
  const rows = table.rows.map((row, at) => {
    const isHead = at < table.headerRows
    return `<tr>${row.cells.map((cell) => htmlCell(cell, isHead || cell.header === true)).join('')}</tr>`
  })
  return ['<table>', ...rows, '</table>'].join('\n')
}

function htmlCell(cell: Cell, isHead: boolean): string {
  const tag = isHead ? 'th' : 'td'
  const spans =
    ((cell.colSpan ?? 1) > 1 ? ` colspan="${cell.colSpan}"` : '') +
    ((cell.rowSpan ?? 1) > 1 ? ` rowspan="${cell.rowSpan}"` : '')
  return `<${tag}${spans}>${cell.blocks.map((block) => escapeHtml(plainText(block)).replaceAll('\n', '<br>')).join('<br>')}</${tag}>`
}
