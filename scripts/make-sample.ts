/** Writes samples/sample-rfp.pdf and samples/sample-rfp.docx: the same words, the same bytes each time. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { makeSample } from './sample/make.ts'

const folder = resolve(import.meta.dirname, '../samples')
mkdirSync(folder, { recursive: true })
for (const [name, bytes] of Object.entries(await makeSample())) writeFileSync(`${folder}/${name}`, bytes)
