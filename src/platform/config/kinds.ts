/** How the values of variables are written, and read. */
import { z } from 'zod'

export const whole = (min: number, max: number) => z.coerce.number().int().min(min).max(max)
export const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
)
export const url = (...schemes: string[]) =>
  z.string().refine((text) => schemes.some((scheme) => text.startsWith(`${scheme}://`)), {
    error: `must start with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
  })

export type Rate = { readonly max: number; readonly windowMs: number }
export const unitMs: Readonly<Record<string, number>> = { second: 1e3, minute: 6e4, hour: 3.6e6, day: 8.64e7 }
/** "120 per minute", "120/minute", "5 per 15 minutes". */
export const rate = z.string().transform((text, context): Rate => {
  const match = /^(\d+)\s*(?:per|\/)\s*(\d+)?\s*(second|minute|hour|day)s?$/i.exec(text.trim())
  const max = Number(match?.[1])
  if (match && max > 0) return { max, windowMs: Number(match[2] ?? 1) * unitMs[match[3]!.toLowerCase()]! }
  context.addIssue({ code: 'custom', message: 'must read like "120 per minute"' })
  return z.NEVER
})

const providers = ['vertex', 'gemini', 'openai', 'anthropic', 'compatible'] as const
/** "gemini:gemini-2.5-flash". A model's own name may hold colons. */
export const modelName = z.string().transform((text, context) => {
  const [, provider, model] = /^([a-z]+):(.+)$/.exec(text.trim()) ?? []
  const known = providers.find((name) => name === provider)
  if (known && model) return { provider: known, model }
  context.addIssue({
    code: 'custom',
    message: `must read like provider:model, with one of ${providers.join(', ')}`,
  })
  return z.NEVER
})
/** "0.30/2.50": dollars for a million tokens, in and out. */
export const price = z.string().transform((text, context) => {
  const [, input, output] = /^(\d+(?:\.\d+)?)\s*\/\s*(\d+(?:\.\d+)?)$/.exec(text.trim()) ?? []
  if (input && output) return { input: Number(input), output: Number(output) }
  context.addIssue({ code: 'custom', message: 'must read like "0.30/2.50"' })
  return z.NEVER
})
