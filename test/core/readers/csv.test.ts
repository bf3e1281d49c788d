import { describe, expect, test } from 'vitest'
import { read } from './sketch.ts'

const csv = async (text: string) => (await read(text, { from: 'csv' })).sketch

describe('CSV', () => {
  test.each([
    ['comma', 'a,b\n1,2\n'],
    ['semicolon', 'a;b\n1;2\n'],
    ['tab', 'a\tb\n1\t2\n'],
    ['pipe', 'a|b\n1|2\n'],
    ['Excel’s own hint', 'sep=;\na;b\n1;2'],
  ])('delimiter: %s', async (_, text) => expect(await csv(text)).toBe('# a | b\n| 1 | 2'))

  test('a delimiter that cuts all lines alike wins over one that is frequent', async () => {
    expect(await csv('name;note\nAnn;x, y, z\nBob;p, q\n')).toBe(
      '# name | note\n| Ann | x, y, z\n| Bob | p, q',
    )
  })
  test('quotes, doubled quotes, line ends inside quotes', async () => {
    expect(await csv('a,b\n"x, ""y""","two\nlines"\n')).toBe('# a | b\n| x, "y" | two⏎lines')
  })
  test('rows of different lengths are filled up', async () => {
    expect(await csv('a,b\n1,2,3\n4\n')).toBe('# a | b | \n| 1 | 2 | 3\n| 4 |  | ')
  })
  test('a first row of values is no header', async () => {
    expect(await csv('1,Ann\n2,Bob\n3,Cid\n')).toBe('| 1 | Ann\n| 2 | Bob\n| 3 | Cid')
  })
  test('numbers as names of columns are a header when words stand below', async () => {
    expect(await csv('2023,2024\na,b\nc,d')).toBe('# 2023 | 2024\n| a | b\n| c | d')
  })
  test('lines above the table are its title', async () => {
    expect(await csv('Quarterly report\n\nid,name,cost\n1,a,5\n2,b,6\n')).toBe(
      'p Quarterly report\n# id | name | cost\n| 1 | a | 5\n| 2 | b | 6',
    )
  })
  test('a quote that never closes is read as text, with a warning', async () => {
    const { sketch, codes } = await read(`a,b\n"${'x\n'.repeat(600_000)}`, { from: 'csv' })
    expect(codes).toContain('part-damaged')
    expect(sketch.startsWith('# a | b\n| "x')).toBe(true)
  })
  test('a table over the limit is cut with a warning and is partial', async () => {
    const { codes, doc } = await read('a,b\n'.repeat(150_000), { from: 'csv' })
    expect(codes).toEqual(['table-truncated'])
    expect(doc.blocks[0]?.type === 'table' && doc.blocks[0].rows.length).toBe(100_000)
  })
})
