/** What a team keeps beside a row (owner, answer, comment) has to find its row again in the next version. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { convert } from '../../src/core/index.ts'
import { analyze } from '../../src/rfp/analyze.ts'
import type { Analysis } from '../../src/rfp/findings.ts'

const source = readFileSync(join(import.meta.dirname, 'solicitations', 'county-rfp.md'), 'utf8')
const analysed = async (text: string): Promise<Analysis> => {
  const { doc } = await convert(new TextEncoder().encode(text), { name: 'rfp.md' })
  return analyze(doc, { filename: 'rfp.md', sha256: 'x' })
}
const idOf = ({ compliance_matrix }: Analysis): Map<string, string> =>
  new Map(compliance_matrix.map((row) => [row.requirement_text, row.requirement_id]))

describe('ids of requirements', () => {
  test('are the same in every run', async () => {
    expect(JSON.stringify(await analysed(source))).toBe(JSON.stringify(await analysed(source)))
  })

  test('survive an amendment that adds, moves and renumbers', async () => {
    const before = idOf(await analysed(source))
    const amended = source
      .replace(
        '### 2.1 Functional',
        '### 2.1 Hosting\n\nThe vendor shall host the system.\n\n### 2.2 Functional',
      )
      .replace('### 2.2 Data Conversion', '### 2.3 Data Conversion')
      .replace('three references', 'four references')
    const after = idOf(await analysed(amended))
    const changed = [...before].filter(([text, id]) => after.get(text) !== id).map(([text]) => text)
    expect(changed).toEqual(['Provide three references of public agencies.'])
    expect(after.has('The vendor shall host the system.')).toBe(true)
  })

  test('are unique, and repeats point to the first', async () => {
    const { compliance_matrix } = await analysed(
      source.replace(
        '### 2.3 Training',
        '### 2.3 Training\n\nThe system should support mobile inspections without a network connection.',
      ),
    )
    const ids = compliance_matrix.map((row) => row.requirement_id)
    expect(new Set(ids).size).toBe(ids.length)
    const repeats = compliance_matrix.filter((row) =>
      row.requirement_text.startsWith('The system should support'),
    )
    expect(repeats.map((row) => row.duplicate_of)).toEqual([null, repeats[0]!.requirement_id])
  })
})

test('a matrix without rows is never silent', async () => {
  const { compliance_matrix, warnings } = await analysed('Good morning.')
  expect(compliance_matrix).toEqual([])
  expect(warnings.length).toBeGreaterThan(0)
})
