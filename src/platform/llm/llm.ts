/** A language model: named by "provider:model", asked for JSON, with retries, a timeout and a cache. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { MdraftError } from '../../core/index.ts'
import type { Ask, Reply } from '../../rfp/model/index.ts'
import type { LlmSettings } from '../config/config.ts'
import { patiently } from './retry.ts'
import { openModel } from './sdk.ts'

type LlmCache = {
  get(key: string): Promise<unknown | undefined>
  put(key: string, value: unknown): Promise<void>
}
export type LlmUse = {
  readonly outcome: 'answered' | 'cached' | 'failed'
  readonly inputTokens: number
  readonly outputTokens: number
}
export type LlmOptions = {
  readonly cache?: LlmCache | undefined
  readonly signal?: AbortSignal | undefined
  readonly onUse?: ((use: LlmUse) => void) | undefined
  /** Runs each question that is really sent. */
  readonly around?: (<T>(ask: () => Promise<T>) => Promise<T>) | undefined
}
export type Llm = {
  readonly name: string
  /** Asks are made with the options of their caller: a job's signal, a tenant's cache. */
  asking(options?: LlmOptions): Ask
  /** Asks something trivial, to see that the model is there. @throws MdraftError */
  check(): Promise<void>
}

/** Answers of another shape of mdraft are not read. */
const CACHE_VERSION = 1

export function openLlm(settings: LlmSettings): Llm {
  const model = openModel(settings)
  const name = `${settings.provider}:${settings.model}`

  const asking = ({ cache, signal, onUse, around = (ask) => ask() }: LlmOptions = {}): Ask => {
    const report = (outcome: LlmUse['outcome'], reply?: Reply) =>
      onUse?.({
        outcome,
        inputTokens: reply?.inputTokens ?? 0,
        outputTokens: reply?.outputTokens ?? 0,
      })
    return async (prompt, schema) => {
      const shape = z.toJSONSchema(schema) as Record<string, unknown>
      const key = keyOf(name, prompt, shape)
      const known = await cache?.get(key).catch(() => undefined)
      if (known !== undefined) {
        report('cached')
        return { value: known, isCut: false, inputTokens: 0, outputTokens: 0, isCached: true }
      }
      try {
        const reply = await around(() =>
          patiently(settings, signal, (until) => model.ask(prompt, shape, until)),
        )
        report('answered', { ...reply, isCached: false })
        // A part of an answer is used, and asked for again the next time.
        if (!reply.isCut) await cache?.put(key, reply.value).catch(() => {})
        return { ...reply, isCached: false }
      } catch (error) {
        report('failed')
        throw error
      }
    }
  }
  return {
    name,
    asking,
    check: async () => {
      const reply = await asking()(
        {
          system: 'You check a connection. Answer only with JSON of the given schema.',
          text: 'Set "ok" to true.',
        },
        z.object({ ok: z.boolean() }),
      )
      if (!z.object({ ok: z.boolean() }).safeParse(reply.value).success)
        throw new MdraftError('unavailable', `${name} answers, but not with the JSON it was asked for.`, {
          fix: 'Choose a model that gives structured output.',
        })
    },
  }
}

const keyOf = (name: string, prompt: { system: string; text: string }, shape: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify([CACHE_VERSION, name, prompt.system, prompt.text, shape]))
    .digest('hex')
