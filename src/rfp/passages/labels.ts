/** Enumerators as printed in front of headings and items, and the order they count in. */

export type LabelStyle =
  | 'word' // Section L, Annexure – II, Volume 1, Factor A
  | 'clause' // 52.212-1, 252.237-7024
  | 'dashed' // L-317
  | 'dotted' // 4.2.1, C.3, L.4.2
  | 'decimal' // 1. 1) (1)
  | 'upper' // A. (A)
  | 'lower' // a. (a)
  | 'roman' // IV. (IV)
  | 'lowerRoman' // iv. (iv)

export type Label = {
  /** As printed, without trailing white space. */
  readonly printed: string
  /** Without brackets, stops and dashes around: "a", "4.2.1", "L-317", "Section L". */
  readonly number: string
  readonly style: LabelStyle
  /** Brackets or stop around it: "(a)" and "a." count separately. */
  readonly frame: '()' | ')' | '.' | ''
  /** Characters of the text taken by the label and the white space behind it. */
  readonly length: number
}

/** Words that stand before a number to name a part of a document or of an offer; capitalized, or they are mid-sentence. */
const partWords = [
  ...['section', 'sec\\.?', 'article', 'part', 'chapter', 'clause', 'provision', 'paragraph', 'title'],
  ...[
    'attachment',
    'att\\.?',
    'appendix',
    'annex',
    'annexure',
    'exhibit',
    'schedule',
    'enclosure',
    'addendum',
    'form',
  ],
  ...['volume', 'vol\\.?', 'envelope', 'tab', 'module', 'lot', 'package'],
  ...[
    'factor',
    'sub-?factor',
    'element',
    'criterion',
    'phase',
    'step',
    'stage',
    'task',
    'item',
    'question',
    'requirement',
  ],
].flatMap((word) => [`${word[0]!.toUpperCase()}${word.slice(1)}`, word.toUpperCase()])

const roman = /^(?=[ivxlc])(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})$/i

type Rule = { readonly style: LabelStyle; readonly pattern: RegExp }
/** First match wins. Group 1 is the printed label; what follows it must look like the start of a text. */
const rules: readonly Rule[] = [
  {
    style: 'word',
    pattern: new RegExp(
      `^((?:${partWords.join('|')})(?:\\s+(?:[Nn]o\\.?\\s*|#\\s*)?|\\s*[-–—]\\s*|(?<=\\.)){1,2}(?:\\d{1,3}(?:\\.\\d{1,3})*[A-Z]?|[A-Z](?:\\.\\d{1,3})+|[IVXLC]{1,6}|[A-Z]-?\\d{0,3}))(?!\\.\\d)(?=\\s*$|\\s*[.:)–—-]+\\s*(?:[^a-z\\s]|$)|\\s+["“‘(A-Z])\\s*[.:)–—-]*\\s*`,
    ),
  },
  // "Volume I, Technical Proposal": a line of its own; in a sentence the comma goes on.
  { style: 'word', pattern: /^((?:Volume|VOLUME)\s+(?:[IVX]{1,4}|\d{1,2})),\s+(?=[A-Z][^.;:]{3,80}$)/ },
  // FAR and agency supplements number clauses 52.2xx-n, 252.2xx-7xxx, 852.2xx-7x (48 CFR 52.101(b)).
  {
    style: 'clause',
    pattern:
      /^((?:(?:FAR|DFARS|VAAR|GSAR|HHSAR|NFS|AFFARS|NMCARS|DLAD|AGAR|EDAR|DOLAR|CAR)\s+)?(?:Clause\s+|Provision\s+)?\d{2,4}\.\d{3}-\d{1,4})(?=\s|$|[.:–—-])\s*[.:–—-]*\s*/i,
  },
  { style: 'dashed', pattern: /^([A-M]-\d{1,4}(?:\.\d{1,3})*)(?=\s|$|[.:–—])\s*[.:–—-]*\s*/ },
  {
    style: 'dotted',
    pattern:
      /^((?:[A-Z]{2,5}\s+(?=\d))?(?:[A-Z]\.|\d{1,3}\.)(?:\d{1,3}\.)*\d{1,3}(?:\.[a-z])?)\.?\)?(?=\s*$|\s*[.:–—-]*\s*(?:["“‘(A-Z[]|\d{2,3}\.\d{3}-))\s*[.:–—-]*\s*/,
  },
  { style: 'decimal', pattern: /^(\(\d{1,2}\)|\d{1,2}\)|\d{1,2}\.(?!\d))\s*/ },
  { style: 'lower', pattern: /^(\([a-z]{1,2}\)|[a-z]\)|[a-z]\.(?=\s|$))\s*/ },
  { style: 'lowerRoman', pattern: /^(\([ivxlc]{2,6}\)|[ivxlc]{2,6}[.)](?=\s|$))\s*/ },
  { style: 'upper', pattern: /^(\([A-Z]{1,2}\)|[A-Z]\)|[A-Z]\.(?=\s|$))\s*/ },
  { style: 'roman', pattern: /^(\([IVXLC]{2,6}\)|[IVXLC]{2,6}[.)](?=\s|$))\s*/ },
]

