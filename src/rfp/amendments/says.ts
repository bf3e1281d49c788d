/** How amendments and answers say that something changes. */

const done =
  '(?:amended|revised|deleted|replaced|removed|added|extended|changed|modified|updated|corrected|superseded|incorporated)'
const says = new RegExp(
  [
    String.raw`\b(?:is|are|was|were|has been|have been|will be)\s+(?:hereby\s+)?${done}\b`,
    String.raw`^(?:\d+\W+|[a-z][.)]\s+)?(?:add|delete|replace|remove|revise|extend|change|insert|update)\b.{8,}`,
    String.raw`\b(?:now reads?|to read(?:\s+as follows)?|in its entirety|in lieu of)\b`,
    String.raw`\bthis amendment\b.*\b(?:to|is)\b`,
    String.raw`\bfollowing changes\b|\bas follows:?$`,
    String.raw`\bwill\s+(?:extend|change|revise|replace|update|amend|correct)\b`,
  ].join('|'),
  'i',
)
/** Contracts change too: what a clause provides for is no change of the solicitation. */
const provided =
  /\b(?:if|when|unless|whenever|may|shall)\b.*\b(?:is|are|has been)\s+(?:amended|revised|modified|changed|extended)\b/i

export const isDirective = (text: string): boolean => says.test(text) && !provided.test(text)

/** `from “…” to “…”` as a change of words. */
const fromTo = /\bfrom:?\s+[“"'](.+?)[”"']\s+to:?\s+[“"'](.+?)[”"']/i
/** What the sentence shall say from now on. */
const reads = /\b(?:to read|reads?|replaced (?:with|by)|changed to|as follows)\b[^“"]{0,30}[“"](.{12,})[”"]/is

export const newWordsOf = (text: string): string | undefined => reads.exec(text)?.[1]?.replace(/[”"]\.?$/, '')

export function fromToOf(text: string): { from: string | null; to: string | null } {
  const [, from = null, to = null] = fromTo.exec(text) ?? []
  return { from, to }
}
