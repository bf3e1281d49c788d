import { describe, expect, test } from 'vitest'
import { tame } from '../../../../src/core/readers/md/tame.ts'
import { plainText } from '../../../../src/index.ts'
import { read } from '../sketch.ts'

describe('Markdown made to exhaust its parser', () => {
  test.each<[string, string]>([
    ['emphasis that never closes', `${'*a_ '.repeat(50_000)}${'**_'.repeat(50_000)}`],
    ['links inside links', '[a](<b'.repeat(30_000)],
    [
      'backticks of every number',
      Array.from({ length: 2_000 }, (_, at) => `${'`'.repeat(at + 1)}a`).join(' '),
    ],
  ])('%s is text, and all of it', async (_, source) => {
    const start = performance.now()
    const { doc, codes } = await read(source, { from: 'md' })
    expect(doc.blocks.map(plainText).join('\n')).toBe(source.trim())
    expect(codes).toEqual(['nesting-flattened'])
    expect(performance.now() - start).toBeLessThan(20_000)
  })

  test('quotes and lists without end keep their text', async () => {
    const { doc, codes } = await read(`${'> '.repeat(10_000)}a\n\n${'- '.repeat(10_000)}b\n`, { from: 'md' })
    expect(codes).toContain('nesting-flattened')
    const text = doc.blocks.map(plainText).join('\n')
    expect([text.includes('> > a'), text.includes('- - b')]).toEqual([true, true])
  })

  test('long documents of ordinary text are left alone', () => {
    const paragraph = `Some *words* with a [link](https://a.example) and \`code\`, $5.\n`.repeat(30)
    const table = `| a | *b* | [c](d) |\n`.repeat(20_000)
    expect(tame(`${paragraph}\n`.repeat(500) + table).count).toBe(0)
  })
})
