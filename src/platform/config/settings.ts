/** Every variable mdraft knows: its kind, its default, and what it is for. `.env.example` is written from these rows. */
import { z } from 'zod'
import { defaultLimits } from '../../core/index.ts'
import { list, modelName, price, rate, url, whole } from './kinds.ts'

/** `secret` values are never printed; `group` orders `.env.example`; `example` is shown where there is no default. */
export type About = { readonly group: string; readonly secret?: true; readonly example?: string }
const row = <T extends z.ZodType>(schema: T, description: string, about: About) =>
  schema.describe(description).meta({ ...about })

export const settings = z.object({
  NODE_ENV: row(
    z.enum(['development', 'production', 'test']).default('development'),
    'In production secrets must be set and cookies need HTTPS.',
    { group: 'Server' },
  ),
  HOST: row(z.string().default('127.0.0.1'), 'Address to listen on; 0.0.0.0 in a container.', {
    group: 'Server',
  }),
  PORT: row(whole(0, 65_535).default(8080), 'Port to listen on.', { group: 'Server' }),
  PUBLIC_URL: row(url('http', 'https').optional(), 'Address that users see, without a path.', {
    group: 'Server',
    example: 'https://mdraft.example.com',
  }),
  TRUST_PROXY: row(
    whole(0, 10).default(0),
    'How many proxies in front are ours: their X-Forwarded-For is believed, no further.',
    { group: 'Server' },
  ),
  CORS_ORIGINS: row(list.default([]), 'Other origins whose pages may call the API, separated by commas.', {
    group: 'Server',
    example: 'https://app.example.com',
  }),
  SECRET_KEY: row(
    z.string().min(32, 'must have at least 32 characters').optional(),
    'Signs cookies and links; make one: openssl rand -base64 48. Development keeps a generated one in DATA_DIR.',
    { group: 'Server', secret: true },
  ),
  OPS_TOKEN: row(
    z.string().min(16, 'must have at least 16 characters').optional(),
    'Bearer token for /api/ops. Without it /api/ops answers only to this machine, and not in production.',
    { group: 'Server', secret: true },
  ),
  DRAIN_SECONDS: row(whole(1, 600).default(30), 'How long a stopping process lets running work finish.', {
    group: 'Server',
  }),
  LOG_LEVEL: row(
    z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
    'Least level that is logged.',
    { group: 'Server' },
  ),
  LOG_FORMAT: row(z.enum(['json', 'text']).optional(), 'Default: json in production, else text.', {
    group: 'Server',
    example: 'json',
  }),

  OTEL_EXPORTER_OTLP_ENDPOINT: row(
    url('http', 'https').optional(),
    'Receiver of traces (OpenTelemetry over HTTP). Without it none are kept.',
    { group: 'Operations', example: 'http://localhost:4318' },
  ),
  OTEL_EXPORTER_OTLP_HEADERS: row(list.default([]), 'Headers for it: name=value, separated by commas.', {
    group: 'Operations',
    secret: true,
    example: 'authorization=Basic%20…',
  }),
  OTEL_SERVICE_NAME: row(z.string().default('mdraft'), 'What traces call this process.', {
    group: 'Operations',
  }),
  OTEL_TRACES_SAMPLER_ARG: row(z.coerce.number().min(0).max(1).default(1), 'Share of traces that are kept.', {
    group: 'Operations',
  }),
  SENTRY_DSN: row(
    url('http', 'https').optional(),
    'Where failures of ours are told (Sentry): kind and place, nothing of a document or a user.',
    { group: 'Operations', secret: true, example: 'https://key@sentry.example.com/1' },
  ),
  SENTRY_ENVIRONMENT: row(z.string().optional(), 'Default: NODE_ENV.', { group: 'Operations' }),

  GOOGLE_CLIENT_ID: row(z.string().optional(), 'Sign-in with Google; needs GOOGLE_CLIENT_SECRET too.', {
    group: 'Accounts',
  }),
  GOOGLE_CLIENT_SECRET: row(z.string().optional(), 'Secret of GOOGLE_CLIENT_ID.', {
    group: 'Accounts',
    secret: true,
  }),
  OIDC_ISSUER: row(
    url('http', 'https').optional(),
    'Sign-in with another provider (OpenID Connect); needs the next two too.',
    {
      group: 'Accounts',
      example: 'https://login.example.com',
    },
  ),
  OIDC_CLIENT_ID: row(z.string().optional(), 'Client at OIDC_ISSUER.', { group: 'Accounts' }),
  OIDC_CLIENT_SECRET: row(z.string().optional(), 'Secret of OIDC_CLIENT_ID.', {
    group: 'Accounts',
    secret: true,
  }),
  ADMIN_EMAILS: row(list.default([]), 'Addresses whose accounts are administrators, separated by commas.', {
    group: 'Accounts',
    example: 'you@example.com',
  }),
  SMTP_URL: row(url('smtp', 'smtps').optional(), 'Mail server. Without it letters are printed to the log.', {
    group: 'Accounts',
    secret: true,
    example: 'smtps://user:password@mail.example.com',
  }),
  MAIL_FROM: row(z.string().default('mdraft <no-reply@localhost>'), 'Sender of letters.', {
    group: 'Accounts',
  }),

  DATA_DIR: row(z.string().default('./data'), 'Folder for the embedded database and for files.', {
    group: 'Data',
  }),
  DATABASE_URL: row(
    url('postgres', 'postgresql').optional(),
    'PostgreSQL 14 or newer. Without it an embedded PostgreSQL keeps its files in DATA_DIR (one process).',
    { group: 'Data', secret: true, example: 'postgresql://mdraft:password@localhost:5432/mdraft' },
  ),
  DATABASE_POOL_SIZE: row(whole(2, 200).default(10), 'Connections of one process to PostgreSQL.', {
    group: 'Data',
  }),

  REDIS_URL: row(
    url('redis', 'rediss').optional(),
    'Shares counts of requests between processes, else PostgreSQL does; keeps results at hand for an hour.',
    {
      group: 'Data',
      secret: true,
      example: 'redis://localhost:6379/0',
    },
  ),

  GCS_BUCKET_NAME: row(z.string().optional(), 'Keeps files in this bucket of Google Cloud Storage.', {
    group: 'Storage',
    example: 'your-bucket-name',
  }),
  GCS_ENDPOINT: row(
    url('http', 'https').optional(),
    'Another address than Google’s for the bucket, asked without credentials (an emulator).',
    { group: 'Storage', example: 'http://localhost:4443' },
  ),
  S3_BUCKET: row(
    z.string().optional(),
    'Keeps files in this bucket of Amazon S3, or of what speaks like it.',
    {
      group: 'Storage',
      example: 'your-bucket-name',
    },
  ),
  S3_REGION: row(z.string().default('us-east-1'), 'Region of S3_BUCKET.', { group: 'Storage' }),
  S3_ENDPOINT: row(url('http', 'https').optional(), 'Another address than Amazon’s for S3_BUCKET.', {
    group: 'Storage',
    example: 'https://storage.example.com',
  }),
  S3_ACCESS_KEY_ID: row(
    z.string().optional(),
    'Without it the library looks where Amazon’s tools do; needs S3_SECRET_ACCESS_KEY too.',
    { group: 'Storage' },
  ),
  S3_SECRET_ACCESS_KEY: row(z.string().optional(), 'Secret of S3_ACCESS_KEY_ID.', {
    group: 'Storage',
    secret: true,
  }),
  STORAGE_DOWNLOADS: row(
    z.enum(['stream', 'redirect']).default('stream'),
    'Originals are sent through the server, or by a link to the bucket that is good for 300 seconds.',
    { group: 'Storage' },
  ),
  GOOGLE_APPLICATION_CREDENTIALS: row(
    z.string().optional(),
    'Key file for Google Cloud. Without it, the identity of the machine.',
    { group: 'Google Cloud', example: '/etc/secrets/gcp.json' },
  ),
  SECRET_MANAGER_ENDPOINT: row(
    url('http', 'https').optional(),
    'Another address than Google’s for values written as sm://project/name[/version], asked without credentials.',
    { group: 'Google Cloud', example: 'http://localhost:9090' },
  ),
  CLOUD_TASKS_QUEUE: row(
    z
      .string()
      .regex(
        /^projects\/[\w:.-]+\/locations\/[\w-]+\/queues\/[\w-]+$/,
        'looks like projects/P/locations/L/queues/Q',
      )
      .optional(),
    'Google Cloud Tasks brings conversions and analyses to CLOUD_TASKS_TARGET, in place of workers that look for them.',
    { group: 'Google Cloud', example: 'projects/your-project/locations/europe-west1/queues/mdraft' },
  ),
  CLOUD_TASKS_TARGET: row(
    url('http', 'https').optional(),
    'Where the processes that work are reached (`mdraft serve --worker`); the audience of the tokens.',
    { group: 'Google Cloud', example: 'https://worker.example.com' },
  ),
  CLOUD_TASKS_SERVICE_ACCOUNT: row(
    z.email().optional(),
    'The service account whose token comes with each task; no other caller is let in.',
    { group: 'Google Cloud', example: 'tasks@your-project.iam.gserviceaccount.com' },
  ),
  CLOUD_TASKS_ENDPOINT: row(
    url('http', 'https').optional(),
    'Another address than Google’s for Cloud Tasks, asked without credentials.',
    { group: 'Google Cloud', example: 'http://localhost:8123' },
  ),
  CLOUD_TASKS_KEYS_URL: row(
    url('http', 'https').optional(),
    'Another address than Google’s for the keys that tokens of tasks are checked with.',
    { group: 'Google Cloud', example: 'http://localhost:8123/keys' },
  ),
  GOOGLE_CLOUD_PROJECT: row(z.string().optional(), 'Project, when the credentials do not name it.', {
    group: 'Google Cloud',
    example: 'your-project',
  }),
  DOCAI_PROCESSOR_ID: row(
    z
      .string()
      .regex(
        /^(projects\/[\w-]+\/locations\/[\w-]+\/processors\/)?[\w-]+$/,
        'must be an id, or projects/…/locations/…/processors/…',
      )
      .optional(),
    'Processor of the OCR kind, when OCR_ENGINE is document-ai; a bare id needs GOOGLE_CLOUD_PROJECT.',
    { group: 'Google Cloud', example: 'your-processor-id' },
  ),
  DOCAI_LOCATION: row(z.string().default('us'), 'Where a bare DOCAI_PROCESSOR_ID is.', {
    group: 'Google Cloud',
  }),
  DOCAI_ENDPOINT: row(
    url('http', 'https').optional(),
    'Another address than Google’s for Document AI, asked without credentials.',
    { group: 'Google Cloud' },
  ),

  WORKER_CONCURRENCY: row(
    whole(1, 64).optional(),
    'Documents converted at once by one worker process. Default: the number of processors.',
    { group: 'Work', example: '2' },
  ),
  JOB_TIMEOUT_MINUTES: row(whole(1, 120).default(30), 'Longest run of one job.', { group: 'Work' }),
  JOB_RETRIES: row(whole(0, 10).default(3), 'Further tries after a failure that may pass.', {
    group: 'Work',
  }),
  JOB_RETRY_SECONDS: row(whole(1, 600).default(5), 'Wait before the first retry; doubles with each.', {
    group: 'Work',
  }),
  JOB_HEARTBEAT_SECONDS: row(
    whole(10, 600).default(15),
    'A job whose worker gave no sign of life for this long goes to another.',
    { group: 'Work' },
  ),
  ANSWER_WAIT_SECONDS: row(
    whole(0, 60).default(8),
    'How long an analysis request waits for its result before it answers 202.',
    { group: 'Work' },
  ),

  OCR_ENGINE: row(
    z.enum(['built-in', 'tesseract', 'document-ai']).default('built-in'),
    'What reads scanned pages: the engine that ships with mdraft, the tesseract program of this machine, or Google.',
    { group: 'Work' },
  ),
  TESSERACT_COMMAND: row(
    z.string().default('tesseract'),
    'The tesseract program, when OCR_ENGINE names it.',
    {
      group: 'Work',
    },
  ),

  PLAN_LIMITS: row(
    z.enum(['on', 'off']).optional(),
    'Whether plans limit what accounts may do. Default: on with STRIPE_SECRET_KEY, else off.',
    { group: 'Plans', example: 'on' },
  ),
  STRIPE_SECRET_KEY: row(
    z.string().startsWith('sk_').or(z.string().startsWith('rk_')).optional(),
    'Sells plans with Stripe; without it administrators set plans. Needs STRIPE_WEBHOOK_SECRET and a price.',
    { group: 'Plans', secret: true },
  ),
  STRIPE_WEBHOOK_SECRET: row(
    z.string().startsWith('whsec_').optional(),
    'Signing secret of the webhook that Stripe sends to /api/billing/stripe.',
    { group: 'Plans', secret: true },
  ),
  STRIPE_PRICE_PRO: row(z.string().startsWith('price_').optional(), 'Price of the pro plan.', {
    group: 'Plans',
    example: 'price_123',
  }),
  STRIPE_PRICE_TEAM: row(z.string().startsWith('price_').optional(), 'Price of a seat of the team plan.', {
    group: 'Plans',
    example: 'price_456',
  }),
  STRIPE_API_URL: row(
    url('http', 'https').optional(),
    'Where Stripe is reached, when not at its own address.',
    {
      group: 'Plans',
    },
  ),

  WEBHOOKS_TO: row(
    z.enum(['public', 'anywhere']).default('public'),
    'Where webhooks of users may go. Anywhere: also into the private network of this server.',
    { group: 'Webhooks' },
  ),

  MDRAFT_LLM: row(
    modelName.optional(),
    'Language model that adds to what the rules find: provider:model with vertex, gemini, openai, anthropic or compatible (any server that speaks as OpenAI does). Without it no text leaves this machine.',
    { group: 'Language model', example: 'vertex:gemini-2.5-flash' },
  ),
  MDRAFT_LLM_API_KEY: row(
    z.string().optional(),
    'Key of the provider. Vertex AI takes GOOGLE_APPLICATION_CREDENTIALS instead.',
    { group: 'Language model', secret: true },
  ),
  MDRAFT_LLM_BASE_URL: row(
    url('http', 'https').optional(),
    'Where the model is served, when not at the provider; needed for compatible.',
    { group: 'Language model', example: 'http://localhost:11434/v1' },
  ),
  GOOGLE_VERTEX_LOCATION: row(z.string().default('us-central1'), 'Region of Vertex AI.', {
    group: 'Language model',
  }),
  MDRAFT_LLM_TIMEOUT_SECONDS: row(whole(1, 900).default(120), 'Longest wait for one answer.', {
    group: 'Language model',
  }),
  MDRAFT_LLM_RETRIES: row(
    whole(0, 10).default(4),
    'Further tries after "too many requests", a failing server or an answer that is no JSON.',
    { group: 'Language model' },
  ),
  MDRAFT_LLM_RETRY_MS: row(
    whole(1, 60_000).default(1_000),
    'Wait before the first retry; doubles with each, unless the server says when to come back.',
    { group: 'Language model' },
  ),
  MDRAFT_LLM_CONCURRENCY: row(whole(1, 64).default(4), 'Questions of one analysis under way at once.', {
    group: 'Language model',
  }),
  MDRAFT_LLM_BUDGET_TOKENS: row(
    whole(1_000, 1_000_000_000).default(2_000_000),
    'Tokens that one analysis may use, in and out; what is left unread is a warning.',
    { group: 'Language model' },
  ),
  MDRAFT_LLM_MAX_OUTPUT_TOKENS: row(whole(256, 200_000).default(16_000), 'Longest answer, in tokens.', {
    group: 'Language model',
  }),
  MDRAFT_LLM_PRICE: row(
    price.optional(),
    'Dollars for a million tokens in and out, to say what an analysis costs.',
    { group: 'Language model', example: '0.30/2.50' },
  ),
  MATRIX_WINDOW_SIZE: row(
    whole(1, 64).default(4),
    'Chunks (MDRAFT_CHUNK_SIZE_CHARS) that a model reads at once; more is cheaper, fewer is more thorough.',
    { group: 'Language model' },
  ),

  MAX_UPLOAD_MB: row(whole(1, 2048).default(defaultLimits.fileBytes / 2 ** 20), 'Largest file, in MiB.', {
    group: 'Limits',
  }),
  MAX_TEXT_CHARS: row(whole(100, 50_000_000).default(2_000_000), 'Longest text sent for analysis.', {
    group: 'Limits',
  }),
  GLOBAL_RATE_LIMIT: row(rate.prefault('120 per minute'), 'Requests of one caller.', { group: 'Limits' }),
  UPLOAD_RATE_LIMIT: row(rate.prefault('10 per minute'), 'Uploads of one caller.', { group: 'Limits' }),
  ANALYSIS_RATE_LIMIT: row(rate.prefault('30 per minute'), 'Analyses of one caller.', { group: 'Limits' }),
  MDRAFT_CHUNK_SIZE_CHARS: row(whole(200, 100_000).default(3_000), 'Upper bound for one chunk of output.', {
    group: 'Limits',
  }),
  VISITOR_RETENTION_DAYS: row(whole(1, 365).default(7), 'How long work done without an account is kept.', {
    group: 'Limits',
  }),
})

export type Settings = z.infer<typeof settings>
