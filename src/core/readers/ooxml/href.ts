/** Targets of links. Only schemes that open a page, a file or a message; never one that runs something. */
const allowed = /^(https?|ftps?|sftp|mailto|tel|sms|news|nntp|file|urn|doi|geo|onenote):/i

/** The target, cleaned of characters that browsers skip; undefined when it must not become a link. */
export function safeHref(target: string): string | undefined {
  // Browsers drop tabs and line ends inside a scheme (WHATWG URL, 4.4): so does the check.
  const href = target.replace(/[\u0000-\u001f\u007f-\u009f]/g, '').trim()
  if (href === '') return undefined
  const hasScheme = /^[a-z][a-z0-9+.-]*:/i.test(href)
  // "C:\plans\draft.docx" is a path and not a scheme.
  if (/^[a-z]:[\\/]/i.test(href)) return `file:///${href.replaceAll('\\', '/')}`
  return hasScheme && !allowed.test(href) ? undefined : href
}
