/** Messages that came as `winmail.dat`: what is sealed in it takes the place of the seal. */
import { unpackRtf } from '../../io/lzfu.ts'
import type { Limits } from '../../limits.ts'
import type { Attachment, Message } from './mail.ts'
import { htmlInRtf, isFromHtml } from './rtf-body.ts'
import { isTnef, readTnef, type Sealed } from './tnef.ts'

export function unsealed(message: Message, limits: Limits): Message {
  const seal = message.attachments.find(isTnef)
  const sealed = seal && readTnef(seal.bytes)
  if (!sealed) return message
  return {
    ...message,
    html: message.html ?? sealed.html,
    packedRtf: message.packedRtf ?? sealed.packedRtf,
    text: message.text?.trim() ? message.text : sealed.text,
    attachments: [
      ...message.attachments.filter((part) => part !== seal),
      ...sealed.attachments.flatMap((part) => opened(part, limits, 1)),
    ],
  }
}

/** A message inside becomes its body and its attachments. */
function opened(part: Attachment, limits: Limits, depth: number): Attachment[] {
  const sealed = isTnef(part) && depth <= limits.nesting ? readTnef(part.bytes) : undefined
  if (!sealed) return [part]
  return [
    bodyOf(sealed, part, limits),
    ...sealed.attachments.flatMap((one) => opened(one, limits, depth + 1)),
  ]
}

function bodyOf({ html, packedRtf, text }: Sealed, { name }: Attachment, limits: Limits): Attachment {
  const rtf = packedRtf && unpackRtf(packedRtf, limits.partBytes)
  const page = html ?? (rtf && isFromHtml(rtf) ? htmlInRtf(rtf) : undefined)
  const made = (extension: string, bytes: Uint8Array): Attachment => ({
    name: `${name}${extension}`,
    mime: '',
    bytes,
    contentId: undefined,
  })
  if (page !== undefined) return made('.html', Buffer.from(page))
  return rtf ? made('.rtf', rtf) : made('.txt', Buffer.from(text ?? ''))
}
