/** References to other places of the solicitation, as printed. */
const patterns: readonly RegExp[] = [
  /\b(?:FAR|DFARS|VAAR|GSAR|HHSAR|NFS)?\s?(?:clause |provision |subpart |part )?\d{1,3}\.\d{3,4}(?:-\d{1,4})?(?:\([a-z0-9]+\))*/gi,
  /\b(?:Section|Sec\.|Provision|Clause|Paragraph|Part|Article|Block|Item|Factor|Element|Volume|Step|Table|Figure)\s+(?:[A-M]\b(?:[.-]\d+(?:\.\d+)*)?|[IVX]{1,5}\b|\d+(?:\.\d+)*)(?:\s?\([a-z0-9]{1,4}\))*/g,
  /\b(?:Attachment|Appendix|Annex(?:ure)?|Exhibit|Enclosure|Addendum|Amendment|Schedule|Form)\s*(?:No\.\s*)?[–-]?\s*(?:\d+[A-Z]?|[IVX]{1,5}|[A-Z])\b/g,
  /\bprovision\s+L-\d+|\b[LM]-\d{1,4}(?:\([a-z0-9]+\))*/g,
  /\bparagraphs?\s+\([a-z0-9]+\)(?:\([a-z0-9]+\))*/gi,
]

export function crossReferences(text: string): string[] {
  const found = patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => ({ at: match.index, text: match[0].trim() })),
  )
  const kept = found.filter(
    (one) =>
      !found.some(
        (other) =>
          other !== one &&
          other.at <= one.at &&
          other.at + other.text.length >= one.at + one.text.length &&
          other.text.length > one.text.length,
      ),
  )
  return [...new Set(kept.sort((a, b) => a.at - b.at).map((one) => one.text))]
}
