/** Tables as analyzers need them: what a column is called, what stands in a row. */
import type { Passage } from './passage.ts'

/** For each cell the text of the header above it: marked header rows, else the first row of the table. */
export function columnTitles(passages: readonly Passage[]): Map<Passage, string> {
  const titles = new Map<string, string>()
  const found = new Map<Passage, string>()
  for (const passage of passages) {
    const cell = passage.run.cell
    if (!cell) continue
    const key = `${cell.table} ${cell.column}`
    if (cell.header || cell.row === 0) titles.set(key, `${titles.get(key) ?? ''} ${passage.text}`.trim())
    else found.set(passage, titles.get(key) ?? '')
  }
  return found
}
