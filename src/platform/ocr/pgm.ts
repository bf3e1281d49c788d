import type { Picture } from '../../core/ocr.ts'

/** Portable grey map: the picture format that needs no packing (netpbm, `P5`). */
export function asPgm({ width, height, grey }: Picture): Uint8Array {
  const header = new TextEncoder().encode(`P5\n${width} ${height}\n255\n`)
  const file = new Uint8Array(header.length + grey.length)
  file.set(header)
  file.set(grey, header.length)
  return file
}
