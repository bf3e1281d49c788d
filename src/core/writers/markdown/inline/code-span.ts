/** `code`, between as many backticks as it needs. */
export function codeSpan(text: string, inCell: boolean): string {
  const line = text.replace(/\s*\n\s*/g, ' ')
  // GFM reads `\|` in a cell as a bar before it looks for code; a backslash before a bar cannot be kept apart from it.
  if (inCell && /\\\|/.test(line)) return `<code>${line.replace(/[!-/:-@[-`{-~]/g, entity)}</code>`
  const runs = new Set(line.match(/`+/g)?.map((run) => run.length))
  let length = 1
  while (runs.has(length)) length++
  const fence = '`'.repeat(length)
  // CommonMark 6.1: one space is taken off either end when both ends have one.
  const pad = /^`|`$|^ .*[^ ].* $/.test(line) ? ' ' : ''
  const body = pad + line + pad
  return fence + (inCell ? body.replaceAll('|', '\\|') : body) + fence
}

const entity = (character: string): string => `&#${character.charCodeAt(0)};`
