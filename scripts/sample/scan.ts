/** A page as a scanner sees it: rendered, a little askew, speckled, two colours, no text. */

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { crc32, deflateSync } from 'node:zlib'
import { init, type WrappedPdfiumModule } from '@embedpdf/pdfium'
import PDFDocument from 'pdfkit'
import { itemLabel, type Node } from './model.ts'
import { pen } from './pdf-text.ts'

const DPI = 150
const TILT = 0.006

export async function scanned(nodes: readonly Node[]): Promise<Buffer> {
  const grey = await render(await sheet(nodes))
  return png(age(grey))
}

type Grey = { readonly width: number; readonly height: number; readonly pixels: Uint8Array }

async function sheet(nodes: readonly Node[]): Promise<Buffer> {
  const file = new PDFDocument({ size: 'LETTER', margin: 0, autoFirstPage: false })
  const chunks: Buffer[] = []
  file.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise((resolve) => file.on('end', resolve))
  const out = pen(file, [{ x: 80, width: 452, top: 90, bottom: 720 }])
  out.page()
  for (const node of nodes) {
    if (node.type === 'title')
      for (const line of node.lines)
        out.paragraph([{ text: line, bold: true, italic: false }], {
          font: 'Helvetica',
          size: 14,
          align: 'center',
          after: 6,
        })
    if (node.type === 'paragraph') {
      out.gap(8)
      out.text(node.text, { size: 12, after: 8 })
    }
    if (node.type === 'items')
      for (const [index, item] of node.items.entries())
        out.text(`${itemLabel(0, index)}  ${typeof item === 'string' ? item : item.text}`, {
          size: 12,
          indent: 20,
          after: 7,
        })
  }
  file.end()
  await ended
  return Buffer.concat(chunks)
}

async function render(bytes: Buffer): Promise<Grey> {
  const wasm = readFileSync(fileURLToPath(import.meta.resolve('@embedpdf/pdfium/pdfium.wasm')))
  const pdfium: WrappedPdfiumModule = await init({
    wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.length) as ArrayBuffer,
  }) // a copy, not shared
  pdfium.PDFiumExt_Init()
  const heap = () => (pdfium.pdfium as unknown as { HEAPU8: Uint8Array }).HEAPU8 // Emscripten replaces it when memory grows
  const malloc = (pdfium.pdfium as unknown as { wasmExports: { malloc(size: number): number } }).wasmExports
    .malloc
  const pointer = malloc(bytes.length)
  heap().set(bytes, pointer)
  const document = pdfium.FPDF_LoadMemDocument(pointer, bytes.length, '')
  const page = pdfium.FPDF_LoadPage(document, 0)
  const [width, height] = [(612 * DPI) / 72, (792 * DPI) / 72]
  const bitmap = pdfium.FPDFBitmap_Create(width, height, 0)
  pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xffffffff)
  pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, 0)
  const start = pdfium.FPDFBitmap_GetBuffer(bitmap)
  const pixels = new Uint8Array(width * height)
  for (let index = 0; index < pixels.length; index++) pixels[index] = heap()[start + index * 4]!
  return { width, height, pixels }
}

/** Turns the page by a fraction of a degree, speckles it, and keeps black and white only. True is ink. */
function age({ width, height, pixels }: Grey): { width: number; height: number; ink: Uint8Array } {
  const ink = new Uint8Array(width * height)
  let seed = 20270119
  const random = () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
    return seed / 2 ** 32
  }
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const fromX = Math.round(x + (y - height / 2) * TILT)
      const fromY = Math.round(y - (x - width / 2) * TILT)
      const inside = fromX >= 0 && fromX < width && fromY >= 0 && fromY < height
      const value = inside ? pixels[fromY * width + fromX]! : 255
      ink[y * width + x] = value + (random() - 0.5) * 90 < 138 ? 1 : 0
    }
  for (let speck = 0; speck < 260; speck++) ink[Math.floor(random() * ink.length)] = 1
  return { width, height, ink }
}

/** PNG, one bit a pixel (W3C PNG 11.2: grey, depth 1, 0 is black). */
function png({ width, height, ink }: { width: number; height: number; ink: Uint8Array }): Buffer {
  const stride = Math.ceil(width / 8)
  const raw = Buffer.alloc((stride + 1) * height, 0xff)
  for (let y = 0; y < height; y++) {
    raw[y * (stride + 1)] = 0
    for (let x = 0; x < width; x++)
      if (ink[y * width + x]) raw[y * (stride + 1) + 1 + (x >> 3)]! &= ~(0x80 >> (x & 7))
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([1, 0, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(raw, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
