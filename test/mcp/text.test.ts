import { describe, expect, test } from 'vitest'
import { pagesOf, search, visible } from '../../src/mcp/text.ts'

const marked = [
  '<!-- page: 1 -->\n\n# Bids\n\nThe offeror shall sign.',
  '<!-- page: 2 -->\n\nBids are due on 4 March 2026.\n\nThe price is firm.',
].join('\n\n')

describe('pages', () => {
  test('are those of the marks', () => {
    expect(pagesOf(marked)).toEqual([
      { page: 1, text: '# Bids\n\nThe offeror shall sign.' },
      { page: 2, text: 'Bids are due on 4 March 2026.\n\nThe price is firm.' },
    ])
  })

  test('of a format without pages are parts, with nothing lost', () => {
    const text = Array.from({ length: 40 }, (_, index) => `Paragraph ${index} ${'x'.repeat(400)}`).join(
      '\n\n',
    )
    const parts = pagesOf(text)
    expect(parts.length).toBeGreaterThan(2)
    expect(parts.map((part) => part.text).join('\n\n')).toBe(text)
  })
})

describe('a search', () => {
  test('finds paragraphs with their page, the rarest word first', () => {
    expect(search(marked, 'due bids', 5)).toMatchObject([
      { page: 2, excerpt: 'Bids are due on 4 March 2026.' },
      { page: 1, excerpt: '# Bids' },
    ])
  })

  test('shows the words in a long paragraph, and finds nothing where there is nothing', () => {
    const long = `${'word '.repeat(400)}needle ${'word '.repeat(400)}`
    expect(search(long, 'needle', 1)[0]!.excerpt).toContain('needle')
    expect(search(marked, 'elephant', 5)).toEqual([])
    expect(search(marked, '???', 5)).toEqual([])
  })
})

test('hidden sheets are left out, with all that stands under them', () => {
  const book =
    '## Prices\n\nA\n\n## Internal (hidden sheet)\n\nSecret\n\n### Deeper\n\nSecret too\n\n## Terms\n\nB'
  expect(visible(book)).toBe('## Prices\n\nA\n\n## Terms\n\nB')
})
