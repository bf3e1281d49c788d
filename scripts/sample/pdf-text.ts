/** A pen that fills frames with lines of text and takes the next frame, or page, when one is full. */
import { type Run, runs } from './model.ts'

export type Frame = {
  readonly x: number
  readonly width: number
  readonly top: number
  readonly bottom: number
}
type Family = 'Times' | 'Helvetica'
export type TextStyle = {
  readonly font?: Family
  readonly size?: number
  readonly align?: 'left' | 'center'
  readonly after?: number
  readonly indent?: number
}
type Word = { readonly text: string; readonly font: string; readonly width: number }
export type Line = { readonly words: readonly Word[]; readonly width: number }

const faces: Record<Family, readonly [string, string, string]> = {
  Times: ['Times-Roman', 'Times-Bold', 'Times-Italic'],
  Helvetica: ['Helvetica', 'Helvetica-Bold', 'Helvetica-Oblique'],
}
const BODY = 10.5
export const leading = (size: number): number => Math.round(size * 1.17 * 10) / 10

export type Pen = ReturnType<typeof pen>

export function pen(file: PDFKit.PDFDocument, firstFrames: readonly Frame[]) {
  let frames = firstFrames
  let at = 0
  let y = 0
  let pages = 0

  const frame = () => frames[at]!
  const page = () => {
    file.addPage()
    pages += 1
    at = 0
    y = frame().top
  }
  const next = () => {
    if (at + 1 < frames.length) {
      at += 1
      y = frame().top
    } else page()
  }
  /** Goes on only where `height` fits; an empty frame takes anything. */
  const need = (height: number) => {
    if (y + height > frame().bottom && y > frame().top) next()
  }
  const gap = (height: number) => {
    if (y > frame().top) y += height
  }

  const measure = (text: string, font: string, size: number) =>
    file.font(font).fontSize(size).widthOfString(text)

  /** Words with the space that follows them, broken into lines no wider than `width`. */
  function lines(content: readonly Run[], family: Family, size: number, width: number): Line[] {
    const words: Word[] = content.flatMap((run) => {
      const font = faces[family][run.bold ? 1 : run.italic ? 2 : 0]
      return (run.text.match(/\s*\S+\s*/g) ?? [run.text]).map((text) => ({
        text,
        font,
        width: measure(text, font, size),
      }))
    })
    const result: Line[] = []
    let line: Word[] = []
    let used = 0
    for (const word of words) {
      const ink = measure(word.text.trimEnd(), word.font, size)
      if (line.length > 0 && used + ink > width) {
        result.push({ words: line, width: used })
        ;[line, used] = [[], 0]
      }
      line.push(word)
      used += word.width
    }
    return [...result, { words: line, width: used }]
  }

  /** Draws one line: neighbours of one font as one string, so that the file reads as text and not as words. */
  function draw(line: Line, x: number, top: number, size: number): void {
    let left = x
    let run: Word[] = []
    const flush = () => {
      if (run.length === 0) return
      const text = run.map((word) => word.text).join('')
      file
        .font(run[0]!.font)
        .fontSize(size)
        .fillColor('black')
        .text(text.trimEnd(), left, top, { lineBreak: false })
      left += measure(text, run[0]!.font, size)
      run = []
    }
    for (const word of line.words) {
      if (run.length > 0 && run[0]!.font !== word.font) flush()
      run.push(word)
    }
    flush()
  }

  function paragraph(content: readonly Run[], style: TextStyle = {}): void {
    const { font = 'Times', size = BODY, align = 'left', after = 0, indent = 0 } = style
    const step = leading(size)
    const all = lines(content, font, size, frame().width - indent)
    for (const [index, line] of all.entries()) {
      // No first line alone at the foot, no last line alone at the head of a frame.
      const together = index === 0 && all.length > 1 ? 2 : index === all.length - 2 ? 2 : 1
      need(step * together)
      const free = frame().width - indent - line.width
      draw(line, frame().x + indent + (align === 'center' ? free / 2 : 0), y, size)
      y += step
    }
    gap(after)
  }

  const text = (value: string, style: TextStyle = {}) => paragraph(runs(value), style)

  function labelled(
    label: string,
    value: string,
    style: { indent: number; hang: number; after: number },
  ): void {
    need(leading(BODY) * 2)
    const narrow = frame().width < 300
    const indent = narrow ? style.indent / 2 : style.indent
    file.font('Times-Roman').fontSize(BODY).fillColor('black')
    file.text(label, frame().x + indent, y, { lineBreak: false })
    text(value, { indent: indent + style.hang, after: style.after })
  }

  function leader(label: string, value: string, style: { indent: number; bold: boolean }): void {
    const size = BODY - 0.5
    const face = faces.Times[style.bold ? 1 : 0]
    const step = style.bold ? 11.6 : 10.9
    need(step)
    const left = frame().x + style.indent
    const right = frame().x + frame().width
    const dot = measure('.', 'Times-Roman', size)
    const valueLeft = right - measure(value, face, size)
    const room = valueLeft - left - measure(label, face, size) - 8
    const dots = '.'.repeat(Math.max(3, Math.floor(room / dot)))
    const put = (text: string, font: string, x: number) =>
      file.font(font).fontSize(size).fillColor('black').text(text, x, y, { lineBreak: false })
    put(label, face, left)
    put(dots, 'Times-Roman', valueLeft - 4 - dots.length * dot)
    put(value, face, valueLeft)
    y += step
  }

  return {
    file,
    frame,
    frames: (list: readonly Frame[]) => {
      frames = list
      at = 0
      if (pages > 0) y = Math.max(y, frame().top)
    },
    page: () => {
      if (pages === 0 || y > frame().top || at > 0) page()
    },
    pageNumber: () => pages,
    y: () => y,
    move: (height: number) => {
      y += height
    },
    need,
    gap,
    lines,
    draw,
    paragraph,
    text,
    labelled,
    leader,
  }
}
