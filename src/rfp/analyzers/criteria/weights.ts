/** Weights as printed: "20 points", "(10%)", "—5 Percent", "30 marks". */

export type Weight = {
  readonly points: number | null
  readonly percent: number | null
  readonly printed: string
  readonly at: number
  readonly length: number
}

const unit =
  /(\d{1,4}(?:,\d{3})?(?:\.\d+)?)\s*(?:\(\s*\d+\s*\)\s*)?(points?|pts\.?|marks?|%|percent(?:age)?)(?!\s*(?:copies|of the (?:work|total contract)))/i

/** The weight of a short text; `column` is the unit a table states in its header. */
export function weightIn(text: string, column = ''): Weight | undefined {
  const match = unit.exec(text)
  if (match) return weight(match[1]!, match[2]!, match[0], match.index)
  const bare = /^\(?(\d{1,4}(?:\.\d+)?)\)?\s*%?$/.exec(text.trim())
  return bare && weighs.test(column)
    ? weight(bare[1]!, /%|percent|weight/i.test(column) ? '%' : 'points', text.trim(), 0)
    : undefined
}

/** Header of a column that holds weights. */
export const weighs =
  /\b(?:points?|pts|marks?|weight(?:age|ing|s)?|max(?:imum)?(?:\s+score)?|score|value|percent(?:age)?)\b|%/i

function weight(number: string, kind: string, printed: string, at: number): Weight {
  const value = Number(number.replace(',', ''))
  const percent = /%|percent/i.test(kind)
  return {
    points: percent ? null : value,
    percent: percent ? value : null,
    printed: printed.trim(),
    at,
    length: printed.length,
  }
}
