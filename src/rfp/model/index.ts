/** Analysis with a language model, which comes in as a function. */
import type { Doc } from '../../core/index.ts'
import type { AnalyzeOptions } from '../analyze.ts'
import type { Analysis } from '../findings.ts'
import { read } from '../passages/passages.ts'
import { type Ask, type Asked, type AskOptions, askAll, isAnswered, type Question, tokensOf } from './ask.ts'
import { linkQuestions, withLinks } from './links.ts'
import { type Answers, analyzeWith, type ModelOptions } from './merge.ts'
import { analystSystem, enclosed } from './prompts.ts'
import { windowsOf } from './windows.ts'

export type { Ask, AskOptions, Question, Reply } from './ask.ts'
export { type Answers, analyzeWith, type ModelOptions } from './merge.ts'

/** What a model is asked of a document: one question for each window, in order. */
export function questionsOf(doc: Doc, { windowChars }: Pick<ModelOptions, 'windowChars'>): Question[] {
  return windowsOf(read(doc), windowChars).map(({ text, mark }) => ({
    kind: 'analyst',
    prompt: { system: analystSystem, text: enclosed(text, 'Part of a solicitation.', mark) },
  }))
}

/** What the questions will use at most, and cost, before they are asked. */
export function estimateOf(questions: readonly Question[], price: ModelOptions['price']) {
  const tokens = questions.map(tokensOf)
  const input = tokens.reduce((sum, one) => sum + one.input, 0)
  const output = tokens.reduce((sum, one) => sum + one.output, 0)
  const cost = price ? (input * price.input + output * price.output) / 1e6 : null
  return { questions: questions.length, input, output, cost }
}

/** The steps that read the document, wherever they are done: here, or in a process of their own. */
export type Reader = {
  questions(options: Pick<ModelOptions, 'windowChars'>): Promise<Question[]>
  analyze(answers: Answers): Promise<Analysis>
}

/** Rules and model over one document. */
export async function analyzeByModel(
  reader: Reader,
  ask: Ask,
  model: ModelOptions,
  options: AskOptions,
): Promise<Analysis> {
  const asked = await askAll(await reader.questions(model), ask, options)
  const analysis = await reader.analyze({ ...asked, model })
  const left = options.budgetTokens - asked.inputTokens - asked.outputTokens
  const { onAnswer: _, ...quiet } = options
  if (!asked.replies.some(isAnswered)) return analysis
  const linked = await askAll(linkQuestions(analysis), ask, { ...quiet, budgetTokens: left })
  return priced(withLinks(analysis, linked), linked, model)
}

function priced(analysis: Analysis, linked: Asked, { price }: ModelOptions): Analysis {
  if (!analysis.model || !price || linked.replies.length === 0) return analysis
  const { input_tokens, output_tokens } = analysis.model
  const cost = (input_tokens * price.input + output_tokens * price.output) / 1e6
  return { ...analysis, model: { ...analysis.model, cost_usd: Math.round(cost * 10_000) / 10_000 } }
}

/** The reader of a Doc that is at hand. */
export const readerOf = (doc: Doc, about: AnalyzeOptions): Reader => ({
  questions: async (options) => questionsOf(doc, options),
  analyze: async (answers) => analyzeWith(doc, about, answers),
})
