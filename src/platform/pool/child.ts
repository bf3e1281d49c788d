/** Entry of the child process that reads users' files. It holds no secret and may open nothing but its own code. */
import {
  convert,
  highlight,
  isPartial,
  type OutputFormat,
  readDoc,
  type SourceMap,
  type Tools,
  write,
  writeWord,
} from '../../core/index.ts'
import { openLocalOcr } from '../ocr/local.ts'
import type { Publication, PublishWork } from './protocol.ts'
import { serveJobs } from './serve-jobs.ts'

serveJobs(async ({ work }, tools) => {
  if (work.task === 'analyze') {
    const { doc, filename, sha256, passages = false, answers } = work
    const { analyze } = await import('../../rfp/index.ts')
    if (!answers) return analyze(doc, { filename, sha256, passages })
    const { analyzeWith } = await import('../../rfp/model/index.ts')
    return analyzeWith(doc, { filename, sha256, passages }, answers)
  }
  if (work.task === 'questions') {
    const { agentQuestionsOf, questionsOf } = await import('../../rfp/model/index.ts')
    return work.agent ? agentQuestionsOf(work.doc, work, work.agent) : questionsOf(work.doc, work)
  }
  if (work.task === 'agent') {
    const { doc, filename, sha256, agent, answers } = work
    const { agentRunOf } = await import('../../rfp/model/index.ts')
    return agentRunOf(doc, { filename, sha256 }, agent, answers)
  }
  if (work.task === 'export') {
    const { exportAnalysis } = await import('../../rfp/index.ts')
    return exportAnalysis(work.analysis, work.format, work.options)
  }
  if (work.task === 'workbook') {
    const { writeWorkbook } = await import('../../rfp/index.ts')
    return writeWorkbook(work.book)
  }
  if (work.task === 'highlight') {
    const { highlightsOf } = await import('../../rfp/index.ts')
    return highlight(work.bytes, highlightsOf(work.analysis), {}, tools)
  }
  if (work.task === 'compare') {
    const { compareVersions } = await import('../../rfp/index.ts')
    return compareVersions(work.old, work.new)
  }
  if (work.task === 'publish') return publish(work, tools)
  if (work.task === 'word') {
    const read = await readDoc(work.bytes, { ...work.options, images: 'extract' }, tools)
    const { doc, images, ...rest } = read
    return { ...rest, bytes: await writeWord(doc, images, work.options) }
  }
  const { doc, ...print } = await convert(work.bytes, work.options, tools)
  return work.bare ? print : { ...print, doc }
}, openLocalOcr)

async function publish({ bytes, options, outputs }: PublishWork, tools: Tools): Promise<Publication> {
  const read = await readDoc(bytes, options, tools)
  tools.onProgress?.({ stage: 'writing' })
  const printed: Partial<Record<OutputFormat, string>> = {}
  let { warnings } = read
  let map: SourceMap = []
  for (const to of outputs) {
    const one = write(read.doc, warnings, { ...options, to })
    printed[to] = one.output
    warnings = one.warnings // writing may add to them
    if (to === 'markdown') map = one.map
  }
  const partial = isPartial(warnings)
  return { format: read.format, warnings, partial, pages: read.doc.pages, map, outputs: printed }
}
