/** Page limits told in the column of a table of volumes: "II | Staffing | 15". */
import type { Reading } from '../../passages/passages.ts'
import { fileTable } from '../outline/file-table.ts'
import { pageLimits } from './pages.ts'
import type { Found } from './recipe.ts'
import type { Statement } from './statements.ts'

export function tableLimits(reading: Reading, statements: readonly Statement[]): Found[] {
  return fileTable(reading).flatMap(({ title, limit, passage, note }): Found[] => {
    // A cell that says "not to exceed 5 pages" is told like a sentence.
    if (limit === null || !/\d\s*pages?\b/i.test(limit) || pageLimits(note).length > 0) return []
    const { table, row } = passage.run.cell!
    const statement = statements.find(
      ({ isRow, run }) => isRow && run.cell?.table === table && run.cell.row === row,
    )
    return statement ? [{ kind: 'page_limit', value: `${title}: ${limit}`, statement, mandatory: true }] : []
  })
}
