import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { inflateSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { solicitation } from '../../scripts/sample/content/index.ts'
import { makeSample } from '../../scripts/sample/make.ts'
import { type Item, type Node, numberer } from '../../scripts/sample/model.ts'
import { unpack } from '../../scripts/sample/zip.ts'

const folder = resolve(import.meta.dirname, '../../samples')
const committed = (name: string) => readFileSync(`${folder}/${name}`)

/** What a PDF says whatever the machine's deflate made of it: inflated streams, no lengths, no offsets. */
function contentOf(pdf: Buffer): string {
  const text = pdf.toString('latin1')
  return text
    .slice(0, text.lastIndexOf('\nxref'))
    .replace(/\/Length \d+/g, '')
    .replace(/stream\n([\s\S]*?)\nendstream/g, (whole, data: string) => {
      try {
        return inflateSync(Buffer.from(data, 'latin1')).toString('latin1')
      } catch {
        return whole
      }
    })
}

const itemTexts = (item: Item): string[] =>
  typeof item === 'string' ? [item] : [item.text, ...item.items.flatMap(itemTexts)]
function texts(node: Node): string[] {
  if (node.type === 'paragraph') return [node.text]
  if (node.type === 'items') return node.items.flatMap(itemTexts)
  if (node.type === 'bullets') return [...node.items]
  if (node.type === 'table')
    return [...node.head, ...node.rows].flat().map((cell) => (typeof cell === 'string' ? cell : cell.text))
  if (node.type === 'columns' || node.type === 'scan') return node.nodes.flatMap(texts)
  return []
}
const headings = (nodes: readonly Node[]): Node[] =>
  nodes.flatMap((node) => (node.type === 'columns' ? headings(node.nodes) : [node]))

describe('the sample solicitation', () => {
  let made: Awaited<ReturnType<typeof makeSample>>
  beforeAll(async () => {
    made = await makeSample()
  })

  test('the PDF in samples/ is what the script makes', () => {
    expect(contentOf(made['sample-rfp.pdf'])).toBe(contentOf(committed('sample-rfp.pdf')))
  })

  test('the Word file in samples/ is what the script makes', async () => {
    const picture = /\.png$/
    const parts = async (bytes: Uint8Array) =>
      [...(await unpack(bytes))]
        .filter(([name]) => !picture.test(name))
        .map(([name, data]) => [name, data.toString()])
    expect(await parts(made['sample-rfp.docx'])).toEqual(await parts(committed('sample-rfp.docx')))
  })

  test('both are small enough to ship', () => {
    for (const bytes of Object.values(made)) expect(bytes.length).toBeLessThan(2 ** 20)
  })

  test('every section and attachment that the text cites exists, but for the one left out on purpose', () => {
    const numbered = numberer()
    const numbers = new Set(headings(solicitation.nodes).flatMap((node) => numbered(node)?.number ?? []))
    const all = solicitation.nodes.flatMap(texts).join('\n')
    const listed = new Set([...all.matchAll(/^(J-\d)$/gm)].map(([, name]) => `Attachment ${name}`))
    const sections = [...all.matchAll(/\b([A-M]\.\d+(?:\.\d+)?)\b/g)].map(([, number]) => number!)
    const cited = new Set([...all.matchAll(/Attachment J-\d/g)].map(([name]) => name))
    expect(sections.length).toBeGreaterThan(10)
    expect(sections.filter((number) => !numbers.has(number))).toEqual([])
    expect([...cited].filter((name) => !listed.has(name))).toEqual(['Attachment J-7'])
  })

  test('the points of the factors add up, and the two page limits disagree', () => {
    const all = solicitation.nodes.flatMap(texts)
    const at = all.indexOf('**Total**')
    const points = ['400', '200', '150', '250'].map((value) => all.indexOf(`**${value}**`))
    expect(points.every((place) => place > 0 && place < at)).toBe(true)
    expect(all[at + 1]).toBe('**1,000**')
    expect(all).toContain('30 pages')
    expect(all.some((text) => text.startsWith('Volume II shall not exceed 25 pages'))).toBe(true)
  })
})
