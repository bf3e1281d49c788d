/** What must hold of every conversion, whatever the file. */
import { expect } from 'vitest'
import { type Block, type Conversion, convert, type Doc, plainText, walk, write } from '../src/index.ts'

export async function checkInvariants(result: Conversion): Promise<void> {
  idsAreUnique(result.doc)
  rangesHold(result)
  await markdownIsStable(result)
  await noWordIsLost(result)
}

function idsAreUnique(doc: Doc): void {
  const seen = new Set<string>()
  const see = (id: string) => {
    expect(id).not.toBe('')
    expect(seen.has(id), `the id ${id} is there twice`).toBe(false)
    seen.add(id)
  }
  for (const block of walk(doc)) {
    see(block.id)
    if (block.type === 'list') for (const item of block.items) see(item.id)
  }
}

function rangesHold({ output, map }: Conversion): void {
  let last = 0
  for (const { start, end } of map) {
    expect(start).toBeGreaterThanOrEqual(last)
    expect(end).toBeGreaterThan(start)
    expect(end).toBeLessThanOrEqual(output.length)
    last = start
  }
}

const reread = async (markdown: string): Promise<Doc> =>
  (await convert(new TextEncoder().encode(`${markdown}\n`), { from: 'md' })).doc

/** Markdown → Doc → Markdown changes nothing after the first time. */
async function markdownIsStable({ doc }: Conversion): Promise<void> {
  const once = write(await reread(write(doc, []).output), []).output
  expect(write(await reread(once), []).output).toBe(once)
}

/** Every word of the Doc, but for page furniture that is left out on purpose, is read back from the Markdown. */
async function noWordIsLost({ doc }: Conversion): Promise<void> {
  const { output } = write(doc, [], { headersFooters: 'show' })
  if (output === '') return
  const found = countWords((await reread(output)).blocks)
  const missing = [...countWords(doc.blocks)].filter(([word, count]) => (found.get(word) ?? 0) < count)
  expect(missing, 'words of the Doc that the Markdown lacks').toEqual([])
}

function countWords(blocks: readonly Block[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const word of blocks
    .map(plainText)
    .join('\n')
    .match(/[\p{L}\p{N}]+/gu) ?? [])
    counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}
