/** Analysis with a language model, which comes in as a function. */
import type { Doc } from '../../core/index.ts'
import type { AnalyzeOptions } from '../analyze.ts'
import type { Analysis } from '../findings.ts'
import { read } from '../passages/passages.ts'
import { type Ask, type AskOptions, askAll, type Question, tokensOf } from './ask.ts'
import { costOf, type ModelOptions } from './cost.ts'
import { linkQuestions, withLinks } from './links.ts'
import { type Answers, analyzeWith } from './merge.ts'
import { analystSystem, enclosed } from './prompts.ts'
import { windowsOf } from './windows.ts'

export { type Agent, agentQuestionsOf, agentRunOf } from './agent.ts'
export type { Ask, AskOptions, Question, Reply } from './ask.ts'
export { askAll } from './ask.ts'
export type { ModelOptions } from './cost.ts'
export { type Answers, analyzeWith } from './merge.ts'

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
  return { questions: questions.length, input, output, cost: costOf(input, output, price) }
}

/** The steps that read the document, wherever they are done: here, or in a process of their own. */
export type Reader = {
  questions(options: Pick<ModelOptions, 'windowChars'>): Promise<Question[]>
  analyze(answers: Answers): Promise<Analysis>
}

/** Rules and model over one document, without links between its rows. */
export async function analyzeByModel(
  reader: Reader,
  ask: Ask,
  model: ModelOptions,
  options: AskOptions,
): Promise<Analysis> {
  const asked = await askAll(await reader.questions(model), ask, options)
  return reader.analyze({ ...asked, model })
}

/** Which rows answer which criterion: of one document, or of a whole package. Nothing when the model read nothing. */
export async function linkByModel(
  analysis: Analysis,
  ask: Ask,
  { price }: Pick<ModelOptions, 'price'>,
  options: AskOptions,
): Promise<Analysis> {
  const { model } = analysis
  if (!model || model.windows_unread === model.windows) return analysis
  const left = options.budgetTokens - model.input_tokens - model.output_tokens
  const asked = await askAll(linkQuestions(analysis), ask, { ...options, budgetTokens: left })
  return withLinks(analysis, asked, price)
}

/** The reader of a Doc that is at hand. */
export const readerOf = (doc: Doc, about: AnalyzeOptions): Reader => ({
  questions: async (options) => questionsOf(doc, options),
  analyze: async (answers) => analyzeWith(doc, about, answers),
})
