/** Configuration: read once from the environment, checked whole, frozen. This is the only file that reads it. */
import { existsSync } from 'node:fs'
import { z } from 'zod'
import { MdraftError } from '../../core/index.ts'
import { withSecrets } from '../secret-manager.ts'
import { type Settings, settings } from './settings.ts'
import { type Config, configFrom, type LlmSettings, llmNames, llmOf } from './shape.ts'

export type { Rate } from './kinds.ts'
export type { Config, LlmSettings } from './shape.ts'

/** Variables that are of use only together. */
const groups = [
  ['GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET'],
  ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'],
  ['S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'],
  ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'],
  ['CLOUD_TASKS_QUEUE', 'CLOUD_TASKS_TARGET', 'CLOUD_TASKS_SERVICE_ACCOUNT'],
] as const

/** @throws MdraftError `bad_option` that lists every bad value and how to mend it */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = settings.safeParse(given)
  const wrong = parsed.success ? [] : parsed.error.issues.map(describeIssue)
  if (given.NODE_ENV === 'production' && !given.SECRET_KEY)
    wrong.push('SECRET_KEY is not set: it is required in production. Make one: openssl rand -base64 48')
  for (const names of groups) {
    const missing = names.filter((name) => !given[name])
    if (missing.length > 0 && missing.length < names.length)
      wrong.push(
        `${missing.join(' and ')} must be set when ${names.filter((name) => given[name]).join(' and ')} is`,
      )
  }
  if (given.GCS_BUCKET_NAME && given.S3_BUCKET)
    wrong.push('GCS_BUCKET_NAME and S3_BUCKET are both set: files are kept in one place, remove one')
  if (given.OCR_ENGINE === 'document-ai' && !given.DOCAI_PROCESSOR_ID)
    wrong.push('DOCAI_PROCESSOR_ID is not set: OCR_ENGINE=document-ai needs it')
  if (given.DOCAI_PROCESSOR_ID && !given.DOCAI_PROCESSOR_ID.includes('/') && !given.GOOGLE_CLOUD_PROJECT)
    wrong.push('GOOGLE_CLOUD_PROJECT is not set: a bare DOCAI_PROCESSOR_ID needs it')
  wrong.push(...wrongInLlm(given))
  if (!parsed.success || wrong.length > 0) throw wrongConfig(wrong)
  return deepFreeze(configFrom(parsed.data))
}

const wrongConfig = (wrong: readonly string[]) =>
  new MdraftError(
    'bad_option',
    `The configuration is wrong.\n${wrong.map((line) => `  ${line}`).join('\n')}`,
    {
      fix: 'Correct the environment or .env; .env.example lists every variable.',
    },
  )

const wrongInLlm = ({
  MDRAFT_LLM,
  MDRAFT_LLM_BASE_URL,
}: Readonly<Record<string, string | undefined>>): string[] =>
  MDRAFT_LLM?.startsWith('compatible:') && !MDRAFT_LLM_BASE_URL
    ? [
        'MDRAFT_LLM_BASE_URL is not set: MDRAFT_LLM names a compatible server. Example: http://localhost:11434/v1',
      ]
    : []

/** What concerns the language model alone, for commands that need no server. `model` stands in place of MDRAFT_LLM. */
export function readLlm(env: Env, model?: string): LlmSettings | undefined {
  const values: typeof env = model === undefined ? env : { ...env, MDRAFT_LLM: model }
  const given = Object.fromEntries(llmNames.flatMap((name) => (values[name] ? [[name, values[name]]] : [])))
  const shape = Object.fromEntries(llmNames.map((name) => [name, settings.shape[name]]))
  const parsed = z.object(shape as Pick<typeof settings.shape, (typeof llmNames)[number]>).safeParse(given)
  const wrong = parsed.success ? [] : parsed.error.issues.map(describeIssue)
  wrong.push(...wrongInLlm(given))
  if (!parsed.success || wrong.length > 0) throw wrongConfig(wrong)
  return llmOf(parsed.data)
}

/** Like `loadConfig`, of the language model alone. */
export async function loadLlm(model?: string): Promise<LlmSettings | undefined> {
  const env = environment()
  const named = Object.fromEntries(llmNames.map((name) => [name, env[name]]))
  return readLlm(await withSecrets(named), model)
}

export type Env = Readonly<Record<string, string | undefined>>

/** The environment of this process, with `.env` of the working folder beneath it, and with what its references name. */
export async function loadConfig(): Promise<Config> {
  return readConfig(await withSecrets(environment()))
}

export function environment(): Env {
  if (existsSync('.env')) process.loadEnvFile('.env')
  return process.env
}

function describeIssue({ path, message }: z.core.$ZodIssue): string {
  const name = String(path[0])
  const { description } = settings.shape[name as keyof Settings].meta() ?? {}
  return `${name}: ${message.replace(/^Invalid input: /, '')}. ${description ?? ''}`.trim()
}

function deepFreeze<T extends object>(value: T): T {
  for (const inner of Object.values(value)) if (typeof inner === 'object' && inner !== null) deepFreeze(inner)
  return Object.freeze(value)
}
