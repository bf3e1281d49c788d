/** The share of quality and of price told in a sentence: "60% for the technical merit and 40% for the price", "T = 80%". */
import type { Reading } from '../../passages/passages.ts'
import { type Candidate, candidate, capital } from './candidates.ts'

const number = '(\\d{1,3})(?:\\.0+)?\\s?(?:%|per ?cent)'
const quality =
  '(technical(?: (?:merit|proposals?|bids?|scores?|evaluation|quality|component))?|quality|non-price)'
const price =
  '(price|cost|financial(?: (?:proposals?|bids?|scores?|evaluation|component))?|commercial(?: (?:proposals?|bids?))?)'
const both = `(?:the )?${quality}(?: and (?:the )?)${price}`

/** Each pattern gives, in this order: share of quality, its name, share of price, its name; `order` maps groups to that. */
const told: readonly {
  readonly pattern: RegExp
  readonly order: readonly [number, number, number, number]
}[] = [
  {
    pattern: new RegExp(
      `${number} (?:for|to|on)(?: the)? ${quality}\\b[^.]{0,40}?${number} (?:for|to|on)(?: the)? ${price}`,
      'i',
    ),
    order: [1, 2, 3, 4],
  },
  {
    pattern: new RegExp(
      `\\b${quality}\\b[^.%]{0,40}?${number}[^.%]{0,40}?\\b${price}\\b[^.%]{0,40}?${number}`,
      'i',
    ),
    order: [2, 1, 4, 3],
  },
  {
    pattern: new RegExp(
      `\\b${both}\\b[^.%]{0,60}?\\bT\\s?=\\s?${number}[^.%]{0,20}?\\bF\\s?=\\s?${number}`,
      'i',
    ),
    order: [3, 1, 4, 2],
  },
  {
    pattern:
      /\btechnical\b[^.%]{0,20}\bfinancial\b[^.%]{0,40}?\b(T)\s?=\s?(\d{2})\b[^.%\d]{0,12}\b([PF])\s?=\s?(\d{2})\b/i,
    order: [2, 1, 4, 3],
  },
  {
    pattern: new RegExp(`\\b(\\d{2})\\s?:\\s?(\\d{2})\\b[^.%\\d]{0,30}?\\b${both}`, 'i'),
    order: [1, 3, 2, 4],
  },
  {
    pattern: new RegExp(`\\b${both}\\b[^.%\\d]{0,60}?(\\d{2})\\s?[:/]\\s?(\\d{2})\\b`, 'i'),
    order: [3, 1, 4, 2],
  },
]

export function ratios(reading: Reading): Candidate[] {
  for (const passage of reading.passages) {
    if (passage.kind === 'furniture' || passage.kind === 'contents' || passage.text.length > 400) continue
    if (passage.role !== 'evaluation' && passage.role !== 'instructions' && passage.role !== 'other') continue
    for (const { pattern, order } of told) {
      const match = pattern.exec(passage.text)
      if (!match) continue
      const [share, name, rest, money] = order.map((group) => match[group]!) as [
        string,
        string,
        string,
        string,
      ]
      if (Number(share) + Number(rest) !== 100) continue
      const one = (of: string, percent: string): Candidate =>
        candidate('ratio', capital(of), passage, {
          weight: { points: null, percent: Number(percent), printed: `${percent}%`, at: 0, length: 0 },
        })
      if (name === 'T') return [one('Technical proposal', share), one('Financial proposal', rest)]
      // "the Technical and Financial Proposals": one noun for both.
      const noun = /^technical$/i.test(name) ? (/ (?:proposal|bid|score)s?$/i.exec(money)?.[0] ?? '') : ''
      return [one(`${name}${noun}`, share), one(money, rest)]
    }
  }
  return []
}