/** The bare number some headings have: "2 CAPABILITY QUESTIONS". */
export function headingNumber(text: string): Label | undefined {
  const match = /^(\d{1,2})\s+(?=[A-Z])/.exec(text)
  return match
    ? { printed: match[1]!, number: match[1]!, style: 'decimal', frame: '', length: match[0].length }
    : undefined
}

/** The enumerator a text starts with. */
export function labelOf(text: string): Label | undefined {
  for (const { style, pattern } of rules) {
    const match = pattern.exec(text)
    if (!match) continue
    const printed = match[1]!.trim()
    if (style === 'decimal' && /^\d+\.\d/.test(text)) continue
    const number = bare(printed, style)
    if (
      (style === 'lower' || style === 'upper') &&
      number.length === 2 &&
      !roman.test(number) &&
      number[0] !== number[1]
    )
      continue
    if ((style === 'lowerRoman' || style === 'roman') && !roman.test(number)) continue
    return { printed, number, style, frame: frameOf(printed), length: match[0].length }
  }
  return undefined
}

const bare = (printed: string, style: LabelStyle): string =>
  style === 'clause'
    ? printed.replace(/\s+/g, ' ')
    : style === 'word'
      ? printed.replace(/\s*[–—-]\s*(?=[IVXLC\d]+$)/, ' ').replace(/\s+/g, ' ')
      : printed.replace(/^\(|[.)]+$/g, '')

const frameOf = (printed: string): Label['frame'] =>
  printed.startsWith('(') ? '()' : printed.endsWith(')') ? ')' : printed.endsWith('.') ? '.' : ''

const romanDigits: Record<string, number> = { i: 1, v: 5, x: 10, l: 50, c: 100 }

function romanValue(number: string): number | undefined {
  const text = number.toLowerCase()
  if (!roman.test(text)) return undefined
  let value = 0
  for (let index = 0; index < text.length; index++) {
    const digit = romanDigits[text[index]!]!
    value += digit < (romanDigits[text[index + 1] ?? ''] ?? 0) ? -digit : digit
  }
  return value
}

const letterValue = (number: string): number | undefined =>
  /^([a-z])\1?$/i.test(number)
    ? number.toLowerCase().charCodeAt(0) - 96 + (number.length - 1) * 26
    : undefined

/** The readings an ambiguous label allows: "i" is the first Roman number and the ninth letter. */
export function readings(label: Label): readonly { style: LabelStyle; value: number }[] {
  const { number, style } = label
  const found: { style: LabelStyle; value: number }[] = []
  const add = (as: LabelStyle, value: number | undefined) => {
    if (value !== undefined) found.push({ style: as, value })
  }
  if (style === 'lower' || style === 'lowerRoman') {
    add('lowerRoman', romanValue(number))
    add('lower', letterValue(number))
  } else if (style === 'upper' || style === 'roman') {
    add('roman', romanValue(number))
    add('upper', letterValue(number))
  } else {
    const last = /(\d+)[A-Z]?$/.exec(number)?.[1]
    add(style, last === undefined ? undefined : Number(last))
  }
  return found.length > 0 ? found : [{ style, value: 0 }]
}
