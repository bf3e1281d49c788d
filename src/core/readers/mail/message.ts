/** What every kind of mail becomes: a head, the body, the attachments. */
import { adopt } from '../../doc/adopt.ts'
import { doc, heading, lineBreak, paragraph, text } from '../../doc/build.ts'
import type { Block, Doc, Inline } from '../../doc/model.ts'
import { rewriteBlocks } from '../../doc/walk.ts'
import { MdraftError } from '../../errors.ts'
import { unpackRtf } from '../../io/lzfu.ts'
import { safeName } from '../../io/names.ts'
import type { ReadContext } from '../../reader.ts'
import { type Links, readPage } from '../html/html.ts'
import { readRtf } from '../rtf/rtf.ts'
import { textBlocks } from '../text-blocks.ts'
import { calendarBlocks } from './calendar.ts'
import type { Attachment, Message } from './mail.ts'
import { htmlInRtf, isFromHtml } from './rtf-body.ts'
import { unsealed } from './unseal.ts'

export async function messageDoc(format: string, given: Message, context: ReadContext): Promise<Doc> {
  const message = unsealed(given, context.limits)
  const shown = new Set<string>()
  const body = await bodyBlocks(message, shown, context)
  const content = body.length > 0 ? [heading(2, 'Content'), ...body] : []
  const attached = await attachmentBlocks(
    message.attachments.filter(({ contentId }) => contentId === undefined || !shown.has(contentId)),
    context,
  )
  const { subject: title, from: author, date: created } = message
  return doc(format, [heading(1, 'Email Message'), headBlock(message), ...content, ...attached], {
    meta: { title, author, created },
  })
}

function headBlock({ head }: Message): Block {
  const rows = head.filter(([, value]) => value !== undefined && value.trim() !== '')
  return paragraph(
    rows.flatMap(([name, value], index): Inline[] => [
      ...(index > 0 ? [lineBreak()] : []),
      text(`${name}:`, ['bold']),
      text(` ${value!.replace(/\s+/g, ' ').trim()}`),
    ]),
  )
}

/** HTML or rich text when there is any: it says more than its plain twin, which mail programs make from it. */
async function bodyBlocks(message: Message, shown: Set<string>, context: ReadContext): Promise<Block[]> {
  const { attachments, text } = message
  const rtf = message.packedRtf && unpackRtf(message.packedRtf, context.limits.partBytes)
  const html = message.html ?? (rtf && isFromHtml(rtf) ? htmlInRtf(rtf) : undefined)
  const page = html ? readPage(html, context, inlinePictures(attachments, shown, context)).blocks : []
  const rich = page.length > 0 || !rtf || isFromHtml(rtf) ? page : await richBlocks(rtf, context)
  const blocks =
    rich.length > 0 ? rich : textBlocks((text ?? '').replace(/\r\n?/g, '\n'), { headings: false })
  return [
    ...rewriteBlocks(blocks, (block) =>
      block.type === 'heading' ? { ...block, level: block.level + 2 } : block,
    ),
  ]
}

/** A body that cannot be read as rich text is still there as plain text. */
async function richBlocks(rtf: Uint8Array, context: ReadContext): Promise<readonly Block[]> {
  try {
    return (await readRtf({ bytes: rtf }, context)).blocks
  } catch (error) {
    if (error instanceof MdraftError && error.code === 'malformed') return []
    throw error
  }
}

/** Pictures that the body names by `cid:` (RFC 2392). */
function inlinePictures(
  attachments: readonly Attachment[],
  shown: Set<string>,
  context: ReadContext,
): Pick<Links, 'image'> {
  const parts = new Map(attachments.map((part) => [part.contentId, part]))
  return {
    image: (src) => {
      const part = parts.get(decodeURIComponentOr(src.replace(/^cid:/i, '')))
      if (!/^cid:/i.test(src)) return /^https?:/i.test(src) ? src : ''
      if (!part?.mime.startsWith('image/')) return ''
      shown.add(part.contentId!)
      return context.keepImage({ bytes: part.bytes, mime: part.mime }) ?? ''
    },
  }
}

function decodeURIComponentOr(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

async function attachmentBlocks(attachments: readonly Attachment[], context: ReadContext): Promise<Block[]> {
  const blocks: Block[] = []
  for (const [index, { name, mime, bytes }] of attachments.slice(0, MOST).entries()) {
    const path = safeName(name)
    blocks.push(heading(2, [text('Attachment: '), text(path)], { at: { path } }))
    const events = /calendar/i.test(mime) || /\.ics$/i.test(name) ? calendarBlocks(bytes) : undefined
    if (events) {
      const content = doc('eml', events)
      blocks.push(...adopt(content, { path, sink: 2, prefix: `a${index + 1}-` }))
      continue
    }
    const content = bytes.byteLength > 0 ? await context.readMember({ bytes, name: path }) : undefined
    if (content) blocks.push(...adopt(content, { path, sink: 2, prefix: `a${index + 1}-` }))
  }
  if (attachments.length > MOST)
    context.report.warn(
      'member-skipped',
      `${attachments.length - MOST} of ${attachments.length} attachments were not read.`,
    )
  return blocks
}

const MOST = 200
