import PostalMime, { type Address, type Attachment as Part } from 'postal-mime'
import { MdraftError } from '../../errors.ts'
import type { FlowReader, ReadContext } from '../../reader.ts'
import type { Attachment } from './mail.ts'
import { messageDoc } from './message.ts'

/** A mail file (RFC 5322 and MIME). Messages inside are attachments, read like any other. */
export const readEml: FlowReader = async ({ bytes }, context) => {
  const mail = await PostalMime.parse(bytes, {
    forceRfc822Attachments: true,
    maxNestingDepth: context.limits.xmlDepth,
  }).catch((cause: unknown) => {
    throw new MdraftError(
      'malformed',
      `The message cannot be read: ${cause instanceof Error ? cause.message : 'unknown cause'}`,
      { cause },
    )
  })
  const raw = (key: string) => mail.headers.find((header) => header.key === key)?.value
  return messageDoc(
    'eml',
    {
      head: [
        ['From', people(mail.from ? [mail.from] : [])],
        ['To', people(mail.to)],
        ['Cc', people(mail.cc)],
        ['Bcc', people(mail.bcc)],
        ['Reply-To', people(mail.replyTo)],
        ['Date', raw('date')],
        ['Subject', mail.subject],
      ],
      subject: mail.subject,
      from: people(mail.from ? [mail.from] : []),
      date: mail.date,
      html: mail.html,
      text: mail.text,
      attachments: mail.attachments.map((part, index) => attachmentOf(part, index, context)),
    },
    context,
  )
}

function people(addresses: readonly Address[] | undefined): string | undefined {
  const names = (addresses ?? []).map((one): string =>
    one.group
      ? `${one.name}: ${people(one.group) ?? ''}`
      : one.name
        ? `${one.address} (${one.name})`
        : one.address,
  )
  return names.length > 0 ? names.join(', ') : undefined
}

function attachmentOf(part: Part, index: number, { report }: ReadContext): Attachment {
  if (/pkcs7-mime|pgp-encrypted/.test(part.mimeType))
    report.warn(
      'unsupported-content',
      'Part of the message is encrypted or sealed (S/MIME, PGP) and was not opened.',
    )
  const extension = extensions[part.mimeType] ?? ''
  return {
    name: part.filename ?? `part ${index + 1}${extension}`,
    mime: part.mimeType,
    bytes: typeof part.content === 'string' ? Buffer.from(part.content) : new Uint8Array(part.content),
    contentId: part.contentId?.replace(/^<|>$/g, ''),
  }
}

const extensions: Readonly<Record<string, string>> = {
  'message/rfc822': '.eml',
  'text/plain': '.txt',
  'text/html': '.html',
  'text/calendar': '.ics',
  'application/pdf': '.pdf',
}
