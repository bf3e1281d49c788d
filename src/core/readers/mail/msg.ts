import Package, { type FieldsData } from '@kenjiuno/msgreader'
import { MdraftError } from '../../errors.ts'
import { decodeAs, decodeText } from '../../io/text.ts'
import type { FlowReader, ReadContext } from '../../reader.ts'
import type { Attachment } from './mail.ts'
import { messageDoc } from './message.ts'

// The package is CommonJS: its class is the `default` of what Node imports as default; bundlers give the class itself.
type Class = typeof Package.default
const MsgReader = Package.default ?? (Package as unknown as Class) // as the bundlers see it

/** An Outlook message (MS-OXMSG). */
export const readMsg: FlowReader = async ({ bytes }, context) => {
  const { reader, fields } = open(bytes)
  const sender = person(
    fields.senderName,
    fields.senderSmtpAddress ?? fields.senderEmail ?? fields.creatorSMTPAddress,
  )
  const header = (name: string) =>
    new RegExp(`^${name}:[ \\t]*(.*(?:\\r?\\n[ \\t].*)*)`, 'im').exec(fields.headers ?? '')?.[1]
  const date = fields.clientSubmitTime ?? fields.messageDeliveryTime ?? fields.creationTime
  return messageDoc(
    'msg',
    {
      head: [
        ['From', sender ?? header('From')],
        ['To', recipients(fields, 'to') ?? header('To')],
        ['Cc', recipients(fields, 'cc') ?? header('Cc')],
        ['Bcc', recipients(fields, 'bcc')],
        ['Date', header('Date') ?? date],
        ['Subject', fields.subject],
      ],
      subject: fields.subject,
      from: sender,
      date: date && rfc3339(date),
      html: htmlOf(fields),
      text: fields.body,
      packedRtf: fields.compressedRtf,
      attachments: (fields.attachments ?? []).flatMap((part, index) =>
        attachmentOf(reader, part, index, context),
      ),
    },
    context,
  )
}

type Reader = InstanceType<typeof MsgReader>

function open(bytes: Uint8Array): { reader: Reader; fields: FieldsData } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    const reader = new MsgReader(view)
    const fields = reader.getFileData()
    // Older messages hold 8-bit text in the code page that one of their properties names (MS-OXCMSG 2.2.1).
    if (fields.messageCodepage && fields.messageCodepage !== 1200) {
      const again = new MsgReader(view)
      again.parserConfig = { ansiEncoding: codePage(fields.messageCodepage) }
      const decoded = again.getFileData()
      if (!decoded.error) return { reader: again, fields: decoded }
    }
    if (fields.error) throw new Error(fields.error)
    return { reader, fields }
  } catch (cause) {
    throw new MdraftError('malformed', 'The Outlook message is damaged.', {
      cause,
      fix: 'Open it in Outlook and save it again, as .eml if possible.',
    })
  }
}

const codePage = (number: number): string =>
  number === 65001 ? 'utf-8' : number === 20127 ? 'windows-1252' : `cp${number}`

function htmlOf({ html, bodyHtml, internetCodepage }: FieldsData): string | undefined {
  if (bodyHtml) return bodyHtml
  if (!html) return undefined
  return (internetCodepage && decodeAs(html, codePage(internetCodepage))) || decodeText(html)
}

const rfc3339 = (value: string): string => {
  const time = new Date(value)
  return Number.isNaN(time.getTime()) ? value : time.toISOString()
}

function person(name: string | undefined, address: string | undefined): string | undefined {
  const mail = address?.includes('@') ? address : undefined
  if (!name || name === mail || name === `'${mail}'`) return mail ?? name
  return mail ? `${mail} (${name})` : name
}

function recipients({ recipients: all }: FieldsData, kind: 'to' | 'cc' | 'bcc'): string | undefined {
  const names = (all ?? [])
    .filter(({ recipType }) => (recipType ?? 'to') === kind)
    .map((one) => person(one.name, one.smtpAddress ?? one.email))
    .filter((name) => name !== undefined)
  return names.length > 0 ? names.join(', ') : undefined
}

function attachmentOf(
  reader: Reader,
  part: FieldsData,
  index: number,
  { report }: ReadContext,
): Attachment[] {
  const name = part.fileName ?? part.fileNameShort ?? part.name ?? `part ${index + 1}`
  try {
    const { content } = reader.getAttachment(part)
    return [
      {
        name: part.innerMsgContent && !/\.msg$/i.test(name) ? `${name}.msg` : name,
        mime:
          part.attachMimeTag ?? (/\.(png|jpe?g|gif)$/i.test(name) ? 'image/png' : 'application/octet-stream'),
        bytes: content,
        contentId: part.pidContentId,
      },
    ]
  } catch {
    report.warn('member-failed', `The attachment "${name}" could not be taken out of the message.`)
    return []
  }
}
