/** Which model reads, how much at once, and what it costs. */
export type ModelOptions = {
  /** "provider:model". */
  readonly name: string
  /** Size of a window in characters. */
  readonly windowChars: number
  /** Dollars for a million tokens, in and out, when they are known. */
  readonly price?: { readonly input: number; readonly output: number } | undefined
}

/** Dollars, to a hundredth of a cent; null without a price. */
export const costOf = (input: number, output: number, price: ModelOptions['price']): number | null =>
  price ? Math.round((input * price.input + output * price.output) / 100) / 10_000 : null
