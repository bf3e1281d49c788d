/** A receiver of traces over OTLP/HTTP with JSON. */
import { type Vendor, vendor } from './server.ts'

type Value = { readonly stringValue?: string; readonly intValue?: number }
type SpanSeen = {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly status: { readonly code?: number }
  readonly attributes: readonly { readonly key: string; readonly value: Value }[]
}
export type Otlp = Vendor & { readonly spans: SpanSeen[]; readonly services: Set<string> }

export async function otlpVendor(): Promise<Otlp> {
  const spans: SpanSeen[] = []
  const services = new Set<string>()
  const server = await vendor(({ url, body }) => {
    if (url.pathname !== '/v1/traces') return { status: 404 }
    for (const { resource, scopeSpans } of JSON.parse(body.toString()).resourceSpans) {
      for (const { key, value } of resource.attributes)
        if (key === 'service.name') services.add(value.stringValue)
      for (const scope of scopeSpans) spans.push(...scope.spans)
    }
    return { body: {} }
  })
  return { ...server, spans, services }
}
