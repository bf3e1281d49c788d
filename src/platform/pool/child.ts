/** Entry of the child process that reads users' files. It holds no secret and may open nothing but its own code. */
import { convert, readDoc, type Tools, write } from '../../core/index.ts'
import { openLocalOcr } from '../ocr/local.ts'
import type { Publication, PublishWork } from './protocol.ts'
import { serveJobs } from './serve-jobs.ts'

serveJobs(async ({ work }, tools) => {
  if (work.task === 'analyze') {
    const { analyze } = await import('../../rfp/index.ts')
    return analyze(work.doc, { filename: work.filename, sha256: work.sha256 })
  }
  if (work.task === 'publish') return publish(work, tools)
  const { doc, ...print } = await convert(work.bytes, work.options, tools)
  return work.bare ? print : { ...print, doc }
}, openLocalOcr)

async function publish({ bytes, options, outputs }: PublishWork, tools: Tools): Promise<Publication> {
  const { doc, format, warnings, partial } = await readDoc(bytes, options, tools)
  tools.onProgress?.({ stage: 'writing' })
  const printed = outputs.map((to) => ({ ...write(doc, warnings, { ...options, to }), to }))
  return {
    format,
    warnings,
    partial,
    pages: doc.pages,
    map: printed.find(({ to }) => to === 'markdown')?.map ?? [],
    outputs: Object.fromEntries(printed.map(({ to, output }) => [to, output])),
  }
}
