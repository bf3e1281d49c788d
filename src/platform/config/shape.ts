/** The variables as the program wants them: grouped, in its own units, with what one takes from another. */
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import type { Settings } from './settings.ts'

export type Config = Readonly<ReturnType<typeof configFrom>>

export function configFrom(values: Settings) {
  const isProduction = values.NODE_ENV === 'production'
  return {
    isProduction,
    isTest: values.NODE_ENV === 'test',
    host: values.HOST,
    port: values.PORT,
    publicUrl: values.PUBLIC_URL?.replace(/\/+$/, ''),
    trustProxy: values.TRUST_PROXY,
    corsOrigins: values.CORS_ORIGINS,
    secretKey: values.SECRET_KEY,
    opsToken: values.OPS_TOKEN,
    drainMs: values.DRAIN_SECONDS * 1000,
    log: { level: values.LOG_LEVEL, format: values.LOG_FORMAT ?? (isProduction ? 'json' : 'text') } as const,
    google: pairOf(values.GOOGLE_CLIENT_ID, values.GOOGLE_CLIENT_SECRET),
    oidc: oidcOf(values),
    adminEmails: values.ADMIN_EMAILS.map((email) => email.toLowerCase()),
    mail: { smtpUrl: values.SMTP_URL, from: values.MAIL_FROM },
    stripe: stripeOf(values),
    planLimits: (values.PLAN_LIMITS ?? (values.STRIPE_SECRET_KEY ? 'on' : 'off')) === 'on',
    webhooksTo: values.WEBHOOKS_TO,
    dataDir: resolve(values.DATA_DIR),
    databaseUrl: values.DATABASE_URL,
    redisUrl: values.REDIS_URL,
    databasePoolSize: values.DATABASE_POOL_SIZE,
    trace: traceOf(values),
    sentry: values.SENTRY_DSN
      ? { dsn: values.SENTRY_DSN, environment: values.SENTRY_ENVIRONMENT ?? values.NODE_ENV }
      : undefined,
    storage: storageOf(values),
    tasks: tasksOf(values),
    work: {
      concurrency: values.WORKER_CONCURRENCY ?? Math.max(1, availableParallelism()),
      timeoutSeconds: values.JOB_TIMEOUT_MINUTES * 60,
      retries: values.JOB_RETRIES,
      retrySeconds: values.JOB_RETRY_SECONDS,
      heartbeatSeconds: values.JOB_HEARTBEAT_SECONDS,
      answerWaitMs: values.ANSWER_WAIT_SECONDS * 1000,
    },
    ocr: {
      engine: values.OCR_ENGINE,
      command: values.TESSERACT_COMMAND,
      documentAi: documentAiOf(values),
    },
    llm: llmOf(values),
    limits: {
      uploadBytes: values.MAX_UPLOAD_MB * 2 ** 20,
      textChars: values.MAX_TEXT_CHARS,
      globalRate: values.GLOBAL_RATE_LIMIT,
      uploadRate: values.UPLOAD_RATE_LIMIT,
      analysisRate: values.ANALYSIS_RATE_LIMIT,
      // Four characters to a token is the usual estimate for English text.
      chunkTokens: Math.max(50, Math.round(values.MDRAFT_CHUNK_SIZE_CHARS / 4)),
      visitorDays: values.VISITOR_RETENTION_DAYS,
    },
  }
}

function tasksOf(values: Settings) {
  const {
    CLOUD_TASKS_QUEUE: queue,
    CLOUD_TASKS_TARGET: target,
    CLOUD_TASKS_SERVICE_ACCOUNT: serviceAccount,
  } = values
  if (!queue || !target || !serviceAccount) return undefined
  return {
    queue,
    target: target.replace(/\/+$/, ''),
    serviceAccount,
    endpoint: values.CLOUD_TASKS_ENDPOINT?.replace(/\/+$/, ''),
    keysUrl: values.CLOUD_TASKS_KEYS_URL,
  }
}

function storageOf(values: Settings) {
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = values
  return {
    downloads: values.STORAGE_DOWNLOADS,
    gcs: values.GCS_BUCKET_NAME
      ? {
          bucket: values.GCS_BUCKET_NAME,
          endpoint: values.GCS_ENDPOINT,
          projectId: values.GOOGLE_CLOUD_PROJECT,
        }
      : undefined,
    s3: values.S3_BUCKET
      ? {
          bucket: values.S3_BUCKET,
          region: values.S3_REGION,
          endpoint: values.S3_ENDPOINT,
          credentials: accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined,
        }
      : undefined,
  }
}

