/** Addresses as outputs may carry them. */

/**
 * What a click may do. Anything else (javascript:, data:, vbscript:, file:, …) runs code or reaches into the reader's
 * machine, so only the words of the link are printed.
 */
const harmless = new Set([
  'http',
  'https',
  'mailto',
  'tel',
  'sms',
  'ftp',
  'ftps',
  'sftp',
  'news',
  'urn',
  'doi',
  'geo',
  'xmpp',
  'irc',
  'ircs',
])

/** The address, or undefined when following it could do harm. Browsers drop control characters before they look. */
export function safeHref(href: string): string | undefined {
  const seen = href.replace(/[\0-\x20\x7f\xad\u200b-\u200f\u2028-\u202e\u2060\ufeff]/g, '')
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(seen)?.[1]?.toLowerCase()
  if (scheme !== undefined) return harmless.has(scheme) ? href.trim() : undefined
  // `&colon;` and `%3a` are no colons in an address, but a careless reader may decode them.
  return /^[^/?#]*(&|%3a)/i.test(seen) && /^(java|vb|live)script|^data/i.test(seen) ? undefined : href.trim()
}

/** The source of a picture: an entry of `Doc.images` in its folder, or an address. */
export function imageSource(src: string, folder: string): string {
  if (/^[a-z][a-z0-9+.-]*:|^\/\/|^#/i.test(src)) return safeHref(src) ?? ''
  return src !== '' && folder !== '' ? `${folder.replace(/\/+$/, '')}/${src}` : src
}
