import { solicitation } from './content/index.ts'
import { writeDocx } from './docx.ts'
import { writePdf } from './pdf.ts'

export async function makeSample() {
  const { bytes, entries } = await writePdf(solicitation)
  return { 'sample-rfp.pdf': bytes, 'sample-rfp.docx': await writeDocx(solicitation, entries) }
}
