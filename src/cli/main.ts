import { readFileSync } from 'node:fs'
import { convert } from '../core/index.ts'

const [, file] = process.argv.slice(2)
const result = await convert(readFileSync(file ?? ''), { name: file ?? '' })
process.stdout.write(result.output)
