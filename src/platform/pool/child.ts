/** Entry of the child process that reads users' files. It holds no secret and may open nothing but its own code. */
import { convert } from '../../core/index.ts'
import { openLocalOcr } from '../ocr/local.ts'
import { serveJobs } from './serve-jobs.ts'

serveJobs(async ({ work }, tools) => {
  if (work.task === 'analyze') {
    const { analyze } = await import('../../rfp/index.ts')
    return analyze(work.doc, { filename: work.filename, sha256: work.sha256 })
  }
  const { doc, ...print } = await convert(work.bytes, work.options, tools)
  return work.bare ? print : { ...print, doc }
}, openLocalOcr)
