/** Criteria printed as tables: numbers that nest, and scales of grades beside them. */
import { expect, test } from 'vitest'
import { convert } from '../../src/core/index.ts'
import { analyze } from '../../src/rfp/index.ts'

const solicitation = `# SECTION M: EVALUATION FACTORS FOR AWARD

## M.3 Factors and Points

Proposals will be scored as follows.

| Factor | Title | Maximum points |
|---|---|---|
| 1 | Survey Approach | 300 |
| 1.1 | Field methods | 200 |
| 1.2 | Data handling | 100 |
| 2 | Crew | 200 |
| 2.1 | Divers | 200 |

## M.4 Ratings

Each factor is rated on this scale.

| Rating | Definition | Share of points |
|---|---|---|
| Outstanding | Strengths far outweigh any weakness | 100 percent |
| Good | Strengths outweigh weaknesses | 80 percent |
| Marginal | Risk is high | 30 percent |
`

test('factors of a table stand under those that their numbers name; grades of a scale are no factors', async () => {
  const { doc } = await convert(new TextEncoder().encode(solicitation), { name: 'rfp.md' })
  const { evaluation_criteria: found } = analyze(doc, { filename: 'rfp.md', sha256: 'x' })
  const nameOf = (id: string | null) => found.find(({ criterion_id }) => criterion_id === id)?.name ?? null
  expect(found.map(({ name, points, parent_id }) => [name, points, nameOf(parent_id)])).toEqual([
    ['Survey Approach', 300, null],
    ['Field methods', 200, 'Survey Approach'],
    ['Data handling', 100, 'Survey Approach'],
    ['Crew', 200, null],
    ['Divers', 200, 'Crew'],
  ])
})
