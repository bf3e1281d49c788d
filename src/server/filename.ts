/** A user's file name as something to show and to offer for saving: never a path, never a control character. */

const MAX = 255
/** Controls, and the marks that turn text around (a "txt.exe" shown as "exe.txt"). */
const UNSEEN = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu

export function cleanFilename(given: string | undefined): string {
  const name = (given ?? '')
    .normalize('NFC')
    .replace(UNSEEN, '')
    .replace(/^.*[/\\]/, '')
    .replace(/\s+/g, ' ')
    .trim()
  if (name === '' || /^\.+$/.test(name)) return 'document'
  if (name.length <= MAX) return name
  const extension = /\.[a-z0-9]{1,8}$/i.exec(name)?.[0] ?? ''
  return whole(name.slice(0, MAX - extension.length)) + extension
}

/** Without half of a character at its end, where a text was cut. */
const whole = (text: string): string => text.replace(/[\ud800-\udbff]$/, '')

export const withExtension = (name: string, extension: string): string =>
  cleanFilename(`${name.replace(/\.[a-z0-9]{1,8}$/i, '')}.${extension}`)

/** `Content-Disposition` with an ASCII fallback (RFC 6266, RFC 8187). */
export function attachment(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}
