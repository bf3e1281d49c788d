/**
 * An estimate of how many tokens a language model sees, the same on every machine: about four characters of an
 * alphabet make one; in Chinese, Japanese and Korean every character is about one.
 */
export function estimateTokens(text: string): number {
  const ideographs =
    text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu)?.length ?? 0
  return Math.ceil(ideographs + (text.length - ideographs) / 4)
}
