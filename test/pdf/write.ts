/** A small PDF writer, so that every PDF a test reads is made in the test. Coordinates: points, origin top left. */

export type Draw =
  | {
      readonly text: string
      readonly x: number
      readonly y: number
      readonly size?: number
      readonly font?: Font
      readonly color?: string
      readonly mode?: number
      readonly turn?: 90
      readonly mcid?: number
    }
  | { readonly line: readonly [number, number, number, number]; readonly width?: number }
  | { readonly rect: readonly [number, number, number, number]; readonly fill?: string }
  | { readonly raw: string }
export type Font = 'regular' | 'bold' | 'italic' | 'mono'
export type PageSpec = {
  readonly draw: readonly Draw[]
  readonly width?: number
  readonly height?: number
  readonly rotate?: number
  readonly crop?: readonly [number, number, number, number]
  /** Entries added to the page dictionary. */
  readonly extra?: string
}
export type PdfSpec = {
  readonly pages: readonly PageSpec[]
  readonly info?: Readonly<Record<string, string>>
  readonly outline?: readonly { readonly title: string; readonly page: number; readonly y?: number }[]
  /** Further objects, `N` standing for the number of the first of them, and entries of the catalog. */
  readonly objects?: (
    first: number,
    page: (index: number) => number,
  ) => { readonly objects: readonly string[]; readonly catalog?: string }
}

const fonts: Readonly<Record<Font, string>> = {
  regular: 'Helvetica',
  bold: 'Helvetica-Bold',
  italic: 'Helvetica-Oblique',
  mono: 'Courier',
}
const keys = Object.keys(fonts) as Font[]

export function writePdf({ pages, info = {}, outline = [], objects: more }: PdfSpec): Uint8Array {
  const objects: string[] = []
  const add = (body: string): number => objects.push(body)
  const catalog = add('')
  const tree = add('')
  const fontIds = keys.map((key) =>
    add(`<< /Type /Font /Subtype /Type1 /BaseFont /${fonts[key]} /Encoding /WinAnsiEncoding >>`),
  )
  const resources = `<< /Font << ${keys.map((key, at) => `/${key} ${fontIds[at]} 0 R`).join(' ')} >> >>`
  const pageIds: number[] = []
  for (const page of pages) {
    const { width = 612, height = 792 } = page
    const stream = page.draw.map((draw) => operators(draw, height)).join('\n')
    const content = add(`<< /Length ${Buffer.byteLength(stream, 'latin1')} >>\nstream\n${stream}\nendstream`)
    const crop = page.crop ? ` /CropBox [${page.crop.join(' ')}]` : ''
    pageIds.push(
      add(
        `<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 ${width} ${height}]${crop} /Rotate ${page.rotate ?? 0} /Resources ${resources} /Contents ${content} 0 R ${page.extra ?? ''} >>`,
      ),
    )
  }
  objects[tree - 1] =
    `<< /Type /Pages /Count ${pageIds.length} /Kids [${pageIds.map((id) => `${id} 0 R`).join(' ')}] >>`
  let entries = ''
  if (outline.length > 0) {
    const root = add('')
    const first = objects.length + 1
    for (const [at, { title, page, y }] of outline.entries()) {
      const height = pages[page - 1]?.height ?? 792
      const dest = y === undefined ? '/Fit' : `/XYZ 0 ${height - y} 0`
      const links = `${at > 0 ? `/Prev ${first + at - 1} 0 R` : ''} ${at < outline.length - 1 ? `/Next ${first + at + 1} 0 R` : ''}`
      add(
        `<< /Title ${string(title)} /Parent ${root} 0 R ${links} /Dest [${pageIds[page - 1]} 0 R ${dest}] >>`,
      )
    }
    objects[root - 1] =
      `<< /First ${first} 0 R /Last ${first + outline.length - 1} 0 R /Count ${outline.length} >>`
    entries += ` /Outlines ${root} 0 R`
  }
  if (more) {
    const extra = more(objects.length + 1, (index) => pageIds[index]!)
    objects.push(...extra.objects)
    entries += ` ${extra.catalog ?? ''}`
  }
  const infoId = add(
    `<< ${Object.entries(info)
      .map(([key, value]) => `/${key} ${string(value)}`)
      .join(' ')} >>`,
  )
  objects[catalog - 1] = `<< /Type /Catalog /Pages ${tree} 0 R${entries} >>`
  return file(objects, catalog, infoId)
}

function file(objects: readonly string[], catalog: number, info: number): Uint8Array {
  let out = '%PDF-1.7\n'
  const offsets: number[] = []
  for (const [at, body] of objects.entries()) {
    offsets.push(out.length)
    out += `${at + 1} 0 obj\n${body}\nendobj\n`
  }
  const start = out.length
  out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`
  for (const offset of offsets) out += `${String(offset).padStart(10, '0')} 00000 n \n`
  out += `trailer\n<< /Size ${objects.length + 1} /Root ${catalog} 0 R /Info ${info} 0 R >>\nstartxref\n${start}\n%%EOF\n`
  return new Uint8Array(Buffer.from(out, 'latin1'))
}

const string = (text: string): string => `(${text.replace(/[\\()]/g, '\\$&')})`
const rgb = (color: string): string =>
  [1, 3, 5].map((at) => (Number.parseInt(color.slice(at, at + 2), 16) / 255).toFixed(3)).join(' ')

function operators(draw: Draw, height: number): string {
  if ('raw' in draw) return draw.raw
  if ('line' in draw) {
    const [x0, y0, x1, y1] = draw.line
    return `${draw.width ?? 0.5} w ${x0} ${height - y0} m ${x1} ${height - y1} l S`
  }
  if ('rect' in draw) {
    const [x0, y0, x1, y1] = draw.rect
    const box = `${x0} ${height - y1} ${x1 - x0} ${y1 - y0} re`
    return draw.fill ? `${rgb(draw.fill)} rg ${box} f 0 g` : `0.5 w ${box} S`
  }
  const { text, x, y, size = 10, font = 'regular', color, mode = 0, turn, mcid } = draw
  const matrix = turn === 90 ? `0 1 -1 0 ${x} ${height - y} Tm` : `1 0 0 1 ${x} ${height - y} Tm`
  const shown = `BT /${font} ${size} Tf ${mode} Tr ${matrix} ${string(text)} Tj ET`
  const coloured = color ? `${rgb(color)} rg ${shown} 0 g` : shown
  return mcid === undefined ? coloured : `/P << /MCID ${mcid} >> BDC ${coloured} EMC`
}

/** Lines of text one below the other; gives the draws and the next free y. */
export function textLines(
  lines: readonly string[],
  {
    x = 72,
    y = 90,
    size = 10,
    leading = 12,
    font,
  }: { x?: number; y?: number; size?: number; leading?: number; font?: Font } = {},
): { draw: Draw[]; y: number } {
  const draw = lines.map(
    (text, at): Draw => ({ text, x, y: y + at * leading, size, ...(font ? { font } : {}) }),
  )
  return { draw, y: y + lines.length * leading }
}
