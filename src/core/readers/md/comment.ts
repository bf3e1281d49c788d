/** Comments that say what Markdown has no words for; mdraft and others write them. */
import { figure, furniture, pageBreak, paragraph } from '../../doc/build.ts'
import type { Block, Furniture } from '../../doc/model.ts'

const roles: readonly Furniture['role'][] = ['header', 'footer', 'page-number', 'watermark']

/** The block a comment stands for, nothing for any other comment, undefined when it is no comment. */
export function readComment(html: string, at: { path: string }): readonly Block[] | undefined {
  const text = /^\s*<!--([\s\S]*?)-->\s*$/.exec(html)?.[1]?.trim()
  if (text === undefined || text.includes('-->')) return undefined
  const [, key = '', value = ''] = /^([a-z-]+)(?::\s*([\s\S]*))?$/i.exec(text) ?? []
  const name = key.toLowerCase()
  if (name === 'page' && /^\d{1,7}$/.test(value)) return [pageBreak(Number(value), { at })]
  if (/^page break$/i.test(text)) return [pageBreak(undefined, { at, byAuthor: true })]
  if (name === 'image') return [figure(value, { at })]
  const role = roles.find((one) => one === name)
  return role && value !== '' ? [furniture(role, [paragraph(value)], { at })] : []
}
