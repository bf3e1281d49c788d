/** Pictures in a Word document: those kinds that Word shows, no wider than the page. */
import type { DocxContext } from './context.ts'
import { ImageRun, type ParagraphChild, TextRun } from './library.ts'

const kinds: Readonly<Record<string, 'png' | 'jpg' | 'gif' | 'bmp'>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/bmp': 'bmp',
}
/** Six inches at 96 pixels to the inch. */
const WIDEST = 576
const UNKNOWN = { width: 300, height: 200 }

/** What cannot be shown is said. */
export function pictureRun(src: string, alt: string, { pictures }: DocxContext): ParagraphChild[] {
  const picture = pictures.get(src)
  const type = picture && kinds[picture.mime]
  const words = alt.replace(/\s+/g, ' ').trim()
  if (!picture || !type)
    return [new TextRun({ italics: true, text: `[${words === '' ? 'picture' : words}]` })]
  const { width = UNKNOWN.width, height = UNKNOWN.height } = picture
  const scale = Math.min(1, WIDEST / Math.max(1, width))
  return [
    new ImageRun({
      type,
      data: picture.bytes,
      transformation: {
        width: Math.max(1, Math.round(width * scale)),
        height: Math.max(1, Math.round(height * scale)),
      },
      altText: { name: src, title: words, description: words },
    }),
  ]
}
