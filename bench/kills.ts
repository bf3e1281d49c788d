/** `node bench/kills.ts [files]`: the service while its processes and its database are killed, over 500 files. */
import { underKills } from '../test/server/kills.ts'

const files = Number(process.argv[2] ?? 500)
const outcome = await underKills(files, (line) => console.log(line))
console.log(outcome)
const { acknowledged, jobs, completed, conversions, charged, missing } = outcome
const isWhole = [acknowledged, jobs, completed, conversions, charged].every((count) => count === files)
if (!isWhole || missing > 0) {
  console.log('Something was lost or doubled.')
  process.exitCode = 1
}
