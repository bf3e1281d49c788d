/** Prometheus metrics, one registry for each process that is built. Labels are few and bounded. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

const SECONDS = [0.005, 0.02, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900]

export function createMetrics() {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  return {
    registry,
    requests: new Histogram({
      name: 'http_request_duration_seconds',
      help: 'Time to answer a request',
      labelNames: ['method', 'route', 'status'] as const,
      buckets: SECONDS,
      registers,
    }),
    uploadBytes: new Counter({ name: 'upload_bytes_total', help: 'Bytes of files received', registers }),
    jobs: new Counter({
      name: 'jobs_total',
      help: 'Jobs that ended, by how',
      labelNames: ['queue', 'outcome'] as const,
      registers,
    }),
    jobSeconds: new Histogram({
      name: 'job_duration_seconds',
      help: 'Time a worker spent on a job',
      labelNames: ['queue', 'format'] as const,
      buckets: SECONDS,
      registers,
    }),
    stageSeconds: new Histogram({
      name: 'job_stage_duration_seconds',
      help: 'Time a worker spent on a stage of a job',
      labelNames: ['queue', 'format', 'stage'] as const,
      buckets: SECONDS,
      registers,
    }),
    recognised: new Counter({
      name: 'ocr_pages_total',
      help: 'Pages whose text was recognised',
      labelNames: ['format'] as const,
      registers,
    }),
    pages: new Counter({
      name: 'pages_total',
      help: 'Pages converted',
      labelNames: ['format'] as const,
      registers,
    }),
    warnings: new Counter({
      name: 'warnings_total',
      help: 'Warnings of conversions',
      labelNames: ['code'] as const,
      registers,
    }),
    kills: new Counter({
      name: 'worker_kills_total',
      help: 'Reader processes that were ended',
      labelNames: ['reason'] as const,
      registers,
    }),
    modelTokens: new Counter({
      name: 'model_tokens_total',
      help: 'Tokens that language models used',
      labelNames: ['model', 'direction'] as const,
      registers,
    }),
    modelCalls: new Counter({
      name: 'model_calls_total',
      help: 'Questions to language models, by how they ended',
      labelNames: ['model', 'outcome'] as const,
      registers,
    }),
    queueDepth: new Gauge({
      name: 'queue_depth',
      help: 'Jobs in the queue',
      labelNames: ['queue', 'state'] as const,
      registers,
    }),
    oldestJob: new Gauge({
      name: 'oldest_job_age_seconds',
      help: 'Age of the oldest job that waits',
      labelNames: ['queue'] as const,
      registers,
    }),
  }
}

export type Metrics = ReturnType<typeof createMetrics>
