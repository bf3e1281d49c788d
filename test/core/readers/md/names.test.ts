import { expect, test } from 'vitest'
import { convert } from '../../../../src/core/index.ts'

test('a link to a heading of Markdown finds it, and is written as it was', async () => {
  const source = '[to it](#l42-format)\n\n## L.4.2 Format\n\n## Other\n'
  const { doc, output } = await convert(Buffer.from(source), { name: 'a.md' })
  expect(doc.blocks.map(({ anchors }) => anchors)).toEqual([undefined, ['l42-format'], undefined])
  expect(output).toBe(source)
})
