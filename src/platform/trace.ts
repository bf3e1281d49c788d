/** Traces (OpenTelemetry): one from a request through the queue to the worker and the model. Without a receiver only ids are carried. */
import {
  type Attributes,
  type Context,
  type Tracer as OtelTracer,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'
import { asMdraftError } from '../core/index.ts'
import { ids, newTraceparent, withIds } from './context.ts'
import { lend } from './lend.ts'
import { version } from './version.ts'

export type TraceSettings = {
  /** An OTLP receiver over HTTP, without `/v1/traces`. */
  readonly endpoint: string
  readonly headers: Readonly<Record<string, string>>
  /** Share of traces that are kept, 0 to 1; what a caller decided holds. */
  readonly ratio: number
  readonly serviceName: string
}
type Kind = 'server' | 'producer' | 'consumer' | 'client' | 'internal'
type SpanOptions = {
  readonly kind?: Kind
  readonly attributes?: Attributes
  /** Where it hangs; else below the span around it. */
  readonly parent?: string | undefined
}
/** A span that begins and ends in different places. */
export type OpenSpan = {
  readonly traceparent: string
  end(outcome?: { attributes?: Attributes; error?: unknown; failed?: boolean }): void
}
export type Trace = {
  begin(name: string, options?: SpanOptions): OpenSpan
  /** What runs inside is below it; its failure is the span's. */
  span<T>(name: string, options: SpanOptions, work: () => Promise<T>): Promise<T>
  /** One whose times are known already. */
  past(name: string, options: SpanOptions & { readonly from: number; readonly to: number }): void
  close(): Promise<void>
}

/** @throws MdraftError `missing_package` */
export async function openTrace(settings: TraceSettings | undefined): Promise<Trace> {
  if (!settings) return unrecorded()
  const provider = await providerFor(settings)
  const tracer = provider.getTracer('mdraft', version())
  return recorded(tracer, () => provider.shutdown())
}

async function providerFor({ endpoint, headers, ratio, serviceName }: TraceSettings) {
  const sdk = await lend('@opentelemetry/sdk-trace-node', () => import('@opentelemetry/sdk-trace-node'))
  const { OTLPTraceExporter } = await lend(
    '@opentelemetry/exporter-trace-otlp-http',
    () => import('@opentelemetry/exporter-trace-otlp-http'),
  )
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
    headers: { ...headers },
  })
  return new sdk.NodeTracerProvider({
    resource: resourceOf({ 'service.name': serviceName, 'service.version': version() }),
    sampler: new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(ratio) }),
    spanProcessors: [new sdk.BatchSpanProcessor(exporter, { scheduledDelayMillis: 1_000 })],
  })
}

/** The least that the SDK takes for a resource; its own maker is a package more. */
function resourceOf(attributes: Record<string, string>) {
  const resource = {
    attributes,
    merge: () => resource,
    getRawAttributes: (): [string, string][] => Object.entries(attributes),
  }
  return resource
}

function unrecorded(): Trace {
  const begin: Trace['begin'] = (_name, { parent } = {}) => ({
    traceparent: parent ?? ids().traceparent ?? newTraceparent(),
    end: () => {},
  })
  return {
    begin,
    span: (name, options, work) => withIds({ traceparent: begin(name, options).traceparent }, work),
    past: () => {},
    close: async () => {},
  }
}

const kinds: { readonly [K in Kind]: SpanKind } = {
  server: SpanKind.SERVER,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
  client: SpanKind.CLIENT,
  internal: SpanKind.INTERNAL,
}

function recorded(tracer: OtelTracer, close: () => Promise<void>): Trace {
  const start = (name: string, options: SpanOptions, startTime?: number): Span => {
    const { kind = 'internal', attributes = {}, parent = ids().traceparent } = options
    return tracer.startSpan(
      name,
      { kind: kinds[kind], attributes, ...(startTime ? { startTime } : {}) },
      below(parent),
    )
  }
  const begin: Trace['begin'] = (name, options = {}) => {
    const span = start(name, options)
    return {
      traceparent: traceparentOf(span),
      end: ({ attributes, error, failed } = {}) => {
        if (attributes) span.setAttributes(attributes)
        // Codes, never messages: those of libraries may quote what they were given.
        if (error !== undefined) span.setAttribute('error.type', asMdraftError(error).code)
        if (error !== undefined || failed) span.setStatus({ code: SpanStatusCode.ERROR })
        span.end()
      },
    }
  }
  return {
    begin,
    span: async (name, options, work) => {
      const span = begin(name, options)
      try {
        const result = await withIds({ traceparent: span.traceparent }, work)
        span.end()
        return result
      } catch (error) {
        span.end({ error })
        throw error
      }
    },
    past: (name, { from, to, ...options }) => start(name, options, from).end(to),
    close: () => close().catch(() => {}),
  }
}

function below(traceparent: string | undefined): Context {
  if (!traceparent) return ROOT_CONTEXT
  const [, traceId = '', spanId = '', flags = '00'] = traceparent.split('-')
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16),
    isRemote: true,
  })
}

function traceparentOf(span: Span): string {
  const { traceId, spanId, traceFlags } = span.spanContext()
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`
}
