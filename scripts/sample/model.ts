/** The sample solicitation before it is a file: one structure that the PDF and the Word writer both print. */

/** `**bold**` and `*italic*` may stand in any text. */
export type Cell = string | { readonly text: string; readonly across?: number; readonly down?: number }
export type Item = string | { readonly text: string; readonly items: readonly Item[] }

export type Node =
  | { readonly type: 'title'; readonly lines: readonly string[] }
  | { readonly type: 'contents' }
  | { readonly type: 'section'; readonly letter: string; readonly title: string }
  | { readonly type: 'attachment'; readonly label: string; readonly title: string }
  | { readonly type: 'heading'; readonly level: 2 | 3; readonly title: string }
  | { readonly type: 'paragraph'; readonly text: string }
  | { readonly type: 'items'; readonly items: readonly Item[] }
  | { readonly type: 'bullets'; readonly items: readonly string[] }
  | Table
  | { readonly type: 'columns'; readonly nodes: readonly Node[] }
  | { readonly type: 'newPage' }
  | { readonly type: 'scan'; readonly nodes: readonly Node[] }

export type Table = {
  readonly type: 'table'
  readonly look: 'ruled' | 'borderless'
  /** Shares of the width of the text. */
  readonly widths: readonly number[]
  readonly head: readonly (readonly Cell[])[]
  readonly rows: readonly (readonly Cell[])[]
}

export const title = (...lines: string[]): Node => ({ type: 'title', lines })
export const contents: Node = { type: 'contents' }
export const section = (letter: string, text: string): Node => ({ type: 'section', letter, title: text })
export const attachment = (label: string, text: string): Node => ({ type: 'attachment', label, title: text })
export const h2 = (text: string): Node => ({ type: 'heading', level: 2, title: text })
export const h3 = (text: string): Node => ({ type: 'heading', level: 3, title: text })
export const p = (text: string): Node => ({ type: 'paragraph', text })
export const items = (...list: Item[]): Node => ({ type: 'items', items: list })
export const item = (text: string, ...list: Item[]): Item => ({ text, items: list })
export const bullets = (...list: string[]): Node => ({ type: 'bullets', items: list })
export const columns = (...nodes: Node[]): Node => ({ type: 'columns', nodes })
export const newPage: Node = { type: 'newPage' }
export const scan = (...nodes: Node[]): Node => ({ type: 'scan', nodes })
export const across = (text: string, count: number): Cell => ({ text, across: count })
export const down = (text: string, count: number): Cell => ({ text, down: count })

const table =
  (look: Table['look']) =>
  (
    widths: readonly number[],
    head: readonly (readonly Cell[])[],
    rows: readonly (readonly Cell[])[],
  ): Node => ({
    type: 'table',
    look,
    widths,
    head,
    rows,
  })
export const ruled = table('ruled')
export const borderless = table('borderless')

export type Run = { readonly text: string; readonly bold: boolean; readonly italic: boolean }

/** `a **b** *c*` as runs. */
export function runs(text: string): Run[] {
  return text
    .split(/(\*\*[^*]+\*\*|\*[^*]+\*)/)
    .filter((part) => part !== '')
    .map((part) => {
      const stars = part.startsWith('**') ? 2 : part.startsWith('*') ? 1 : 0
      return { text: part.slice(stars, part.length - stars), bold: stars === 2, italic: stars === 1 }
    })
}

const roman = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x']
/** The label of the nth item (from 0) at a depth (from 0): (a), (1), (i). */
export function itemLabel(depth: number, index: number): string {
  const labels = [String.fromCharCode(97 + index), String(index + 1), roman[index] ?? String(index + 1)]
  return `(${labels[depth] ?? index + 1})`
}

export type Numbered = { readonly number: string; readonly title: string; readonly level: number }

/** Gives each heading its printed number: `L`, `L.4`, `L.4.2`. */
export function numberer(): (node: Node) => Numbered | undefined {
  let letter = ''
  let [second, third] = [0, 0]
  return (node) => {
    if (node.type === 'section') {
      ;[letter, second, third] = [node.letter, 0, 0]
      return { number: `SECTION ${letter}`, title: node.title, level: 1 }
    }
    if (node.type === 'attachment') {
      ;[letter, second, third] = ['', 0, 0]
      return { number: node.label, title: node.title, level: 1 }
    }
    if (node.type !== 'heading') return undefined
    if (node.level === 2) [second, third] = [second + 1, 0]
    else third += 1
    const number = node.level === 2 ? `${letter}.${second}` : `${letter}.${second}.${third}`
    return { number, title: node.title, level: node.level }
  }
}
