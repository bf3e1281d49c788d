/** Code and formulas between fences that nothing inside them can close. */

export function codeBlock(text: string, language: string | undefined): string {
  const fence = '`'.repeat(longest(text, /`{3,}/g, 2) + 1)
  // An info string must not hold a backtick or a line end (CommonMark 4.5).
  const info = (language ?? '').replace(/[`\s\\&]/g, '')
  const body = text.toWellFormed().replace(/\r\n?/g, '\n').replace(/\n$/, '').replaceAll('\0', '')
  return body === '' ? `${fence}${info}\n${fence}` : `${fence}${info}\n${body}\n${fence}`
}

export function mathBlock(latex: string): string {
  const body = latex
    .toWellFormed()
    .trim()
    .replace(/\r\n?/g, '\n')
    .replace(/\n\s*\n/g, '\n')
  const fence = '$'.repeat(longest(body, /\${2,}/g, 1) + 1)
  return body === '' ? '' : `${fence}\n${body}\n${fence}`
}

function longest(text: string, runs: RegExp, atLeast: number): number {
  let length = atLeast
  for (const [run] of text.matchAll(runs)) length = Math.max(length, run.length)
  return length
}
