/** How amendments and answers say that something changes. */
import type { Passage } from '../passages/passages.ts'

const done =
  '(?:amended|revised|deleted|replaced|removed|added|extended|changed|modified|updated|corrected|superseded|incorporated)'
const says = new RegExp(
  [
    String.raw`\b(?:is|are|was|were|has been|have been|will be)\s+(?:hereby\s+)?${done}\b`,
    String.raw`^(?:\d+\W+|[a-z][.)]\s+)?(?:add|delete|replace|remove|revise|extend|change|insert|update)\b.{8,}`,
    String.raw`^(?:in|on|under|at)\s[^,;]{2,60},\s+(?:add|delete|replace|remove|revise|change|insert|update)\b`,
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

/** An order that names a part of the solicitation stands nowhere but in an amendment. */
export const isOrder = (text: string): boolean =>
  /^(?:add|delete|replace|remove|revise|change|insert|update|extend)\b.*\b(?:RFP|RFQ|IFB|solicitation|provisions?|clauses?|due date|exhibits?|attachments?)\b/i.test(
    text,
  )

export const isDirective = (text: string): boolean => says.test(text) && !provided.test(text)

/** "Section L.4 is deleted" at the start of a line: the number was read as the line's label. */
export const withPart = ({ text, run, range }: Passage): string =>
  range.start === 0 && /^[A-Za-z]{4,}\.?\s/.test(run.label ?? '') ? `${run.label} ${text}` : text

/** `from “…” to “…”` as a change of words. */
const fromTo = /\bfrom:?\s+[“"'](.+?)[”"']\s+to:?\s+[“"'](.+?)[”"']/i
/** What the sentence shall say from now on. */
const reads = /\b(?:to read|reads?|replaced (?:with|by)|changed to|as follows)\b[^“"]{0,30}[“"](.{12,})[”"]/is

export const newWordsOf = (text: string): string | undefined => reads.exec(text)?.[1]?.replace(/[”"]\.?$/, '')

/** `change “X” to “Y”`, `“X” is replaced with “Y”`, `delete “X” and insert “Y”`: words for words. */
const swap =
  /[“"]([^“”"]{1,200})[”"][^“”".]{0,40}\b(?:to(?: read)?|with|by|and (?:insert|substitute|replace (?:it )?with)|replaced (?:with|by)|changed to)\s*:?\s*[“"]([^“”"]{1,300})[”"]/i

export function swapIn(text: string): { readonly from: string; readonly to: string } | undefined {
  const [, from, to] = swap.exec(text) ?? []
  return from !== undefined && to !== undefined ? { from, to } : undefined
}

export function fromToOf(text: string): { from: string | null; to: string | null } {
  const [, from = null, to = null] = fromTo.exec(text) ?? []
  return { from, to }
}
