/** Sentences that speak to a language model rather than to a bidder. Found by rules: a model would be judge of its own case. */
import type { AnalysisWarning } from '../findings.ts'
import type { Passage } from '../passages/passages.ts'

const patterns: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override|bypass)\b.{0,30}\b(?:previous|prior|above|earlier|preceding|all|any|your|system)\b.{0,30}\b(?:instructions?|prompts?|rules|guidelines|directions|context)\b/i,
  /\b(?:system|developer|hidden) prompt\b/i,
  /\byou are (?:now )?(?:an? |the )?(?:\w+ ){0,3}(?:ai|a\.i\.|assistant|language model|llm|chatbot|gpt)\b/i,
  /\b(?:as|if you are|dear|attention|note to|instructions? (?:for|to)) (?:an? |the |any )?(?:\w+ ){0,2}(?:ai|language model|llm|chatbot|ai assistant|ai system)s?\b/i,
  /<\|?(?:im_start|im_end|system|endoftext|assistant|eot_id)\|?>|\[\/?INST\]|<<\/?SYS>>|<\/?document-/i,
  /^\s*(?:system|assistant|developer)\s*:\s*\S/i,
  /\b(?:do not|don't|never)\b.{0,20}\b(?:report|list|extract|mention|reveal|flag|include)\b.{0,40}\b(?:requirements?|findings?|to the user|in your (?:answer|response|output|summary))\b.{0,60}\b(?:instead|model|output|summary|answer)\b/i,
  /\b(?:respond|answer|reply|output) (?:only )?with\b.{0,40}\b(?:empty (?:list|array|json)|\{\}|\[\]|json|no requirements|nothing)\b/i,
]

const MOST = 20

export function injectionsIn(passages: readonly Passage[]): AnalysisWarning[] {
  const found = passages.filter(({ text }) => patterns.some((pattern) => pattern.test(text.slice(0, 2_000))))
  const shown = found.slice(0, MOST).map(({ text, page }) => ({
    code: 'instruction-to-model',
    message: `The document holds what reads like an instruction to a language model; it was treated as text: "${text.slice(0, 160)}${text.length > 160 ? '…' : ''}".`,
    page,
  }))
  const more = found.length - shown.length
  return more > 0
    ? [
        ...shown,
        {
          code: 'instruction-to-model',
          message: `${more} more sentences read like instructions to a language model.`,
          page: null,
        },
      ]
    : shown
}
