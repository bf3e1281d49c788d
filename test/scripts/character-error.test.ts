import { expect, test } from 'vitest'
import { characterError, plain } from '../../scripts/accuracy/character-error.ts'

test.each([
  ['kitten', 'sitting', 3],
  ['', 'abc', 3],
  ['abc', 'abc', 0],
  ['a'.repeat(500) + 'x'.repeat(200), 'a'.repeat(500), 200],
  ['start of the text, then the middle', 'then the middle', 19],
])('distance of %.20s and %.20s', (read, truth, changes) => {
  expect(characterError(read, truth) * plain(truth).length).toBeCloseTo(changes, 6)
})

test('marks of Markdown and shapes of type are no errors', () => {
  expect(characterError('## Bidders’ list\n\n- Name: \\_\\_\\_\\_', "Bidders' list Name: ______")).toBe(0)
})
