import { expect, test } from 'vitest'
import { hasTable, levelsOf } from '../../scripts/accuracy/headings.ts'

test('levels count up to one shift for the whole document', () => {
  const truth = '# One\n\n## Two\n\n## Three\n\n### Four\n'
  expect(levelsOf('## One\n\n### Two\n\n### **Three**\n\n#### Four\n', truth)).toEqual({
    truth: 4,
    found: 4,
    right: 4,
  })
  expect(levelsOf('# One\n\n# Two\n\n# Three\n', truth)).toEqual({ truth: 4, found: 3, right: 2 })
  expect(levelsOf('```\n# One\n```\n', truth)).toEqual({ truth: 4, found: 0, right: 0 })
})

test('tables are told from text with bars', () => {
  expect(hasTable('| a | b |\n| --- | --- |\n| 1 | 2 |\n')).toBe(true)
  expect(hasTable('<table><tr><td>1</td></tr></table>')).toBe(true)
  expect(hasTable('a | b\n\n---\n')).toBe(false)
})
