/** The whole analysis of a Doc: read in a child process, asked from here. Without a model, by rules alone. */
import type { Doc } from '../../core/index.ts'
import type { AgentRun, Analysis } from '../../rfp/index.ts'
import type { Agent } from '../../rfp/model/index.ts'
import type { LlmSettings } from '../config/config.ts'
import type { CallOptions, Pool } from '../pool/pool.ts'
import type { Llm, LlmOptions } from './llm.ts'

/** A model with what it may use. */
export type Analyst = { readonly llm: Llm; readonly settings: LlmSettings }

/** Options of a call that reads and asks. */
type How = CallOptions & Pick<LlmOptions, 'around' | 'cache' | 'onUse'>

export async function analyzeDoc(
  pool: Pick<Pool, 'analyze' | 'questions'>,
  doc: Doc,
  about: { filename: string; sha256: string; passages?: boolean },
  analyst: Analyst | undefined,
  how: How = {},
): Promise<Analysis> {
  const { around, cache, onUse, ...call } = how
  if (!analyst) return pool.analyze(doc, about, call)
  const { analyzeByModel } = await import('../../rfp/model/index.ts')
  const { llm, settings } = analyst
  const { windowChars, price } = settings
  return analyzeByModel(
    {
      questions: (options) => pool.questions(doc, options, call),
      analyze: (answers) => pool.analyze(doc, { ...about, answers }, call),
    },
    llm.asking({ around, cache, signal: call.signal, onUse }),
    { name: llm.name, windowChars, price },
    boundsOf(settings, call),
  )
}

/** A prompt of the user's own over a Doc. */
export async function runAgent(
  pool: Pick<Pool, 'agent' | 'questions'>,
  doc: Doc,
  about: { filename: string; sha256: string; agent: Agent },
  { llm, settings }: Analyst,
  how: How = {},
): Promise<AgentRun> {
  const { askAll } = await import('../../rfp/model/index.ts')
  const { around, cache, onUse, ...call } = how
  const { windowChars, price } = settings
  const questions = await pool.questions(doc, { windowChars, agent: about.agent }, call)
  const ask = llm.asking({ around, cache, signal: call.signal, onUse })
  const asked = await askAll(questions, ask, boundsOf(settings, call))
  const answers = { ...asked, model: { name: llm.name, windowChars, price } }
  return pool.agent(doc, { ...about, answers }, call)
}

/** Links between rows and criteria, of one document or of a package. */
export async function linkRows(
  analysis: Analysis,
  { llm, settings }: Analyst,
  how: How = {},
): Promise<Analysis> {
  const { linkByModel } = await import('../../rfp/model/index.ts')
  const { around, cache, onUse, signal } = how
  return linkByModel(
    analysis,
    llm.asking({ around, cache, signal, onUse }),
    settings,
    boundsOf(settings, { signal }),
  )
}

const boundsOf = ({ budgetTokens, concurrency }: LlmSettings, { signal, onProgress }: CallOptions) => ({
  budgetTokens,
  concurrency,
  ...(signal ? { signal } : {}),
  onAnswer: (done: number, of: number) => onProgress?.({ stage: 'analysing', page: done, pages: of }),
})
