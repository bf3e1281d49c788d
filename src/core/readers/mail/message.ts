/** What every kind of mail becomes: a head, the body, the attachments. */
import { adopt } from '../../doc/adopt.ts'
import { doc, heading, lineBreak, paragraph, text } from '../../doc/build.ts'
import type { Block, Doc, Inline } from '../../doc/model.ts'
import { rewriteBlocks } from '../../doc/walk.ts'
import { safeName } from '../../io/names.ts'
import type { ReadContext } from '../../reader.ts'
import { type Links, readPage } from '../html/html.ts'
import { textBlocks } from '../text-blocks.ts'

export type Message = {
  /** Rows of the head as a mail program shows them; empty ones are left out. */
  readonly head: readonly (readonly [name: string, value: string | undefined])[]
  readonly subject: string | undefined
  readonly from: string | undefined
  /** RFC 3339 when the source states a zone. */
  readonly date: string | undefined
  readonly html: string | undefined
  readonly text: string | undefined
  readonly attachments: readonly Attachment[]
}

export type Attachment = {
  readonly name: string
  readonly mime: string
  readonly bytes: Uint8Array
  /** Content-ID without its brackets: the body shows this part in place. */
  readonly contentId: string | undefined
}

export async function messageDoc(format: string, message: Message, context: ReadContext): Promise<Doc> {
  const shown = new Set<string>()
  const body = bodyBlocks(message, shown, context)
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

/** HTML when it says more than its plain twin, which mail programs make from it. */
function bodyBlocks(
  { html, text, attachments }: Message,
  shown: Set<string>,
  context: ReadContext,
): readonly Block[] {
  const page = html ? readPage(html, context, inlinePictures(attachments, shown, context)).blocks : []
  const blocks =
    page.length > 0 ? page : textBlocks((text ?? '').replace(/\r\n?/g, '\n'), { headings: false })
  return rewriteBlocks(blocks, (block) =>
    block.type === 'heading' ? { ...block, level: block.level + 2 } : block,
  )
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
  for (const [index, { name, bytes }] of attachments.slice(0, MOST).entries()) {
    const path = safeName(name)
    blocks.push(heading(2, [text('Attachment: '), text(path)], { at: { path } }))
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
