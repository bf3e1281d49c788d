/** JSON out of what a model wrote: with prose or a fence around it, or broken off. */
export type Read = { readonly value: unknown; readonly isCut: boolean }

export function readJson(text: string): Read | undefined {
  for (let start = text.indexOf('{'); start >= 0; start = text.indexOf('{', start + 1)) {
    const found = from(text, start)
    if (found) return found
  }
  return undefined
}

/** The object that begins here, whole or as far as it goes. */
function from(text: string, start: number): Read | undefined {
  const open: string[] = []
  let inString = false
  /** Where the last complete element of a list ended, and what was open there. */
  let safe: { at: number; open: string[] } | undefined
  for (let at = start; at < text.length; at++) {
    const char = text[at]!
    if (inString) {
      if (char === '\\') at++
      else if (char === '"') inString = false
      continue
    }
    if (char === '"') inString = true
    else if (char === '{') open.push('}')
    else if (char === '[') {
      open.push(']')
      safe = { at: at + 1, open: [...open] }
    } else if (char === '}' || char === ']') {
      if (open.pop() !== char) return undefined
      if (open.length === 0) return whole(text.slice(start, at + 1), false)
      if (open.at(-1) === ']') safe = { at: at + 1, open: [...open] }
    }
  }
  return safe && whole(text.slice(start, safe.at) + safe.open.reverse().join(''), true)
}

function whole(text: string, isCut: boolean): Read | undefined {
  try {
    return { value: JSON.parse(text), isCut }
  } catch {
    return undefined
  }
}
