/** Field instructions (ECMA-376 part 1, 17.16): what a field stands for. */
import type { Xml } from '../../io/xml.ts'
import { safeHref } from '../ooxml/href.ts'
import { symbol } from '../ooxml/symbols.ts'
import { formText } from './form.ts'
import { integer } from './properties.ts'

export type FieldMeaning =
  /** The result is the text of a link. */
  | { readonly kind: 'link'; readonly href: string; readonly title?: string }
  /** The result is a table of contents, figures or authorities, or an index. */
  | { readonly kind: 'contents' }
  /** This text stands in place of the result. */
  | { readonly kind: 'text'; readonly text: string }
  /** A number that Word counts and does not store. */
  | { readonly kind: 'number'; readonly words: readonly string[] }
  /** The result is plain text. */
  | { readonly kind: 'result' }

const result: FieldMeaning = { kind: 'result' }

/** Words of an instruction; quoted ones lose their quotes (17.16.5.1). */
function instructionWords(instruction: string): string[] {
  return [...instruction.matchAll(/"((?:\\.|[^"\\])*)"|(\S+)/g)].map((match) =>
    match[1] === undefined ? match[2]! : match[1].replace(/\\(.)/g, '$1'),
  )
}

/** The argument behind a switch such as `\l`. */
function switchArgument(words: readonly string[], name: string): string | undefined {
  const at = words.findIndex((word) => word.toLowerCase() === name)
  const next = at < 0 ? undefined : words[at + 1]
  return next === undefined || /^\\[a-z*#@!]$/i.test(next) ? undefined : next
}
const hasSwitch = (words: readonly string[], name: string): boolean =>
  words.some((word) => word.toLowerCase() === name)

const bookmarkLink = (words: readonly string[]): FieldMeaning =>
  words[1] !== undefined && hasSwitch(words, '\\h') ? { kind: 'link', href: `#${words[1]}` } : result

const meanings: Readonly<Record<string, (words: readonly string[], instruction: string) => FieldMeaning>> = {
  HYPERLINK: (words) => {
    const place = switchArgument(words, '\\l')
    const isTarget = words[1] !== undefined && !words[1].startsWith('\\')
    const href = safeHref((isTarget ? words[1] : '') + (place === undefined ? '' : `#${place}`))
    const title = switchArgument(words, '\\o')
    return href === undefined ? result : { kind: 'link', href, ...(title ? { title } : {}) }
  },
  REF: bookmarkLink,
  PAGEREF: bookmarkLink,
  NOTEREF: bookmarkLink,
  TOC: () => ({ kind: 'contents' }),
  TOA: () => ({ kind: 'contents' }),
  INDEX: () => ({ kind: 'contents' }),
  SYMBOL: (words) => {
    const code = words[1]?.startsWith('0x') ? Number.parseInt(words[1], 16) : integer(words[1])
    const text = code === undefined ? undefined : symbol(switchArgument(words, '\\f') ?? '', code)
    return text === undefined ? result : { kind: 'text', text }
  },
  LISTNUM: (words) => ({ kind: 'number', words }),
  AUTONUM: (words) => ({ kind: 'number', words }),
  AUTONUMLGL: (words) => ({ kind: 'number', words }),
  AUTONUMOUT: (words) => ({ kind: 'number', words }),
  EQ: (_, instruction) => ({ kind: 'text', text: equationText(instruction.trim().replace(/^EQ\s*/i, '')) }),
  // The button shows the words behind the name of the macro or place.
  MACROBUTTON: (_, instruction) => ({ kind: 'text', text: instruction.trim().replace(/^\S+\s+\S+\s*/, '') }),
  GOTOBUTTON: (_, instruction) => ({ kind: 'text', text: instruction.trim().replace(/^\S+\s+\S+\s*/, '') }),
}

export function fieldMeaning(instruction: string, formData: Xml | undefined): FieldMeaning {
  const words = instructionWords(instruction)
  const name = words[0]?.toUpperCase() ?? ''
  const form = formData && formText(name, formData)
  if (form !== undefined) return { kind: 'text', text: form }
  return meanings[name]?.(words, instruction) ?? result
}

/** Formulas of the time before Word 6 (17.16.5.19), as one line of text: `\f(1,2)` is 1/2. */
function equationText(source: string): string {
  let text = source
  // Innermost first; each step takes one call away.
  for (let steps = 0; steps < 200; steps++) {
    const next = text.replace(
      /\\([a-z])((?:\\[a-z]+\d*)*)\s*\(([^()]*)\)/i,
      (_, name: string, _options, inner: string) =>
        equationPart(
          name.toLowerCase(),
          inner.split(/[,;]/).map((part) => part.trim()),
        ),
    )
    if (next === text) break
    text = next
  }
  return text.replace(/\\[a-z]+\d*/gi, '').trim()
}

function equationPart(name: string, parts: readonly string[]): string {
  const [first = '', second = '', third = ''] = parts
  if (name === 'f') return `${first}/${second}`
  if (name === 'r') return parts.length > 1 ? `${first}√${second}` : `√${first}`
  if (name === 'i') return `∫${third || first}`
  return parts.join(name === 'l' ? ',' : name === 'o' ? '' : ' ')
}
