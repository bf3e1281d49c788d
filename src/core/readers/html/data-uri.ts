/** Pictures written into a page (RFC 2397). */
import type { KeptImage, ReadContext } from '../../reader.ts'

export function pictureFromData(uri: string, { limits, report }: ReadContext): KeptImage | undefined {
  const comma = uri.indexOf(',')
  const [mime = '', ...parameters] = uri.slice(uri.indexOf(':') + 1, Math.max(0, comma)).split(';')
  if (comma < 0 || !/^image\/(png|jpe?g|gif|webp|bmp|svg\+xml|tiff|avif)$/i.test(mime.trim()))
    return undefined
  const body = uri.slice(comma + 1)
  if (body.length > limits.dataUriBytes * 1.4) {
    report.warn(
      'image-skipped',
      `A picture of ${body.length} characters inside the page was left out: over the limit.`,
    )
    return undefined
  }
  const bytes = parameters.some((parameter) => parameter.trim().toLowerCase() === 'base64')
    ? Buffer.from(body, 'base64')
    : Buffer.from(unescaped(body), 'latin1')
  return bytes.length > 0 ? { bytes, mime: mime.trim().toLowerCase() } : undefined
}

const unescaped = (body: string): string =>
  body.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
