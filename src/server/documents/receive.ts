/** A multipart form with one file, streamed into storage while its other fields are collected. */
import multipart from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { uploadFieldsSchema } from '../../contract/documents.ts'
import { asMdraftError, MdraftError } from '../../core/index.ts'
import { blobTooLarge } from '../../platform/blobs/blobs.ts'
import type { App } from '../http.ts'
import type { DocumentService, Received, UploadOptions } from './service.ts'

/** What the form adds around the file. */
const FORM_BYTES = 64 * 1024

export const acceptForms = async (app: App): Promise<void> => {
  await app.register(multipart, {
    // Size is bounded where the bytes are stored, which can also stop early.
    limits: {
      files: 1,
      fields: 10,
      fieldNameSize: 100,
      fieldSize: 1_000,
      headerPairs: 20,
      fileSize: Number.MAX_SAFE_INTEGER,
    },
  })
}

export async function receiveForm(
  request: FastifyRequest,
  documents: Pick<DocumentService, 'receive' | 'discard'>,
  { maxBytes, signal }: { maxBytes: number; signal: AbortSignal },
): Promise<{ received: Received; options: UploadOptions }> {
  if (!request.isMultipart()) throw notAForm('Send the file as multipart/form-data, in the field "file".')
  if (Number(request.headers['content-length'] ?? 0) > maxBytes + FORM_BYTES) throw blobTooLarge(maxBytes)
  const fields: Record<string, unknown> = {}
  let received: Received | undefined
  try {
    for await (const part of request.parts()) {
      if (part.type === 'file')
        received = await documents.receive(request.actor, part.file, part.filename, signal)
      else fields[part.fieldname] = part.value
    }
    if (!received) throw notAForm('Put the file into the field "file" of the form.')
    return { received, options: optionsOf(fields) }
  } catch (error) {
    if (received) await documents.discard(received)
    // What is left is read and dropped, so that a client that is still sending can see the answer.
    request.raw.unpipe()
    request.raw.resume()
    throw explain(error)
  }
}

function optionsOf(fields: Record<string, unknown>): UploadOptions {
  const parsed = uploadFieldsSchema.safeParse(fields)
  if (parsed.success) return parsed.data
  const wrong = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'form'}: ${message}`)
  throw new MdraftError('bad_option', `The form has fields that are not as expected: ${wrong.join('; ')}.`, {
    fix: 'See /api/docs for the fields of an upload.',
  })
}

const notAForm = (fix: string, cause?: unknown): MdraftError =>
  new MdraftError('bad_option', 'The request is not a form with a file.', { fix, cause })

const formLimits: Readonly<Record<string, string>> = {
  FST_FILES_LIMIT: 'Send one file with each request.',
  FST_FIELDS_LIMIT: 'The form has too many fields.',
  FST_PARTS_LIMIT: 'The form has too many parts.',
}

/** Errors of the form's grammar are the sender's; everything else keeps its meaning. */
function explain(error: unknown): unknown {
  if (error instanceof MdraftError) return error
  const { code } = error as { code?: string }
  if (code && formLimits[code]) return notAForm(formLimits[code], error)
  const known = asMdraftError(error)
  if (known.code === 'aborted')
    return new MdraftError('aborted', 'The upload was broken off.', { cause: error })
  const isGrammar =
    error instanceof Error &&
    /multipart|boundary|unexpected end|malformed|premature|form/i.test(error.message)
  return isGrammar ? notAForm('The form is cut off or malformed: send it again.', error) : error
}
