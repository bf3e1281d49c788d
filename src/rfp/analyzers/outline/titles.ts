/** Titles of what the offer holds, cut from the items that name them. */
import { tidy } from '../../passages/headings.ts'

/** "Proposal Narrative (12 pages max.)" → "Proposal Narrative". */
export function titleFrom(text: string): string {
  const bare = text
    .replace(/^[“"\s]+/, '')
    .replace(/\s*\((?:[^)]*\b(?:pages?|max|limit|provided|see)\b[^)]*)\)/gi, '')
  const first =
    /^(.{3,160}?)(?:[.;:](?:\s|$)|(?<!\b(?:Annexure|Annex|Appendix|Attachment|Exhibit|Form|Section))\s[–—]\s|$)/.exec(
      bare,
    )?.[1] ?? bare
  return tidy(first.replace(/[;,\s]+(?:and|or)$/i, '').replace(trailingPages, ''))
}

/** "Letter of interest, one page" → "Letter of interest". */
const trailingPages =
  /,\s*(?:one|two|three|four|five|six|eight|ten|\d+)(?: \(\d+\))? pages?(?: (?:each|max(?:imum)?|limit))?$/i

export const wordCount = (text: string): number => text.split(/\s+/).filter(Boolean).length

const duty =
  /^(?:(?:the|each|all|your)\s+)?(?:[\w’']+\s){0,3}?(?:shall|must|should|will|is to|are to)\s+(?:also |clearly |briefly |only )*(?:provide|submit|include|demonstrate|describe|furnish|identify|present|contain|discuss|explain|address|complete|attach|list|state|indicate|set forth)?\s*/i
const command =
  /^(?:please\s+)?(?:briefly |clearly |also )*(?:provide|submit|include|demonstrate|describe|furnish|identify|present|discuss|explain|address|complete|attach|list|state|indicate)\s+/i

/** What a sentence asks for, as a title: "Offeror shall provide a brief narrative on X" → "Narrative on X". */
export function topicOf(sentence: string): string {
  const object = sentence
    .replace(/,?\s*at (?:a )?minimum,?\s*(?=of\b)/i, ' ')
    .replace(duty, '')
    .replace(command, '')
    .replace(/^(?:in detail\s+)?,?\s*(?:at (?:a )?minimum,?\s*(?:of\s*)?)?/i, '')
    .replace(/^(?:a|an|the|their|its|your|any)\s+(?:brief |detailed |complete |written )?/i, '')
  const cut =
    /^(.{3,110}?)(?:[.;:,]\s|\s(?:which|that|in case|in accordance|including|in order|utilizing)\b|$)/i.exec(
      object,
    )?.[1] ?? object.slice(0, 110)
  return tidy(cut.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase()))
}

/** A long noun phrase, cut where it starts to explain itself. */
export function shorter(title: string): string {
  if (wordCount(title) <= 14) return title
  const cut =
    /^(.{8,120}?)(?:,\s|\s(?:to be|and their|and all|which|that|in accordance|as per|including|sufficient|for the purpose)\b)/i.exec(
      title,
    )?.[1]
  return tidy(cut ?? title.split(/\s+/).slice(0, 12).join(' '))
}
