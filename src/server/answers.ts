/** How answers become text. The types say what a route may send; tests also compare each answer with its schema. */
import { isDeepStrictEqual } from 'node:util'
import type { FastifySerializerCompiler } from 'fastify/types/schema.js'
import type { z } from 'zod'

type Compiler = FastifySerializerCompiler<z.ZodType>

/** What a schema does not know would otherwise be sent unseen. */
export const checkedAnswers: Compiler =
  ({ schema, url, method }) =>
  (answer) => {
    const text = JSON.stringify(answer)
    const parsed = schema.safeParse(JSON.parse(text))
    if (!parsed.success)
      throw new Error(`${method} ${url} answers against its schema: ${parsed.error.message}`)
    if (!isDeepStrictEqual(parsed.data, JSON.parse(text)))
      throw new Error(`${method} ${url} answers with more than its schema knows: ${text.slice(0, 2_000)}`)
    return text
  }

/** Large documents are not parsed a second time on their way out. */
export const plainAnswers: Compiler = () => JSON.stringify
