/** Files as Docs and analyses, read in the pool. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { type Doc, MdraftError } from '../../core/index.ts'
import { type Analyst, analyzeDoc } from '../../platform/llm/analyze.ts'
import type { Pool } from '../../platform/pool/pool.ts'
import type { Analysis } from '../../rfp/index.ts'

type Analysed = { readonly bytes: Uint8Array; readonly doc: Doc; readonly analysis: Analysis }

type Tools = { readonly pool: Pool; readonly analyst?: Analyst | undefined }

/** @param timeout seconds for each step, as the user typed them */
export async function analyzeFile(
  file: string,
  { pool, analyst }: Tools,
  timeout: string | undefined,
): Promise<Analysed> {
  const { bytes, doc } = await readDoc(file, pool, timeout)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const about = { filename: basename(file), sha256 }
  return { bytes, doc, analysis: await analyzeDoc(pool, doc, about, analyst, callOf(timeout)) }
}

export async function readDoc(
  file: string,
  pool: Pool,
  timeout: string | undefined,
): Promise<{ bytes: Uint8Array; doc: Doc }> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new MdraftError('not_found', `${file} cannot be opened.`, {
      fix: 'Check its name and permissions.',
      cause,
    })
  })
  const { doc } = await pool.convert(bytes, { name: basename(file) }, callOf(timeout))
  return { bytes, doc }
}

const callOf = (timeout: string | undefined) =>
  timeout === undefined ? {} : { deadline: Number(timeout) * 1000 }
