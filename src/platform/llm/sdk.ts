/** The one file that knows the AI SDK and its providers. They are loaded when a model is first asked. */
import type { LanguageModel } from 'ai'
import { MdraftError } from '../../core/index.ts'
import type { Reply } from '../../rfp/model/index.ts'
import type { LlmSettings } from '../config/config.ts'
import { lend } from '../lend.ts'
import { readJson } from './json.ts'
import { Passing } from './retry.ts'

export type Model = {
  ask(
    prompt: { readonly system: string; readonly text: string },
    shape: Record<string, unknown>,
    signal: AbortSignal,
  ): Promise<Omit<Reply, 'isCached'>>
}

type Provider = LlmSettings['provider']
/** Makes the model; the package is loaded here and nowhere else. */
type Row = { readonly package: string; readonly make: (settings: LlmSettings) => Promise<LanguageModel> }

const providers: { readonly [P in Provider]: Row } = {
  vertex: {
    package: '@ai-sdk/google-vertex',
    make: async ({ model, apiKey, baseUrl, project, location }) =>
      (await import('@ai-sdk/google-vertex')).createGoogleVertex({
        ...(apiKey ? { apiKey } : {}),
        ...(project ? { project } : {}),
        location,
        ...(baseUrl ? { baseURL: baseUrl } : {}),
      })(model),
  },
  gemini: {
    package: '@ai-sdk/google',
    make: async ({ model, apiKey, baseUrl }) =>
      (await import('@ai-sdk/google')).createGoogle({
        ...(apiKey ? { apiKey } : {}),
        ...(baseUrl ? { baseURL: baseUrl } : {}),
      })(model),
  },
  openai: {
    package: '@ai-sdk/openai',
    make: async ({ model, apiKey, baseUrl }) =>
      (await import('@ai-sdk/openai'))
        .createOpenAI({ ...(apiKey ? { apiKey } : {}), ...(baseUrl ? { baseURL: baseUrl } : {}) })
        .chat(model),
  },
  anthropic: {
    package: '@ai-sdk/anthropic',
    make: async ({ model, apiKey, baseUrl }) =>
      (await import('@ai-sdk/anthropic')).createAnthropic({
        ...(apiKey ? { apiKey } : {}),
        ...(baseUrl ? { baseURL: baseUrl } : {}),
      })(model),
  },
  compatible: {
    package: '@ai-sdk/openai-compatible',
    make: async ({ model, apiKey, baseUrl = '' }) =>
      (await import('@ai-sdk/openai-compatible')).createOpenAICompatible({
        name: 'compatible',
        baseURL: baseUrl,
        ...(apiKey ? { apiKey } : {}),
        supportsStructuredOutputs: true,
      })(model),
  },
}

export function openModel(settings: LlmSettings): Model {
  let made: Promise<LanguageModel> | undefined
  const model = () => {
    const { package: name, make } = providers[settings.provider]
    made ??= lend(name, () => make(settings))
    return made
  }
  return {
    ask: async ({ system, text }, shape, signal) => {
      const sdk = await lend('ai', () => import('ai'))
      const language = await model()
      try {
        const answer = await sdk.generateText({
          model: language,
          system,
          prompt: text,
          output: sdk.Output.object({ schema: sdk.jsonSchema(shape) }),
          temperature: 0,
          maxOutputTokens: settings.maxOutputTokens,
          maxRetries: 0,
          abortSignal: signal,
        })
        const isCut = answer.finishReason === 'length'
        return replyOf(answer.text, answer.usage, isCut)
      } catch (error) {
        if (sdk.NoObjectGeneratedError.isInstance(error))
          return replyOf(error.text ?? '', error.usage, error.finishReason === 'length')
        throw failureOf(error, sdk, settings)
      }
    },
  }
}

type Usage = { readonly inputTokens?: number | undefined; readonly outputTokens?: number | undefined }

/** @throws Passing when there is nothing to read in it */
function replyOf(text: string, usage: Usage | undefined, isCut: boolean): Omit<Reply, 'isCached'> {
  const read = readJson(text)
  if (!read)
    throw new Passing(
      new MdraftError('unavailable', 'The language model did not answer with JSON.', {
        fix: 'Choose a model that gives structured output.',
      }),
    )
  return {
    value: read.value,
    isCut: isCut || read.isCut,
    inputTokens: usage?.inputTokens ?? 0,
    outputTokens: usage?.outputTokens ?? 0,
  }
}

type Sdk = typeof import('ai')

/** What went wrong, without what was sent: the SDK's errors carry the whole prompt, and causes are logged. */
const causeOf = (error: unknown): Error =>
  error instanceof Error ? new Error(`${error.name}: ${error.message.slice(0, 300)}`) : new Error('unknown')

function failureOf(error: unknown, sdk: Sdk, settings: LlmSettings): unknown {
  const name = `${settings.provider}:${settings.model}`
  const cause = causeOf(error)
  const fail = (code: 'unauthenticated' | 'not_found' | 'unavailable', message: string, fix: string) =>
    new MdraftError(code, message, { fix, cause })
  if (sdk.LoadAPIKeyError.isInstance(error) || sdk.LoadSettingError.isInstance(error))
    return fail('unauthenticated', `${name} needs credentials.`, credentials)
  if (!sdk.APICallError.isInstance(error))
    return isAbort(error) ? error : fail('unavailable', `${name} could not be asked.`, credentials)
  const { statusCode: status, responseHeaders } = error
  if (status === 401 || status === 403)
    return fail('unauthenticated', `${name} refuses the credentials (status ${status}).`, credentials)
  if (status === 404)
    return fail(
      'not_found',
      `${name} is not known to its server.`,
      'Check the name in MDRAFT_LLM, and MDRAFT_LLM_BASE_URL.',
    )
  const said = status === undefined ? 'cannot be reached' : `answers with status ${status}`
  const failure = fail('unavailable', `${name} ${said}.`, 'Try again later.')
  const mayPass = status === undefined || status === 408 || status === 409 || status === 429 || status >= 500
  return mayPass ? new Passing(failure, retryAfter(responseHeaders)) : failure
}

const credentials =
  'Check MDRAFT_LLM_API_KEY, or for Vertex AI GOOGLE_CLOUD_PROJECT and GOOGLE_APPLICATION_CREDENTIALS.'

const isAbort = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError')

/** Seconds or a date (RFC 9110 §10.2.3). */
function retryAfter(headers: Record<string, string> | undefined): number | undefined {
  const value = headers?.['retry-after']
  if (value === undefined) return undefined
  const seconds = Number(value)
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000)
  const at = Date.parse(value)
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now())
}
