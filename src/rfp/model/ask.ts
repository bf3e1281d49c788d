/** Puts questions to a model, within a budget. The model itself comes in as a function. */
import { z } from 'zod'
import { asMdraftError, type MdraftError } from '../../core/index.ts'
import { answerSchemas, type QuestionKind } from './answers.ts'
import type { Prompt } from './prompts.ts'

/** What a model gave: not yet believed. `isCut`: it ended before it was complete. */
export type Reply = {
  readonly value: unknown
  readonly isCut: boolean
  readonly inputTokens: number
  readonly outputTokens: number
  readonly isCached: boolean
}
/** @throws MdraftError */
export type Ask = (prompt: Prompt, schema: z.ZodType) => Promise<Reply>

export type Question = { readonly kind: QuestionKind; readonly prompt: Prompt }

export type AskOptions = {
  /** Tokens that one analysis may use, in and out. */
  readonly budgetTokens: number
  /** Questions under way at once. */
  readonly concurrency: number
  readonly signal?: AbortSignal
  readonly onAnswer?: (done: number, of: number) => void
}

export type Asked = {
  /** Beside each question: what was answered, or why there is nothing. */
  readonly replies: readonly (Reply | Unanswered)[]
  readonly inputTokens: number
  readonly outputTokens: number
}
export type Unanswered = { readonly failed: 'budget' | 'error'; readonly reason: string }

export const isAnswered = (reply: Reply | Unanswered): reply is Reply => !('failed' in reply)

/** Four characters to a token is the usual estimate for English text. */
const CHARS_A_TOKEN = 4
/** Answers quote the text, so they may be as long as a good part of it. */
const OUTPUT_SHARE = 0.6

export function tokensOf({ kind, prompt }: Question): { input: number; output: number } {
  const schema = JSON.stringify(z.toJSONSchema(answerSchemas[kind])).length
  return {
    input: Math.ceil((prompt.system.length + prompt.text.length + schema) / CHARS_A_TOKEN),
    output: Math.ceil((prompt.text.length * OUTPUT_SHARE) / CHARS_A_TOKEN),
  }
}

/** Failures that every further question would meet too. */
const hopeless: ReadonlySet<MdraftError['code']> = new Set([
  'unauthenticated',
  'forbidden',
  'bad_option',
  'missing_package',
  'not_found',
  'forbidden_address',
])

export async function askAll(
  questions: readonly Question[],
  ask: Ask,
  { budgetTokens, concurrency, signal, onAnswer }: AskOptions,
): Promise<Asked> {
  const replies: (Reply | Unanswered)[] = []
  const used = { input: 0, output: 0 }
  let reserved = 0
  let stopped: Unanswered | undefined
  let next = 0
  let done = 0

  const one = async (question: Question): Promise<Reply | Unanswered> => {
    if (stopped) return stopped
    const { input, output } = tokensOf(question)
    const expected = input + output
    if (used.input + used.output + reserved + expected > budgetTokens)
      return { failed: 'budget', reason: 'the token budget is used up' }
    reserved += expected
    try {
      const reply = await ask(question.prompt, answerSchemas[question.kind])
      used.input += reply.inputTokens
      used.output += reply.outputTokens
      return reply
    } catch (error) {
      signal?.throwIfAborted()
      const { code, message } = asMdraftError(error, 'unavailable')
      const unanswered: Unanswered = { failed: 'error', reason: message }
      if (hopeless.has(code)) stopped = unanswered
      return unanswered
    } finally {
      reserved -= expected
    }
  }
  const work = async (): Promise<void> => {
    while (next < questions.length) {
      signal?.throwIfAborted()
      const index = next++
      replies[index] = await one(questions[index]!)
      onAnswer?.(++done, questions.length)
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, Math.min(concurrency, questions.length)) }, work))
  return { replies, inputTokens: used.input, outputTokens: used.output }
}
