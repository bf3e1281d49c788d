/** A server on this machine that speaks as a provider of language models does, and fails as one does. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** What a model was asked. */
type Seen = {
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly system: string
  readonly prompt: string
  /** The schema it was given to answer by. */
  readonly schema: unknown
}
/** What it does: an answer as text or as JSON, a status, silence, or an answer that broke off. */
export type Act =
  | { readonly say: unknown; readonly cut?: true }
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string }
  | { readonly slow: true }
export type Behaviour = (seen: Seen, turn: number) => Act

type Protocol = {
  readonly read: (body: Record<string, unknown>) => Pick<Seen, 'system' | 'prompt' | 'schema'>
  readonly write: (answer: string, isCut: boolean) => unknown
}

const openai: Protocol = {
  read: ({ messages, response_format }) => {
    const contentOf = (role: string): string =>
      (messages as { role: string; content: string | { text: string }[] }[])
        .filter((one) => one.role === role)
        .map(({ content }) =>
          typeof content === 'string' ? content : content.map((part) => part.text).join(''),
        )
        .join('\n')
    const format = response_format as { json_schema?: { schema: unknown } } | undefined
    return { system: contentOf('system'), prompt: contentOf('user'), schema: format?.json_schema?.schema }
  },
  write: (content, isCut) => ({
    id: 'chat-1',
    object: 'chat.completion',
    created: 0,
    model: 'test',
    choices: [
      { index: 0, message: { role: 'assistant', content }, finish_reason: isCut ? 'length' : 'stop' },
    ],
    usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 },
  }),
}

type Parts = { parts: { text: string }[] }
const gemini: Protocol = {
  read: ({ systemInstruction, contents, generationConfig }) => {
    const textOf = (one: Parts | undefined) => (one?.parts ?? []).map((part) => part.text).join('')
    const config = generationConfig as { responseSchema?: unknown; responseJsonSchema?: unknown } | undefined
    return {
      system: textOf(systemInstruction as Parts | undefined),
      prompt: (contents as Parts[]).map(textOf).join('\n'),
      schema: config?.responseSchema ?? config?.responseJsonSchema,
    }
  },
  write: (content, isCut) => ({
    candidates: [
      { content: { role: 'model', parts: [{ text: content }] }, finishReason: isCut ? 'MAX_TOKENS' : 'STOP' },
    ],
    usageMetadata: { promptTokenCount: 100, candidatesTokenCount: 20, totalTokenCount: 120 },
  }),
}

const anthropic: Protocol = {
  read: ({ system, messages, output_config, output_format, tools }) => {
    const textOf = (content: unknown): string =>
      typeof content === 'string'
        ? content
        : (content as { text: string }[]).map((part) => part.text).join('')
    return {
      system: system ? textOf(system) : '',
      prompt: (messages as { content: unknown }[]).map(({ content }) => textOf(content)).join('\n'),
      schema: output_config ?? output_format ?? tools,
    }
  },
  write: (content, isCut) => ({
    id: 'message-1',
    type: 'message',
    role: 'assistant',
    model: 'test',
    content: [{ type: 'text', text: content }],
    stop_reason: isCut ? 'max_tokens' : 'end_turn',
    stop_sequence: null,
    usage: { input_tokens: 100, output_tokens: 20 },
  }),
}

const protocols = { openai, gemini, anthropic }

export type ModelServer = {
  readonly url: string
  readonly seen: Seen[]
  close(): Promise<void>
}

export async function modelServer(
  protocol: keyof typeof protocols,
  behaviour: Behaviour,
): Promise<ModelServer> {
  const seen: Seen[] = []
  const { read, write } = protocols[protocol]
  const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    const body = JSON.parse(await text(request)) as Record<string, unknown>
    const asked: Seen = { url: request.url ?? '', headers: request.headers, ...read(body) }
    const turn = seen.push(asked)
    const act = behaviour(asked, turn)
    if ('slow' in act) return
    const status = 'status' in act ? act.status : 200
    const answer =
      'status' in act
        ? (act.body ?? JSON.stringify({ error: { message: 'no', code: status, status: 'NO', type: 'no' } }))
        : JSON.stringify(
            write(typeof act.say === 'string' ? act.say : JSON.stringify(act.say), act.cut === true),
          )
    response
      .writeHead(status, {
        'content-type': 'application/json',
        ...('headers' in act ? act.headers : {}),
      })
      .end(answer)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
