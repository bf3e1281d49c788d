/**
 * Markdown that would take hours: parsers look back, or on to the end, for every mark that may open or close something,
 * so a paragraph with n marks costs n times its length. Where that is beyond any document written by hand, the marks
 * are hidden from the parser and put back into the text afterwards.
 */

/** Characters that open, close or contain. */
const marks = '*_~`[]<!$&\\>-+|'
/** Noncharacters (Unicode 23.7), which no text holds, stand for them meanwhile. */
const stand = (index: number): string => String.fromCharCode(0xfdd0 + index)
const hidden = new Map([...marks].map((mark, index) => [mark, stand(index)]))
const shown = new Map([...hidden].map(([mark, character]) => [character, mark]))

/** Marks times characters: 20,000 marks in 50,000 characters parse in a second or two. */
const MAX_COST = 1e9
/** Quotes and lists inside one another, on one line. */
const MAX_CONTAINERS = 100

export type Tamed = {
  readonly text: string
  /** How many paragraphs or lines had their marks hidden. */
  readonly count: number
  readonly restore: (text: string) => string
}

export function tame(source: string): Tamed {
  let count = 0
  const hide = (text: string): string => {
    count++
    return text.replace(/[*_~`[\]<!$&\\>\-+|]/g, (mark) => hidden.get(mark)!)
  }
  // A paragraph ends at a blank line; items, rows and quotes have text of their own in each line.
  const parts = source.split(/(?<=\n)(?=[ \t]*\n|[ \t]*(?:[-*+>|#]|\d{1,9}[.)][ \t]))/)
  const text = parts
    .map((part) => {
      const tooDeep = deepContainers(part)
      const flat = tooDeep > 0 ? part.slice(0, tooDeep) + hide(part.slice(tooDeep)) : part
      return cost(flat) > MAX_COST ? hide(flat) : flat
    })
    .join('')
  if (count === 0) return { text: source, count, restore: (value) => value }
  return {
    text,
    count,
    restore: (value) => value.replace(/[\ufdd0-\ufdde]/g, (character) => shown.get(character) ?? character),
  }
}

function cost(text: string): number {
  if (text.length < 10_000) return 0
  let found = 0
  for (const _ of text.matchAll(/[*_~`[<!$]+/g)) found++
  return found * text.length
}

/** Where on a line the container beyond the last allowed one begins; 0: there is none. */
function deepContainers(line: string): number {
  const container = /[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))/y
  let at = 0
  for (let depth = 0; depth < MAX_CONTAINERS; depth++) {
    container.lastIndex = at
    if (!container.test(line)) return 0
    at = container.lastIndex
  }
  container.lastIndex = at
  return container.test(line) ? at : 0
}
