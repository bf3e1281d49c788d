/** A prompt of the user's own over a document: what it finds must be quoted like everything else. */
import type { Doc } from '../../core/index.ts'
import type { AgentRun } from '../findings.ts'
import { read } from '../passages/passages.ts'
import { readAnswer } from './answers.ts'
import { isAnswered, type Question } from './ask.ts'
import { costOf, type ModelOptions } from './cost.ts'
import { injectionsIn } from './injections.ts'
import { type Answers, droppedWarning, unread } from './merge.ts'
import { agentSystem, enclosed } from './prompts.ts'
import { passageOf, placeOf } from './quotes.ts'
import { windowsOf } from './windows.ts'

export type Agent = { readonly name: string; readonly instructions: string }

export function agentQuestionsOf(
  doc: Doc,
  { windowChars }: Pick<ModelOptions, 'windowChars'>,
  { instructions }: Agent,
): Question[] {
  return windowsOf(read(doc), windowChars).map(({ text, mark }) => ({
    kind: 'agent',
    prompt: { system: agentSystem(instructions), text: enclosed(text, 'Part of a document.', mark) },
  }))
}

/** @param answers replies to the questions of `agentQuestionsOf` for the same Doc and agent, in their order */
export function agentRunOf(
  doc: Doc,
  about: { readonly filename: string; readonly sha256: string },
  agent: Agent,
  { model, replies, inputTokens, outputTokens }: Answers,
): AgentRun {
  const reading = read(doc)
  const windows = windowsOf(reading, model.windowChars)
  const seen = new Set<string>()
  const findings: AgentRun['findings'] = []
  const counts = { dropped: 0, malformed: 0, cached: 0, unread: 0 }
  for (const [index, window] of windows.entries()) {
    const reply = replies[index]
    if (!reply || !isAnswered(reply)) {
      counts.unread++
      continue
    }
    if (reply.isCached) counts.cached++
    const { answer, malformed } = readAnswer('agent', reply.value)
    counts.malformed += malformed
    for (const { label, note, ...claim } of answer.findings) {
      const passage = passageOf(window, claim)
      // Windows overlap: what two of them show is found twice.
      const key = `${passage?.id} ${label}`
      if (!passage) counts.dropped++
      else if (!seen.has(key)) findings.push({ label, note, quote: passage.text, ...placeOf(passage) })
      seen.add(key)
    }
  }
  return {
    schema: 'mdraft.agent/1',
    agent: agent.name,
    document: { ...about, pages: doc.pages.length || null, title: doc.meta.title ?? null },
    findings,
    model: {
      name: model.name,
      windows: windows.length,
      windows_unread: counts.unread,
      windows_cached: counts.cached,
      input_tokens: inputTokens,
      output_tokens: outputTokens,
      cost_usd: costOf(inputTokens, outputTokens, model.price),
      added: findings.length,
      confirmed: 0,
      unconfirmed: 0,
      dropped: counts.dropped,
      malformed: counts.malformed,
    },
    warnings: [
      ...injectionsIn(reading.passages),
      ...unread(windows, replies),
      ...droppedWarning(counts.dropped),
    ],
  }
}