type LlmValues = Pick<Settings, (typeof llmNames)[number]>

/** What a language model is asked with; undefined: none is configured. */
export function llmOf(values: LlmValues) {
  if (!values.MDRAFT_LLM) return undefined
  return {
    ...values.MDRAFT_LLM,
    apiKey: values.MDRAFT_LLM_API_KEY,
    baseUrl: values.MDRAFT_LLM_BASE_URL?.replace(/\/+$/, ''),
    project: values.GOOGLE_CLOUD_PROJECT,
    location: values.GOOGLE_VERTEX_LOCATION,
    timeoutMs: values.MDRAFT_LLM_TIMEOUT_SECONDS * 1000,
    retries: values.MDRAFT_LLM_RETRIES,
    retryMs: values.MDRAFT_LLM_RETRY_MS,
    concurrency: values.MDRAFT_LLM_CONCURRENCY,
    budgetTokens: values.MDRAFT_LLM_BUDGET_TOKENS,
    maxOutputTokens: values.MDRAFT_LLM_MAX_OUTPUT_TOKENS,
    price: values.MDRAFT_LLM_PRICE,
    windowChars: values.MDRAFT_CHUNK_SIZE_CHARS * values.MATRIX_WINDOW_SIZE,
  }
}
export type LlmSettings = NonNullable<ReturnType<typeof llmOf>>

export const llmNames = [
  'MDRAFT_LLM',
  'MDRAFT_LLM_API_KEY',
  'MDRAFT_LLM_BASE_URL',
  'GOOGLE_CLOUD_PROJECT',
  'GOOGLE_VERTEX_LOCATION',
  'MDRAFT_LLM_TIMEOUT_SECONDS',
  'MDRAFT_LLM_RETRIES',
  'MDRAFT_LLM_RETRY_MS',
  'MDRAFT_LLM_CONCURRENCY',
  'MDRAFT_LLM_BUDGET_TOKENS',
  'MDRAFT_LLM_MAX_OUTPUT_TOKENS',
  'MDRAFT_LLM_PRICE',
  'MATRIX_WINDOW_SIZE',
  'MDRAFT_CHUNK_SIZE_CHARS',
] as const

function traceOf(values: Settings) {
  const pairs = values.OTEL_EXPORTER_OTLP_HEADERS.map((pair): [string, string] => {
    const cut = pair.indexOf('=')
    return [pair.slice(0, cut), decodeURIComponent(pair.slice(cut + 1))]
  })
  return values.OTEL_EXPORTER_OTLP_ENDPOINT
    ? {
        endpoint: values.OTEL_EXPORTER_OTLP_ENDPOINT,
        headers: Object.fromEntries(pairs),
        ratio: values.OTEL_TRACES_SAMPLER_ARG,
        serviceName: values.OTEL_SERVICE_NAME,
      }
    : undefined
}

function documentAiOf({ DOCAI_PROCESSOR_ID: id, ...values }: Settings) {
  if (!id) return undefined
  const { GOOGLE_CLOUD_PROJECT: project, DOCAI_LOCATION: location } = values
  const processor = id.includes('/') ? id : `projects/${project}/locations/${location}/processors/${id}`
  return { processor, endpoint: values.DOCAI_ENDPOINT }
}

const pairOf = (clientId: string | undefined, clientSecret: string | undefined) =>
  clientId && clientSecret ? { clientId, clientSecret } : undefined

function oidcOf({ OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET }: Settings) {
  const pair = pairOf(OIDC_CLIENT_ID, OIDC_CLIENT_SECRET)
  return OIDC_ISSUER && pair ? { issuer: OIDC_ISSUER, ...pair } : undefined
}

function stripeOf(values: Settings) {
  const { STRIPE_SECRET_KEY: key, STRIPE_WEBHOOK_SECRET: webhookSecret, STRIPE_API_URL: url } = values
  if (!key || !webhookSecret) return undefined
  return { key, webhookSecret, url, prices: { pro: values.STRIPE_PRICE_PRO, team: values.STRIPE_PRICE_TEAM } }
}
