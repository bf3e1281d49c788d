/** Builders: readers make nodes with these and never write node literals by hand. */
import type {
  At,
  Block,
  Break,
  Cell,
  Code,
  Contents,
  ContentsEntry,
  Doc,
  Field,
  Figure,
  Formula,
  Furniture,
  Heading,
  ImageInfo,
  Inline,
  InlineFormula,
  InlineImage,
  Link,
  List,
  ListItem,
  Mark,
  Meta,
  Note,
  NoteRef,
  PageBreak,
  PageInfo,
  Paragraph,
  Quote,
  Row,
  Rule,
  Span,
  Table,
  Text,
} from './model.ts'

type Extra = {
  at?: At | undefined
  anchors?: readonly string[] | undefined
  confidence?: number | undefined
  evidence?: readonly string[] | undefined
}
type TextExtra = Extra & { spans?: readonly Span[] | undefined; number?: string | undefined }

/** The given values without those that are undefined or empty lists, so that equal nodes have equal JSON. */
function given<T extends object>(values: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const kept: Record<string, unknown> = {}
  for (const key in values) {
    const value = values[key]
    if (value !== undefined && !(Array.isArray(value) && value.length === 0)) kept[key] = value
  }
  return kept as { [K in keyof T]: Exclude<T[K], undefined> } // undefined is gone
}

const base = ({ at, ...rest }: Extra) => ({ id: '', at: at ?? {}, ...given(rest) })

/** Inline content from a string or from nodes. */
const inline = (content: string | readonly Inline[]): readonly Inline[] =>
  typeof content === 'string' ? (content === '' ? [] : [text(content)]) : content

export const text = (value: string, marks: readonly Mark[] = []): Text => ({
  type: 'text',
  text: value,
  ...(marks.length > 0 ? { marks: [...marks].sort() } : {}),
})
export const lineBreak = (): Break => ({ type: 'break' })
export const link = (href: string, children: string | readonly Inline[], title?: string): Link => ({
  type: 'link',
  href,
  ...given({ title }),
  children: inline(children),
})
export const inlineImage = (src: string, alt: string, title?: string): InlineImage => ({
  type: 'image',
  src,
  alt,
  ...given({ title }),
})
export const inlineFormula = (latex: string): InlineFormula => ({ type: 'formula', latex })
export const noteRef = (name: string): NoteRef => ({ type: 'noteRef', name })

export const heading = (
  level: number,
  content: string | readonly Inline[],
  extra: TextExtra = {},
): Heading => ({
  ...base(extra),
  type: 'heading',
  level: Math.max(1, Math.round(level)),
  content: inline(content),
})
export const paragraph = (content: string | readonly Inline[], extra: TextExtra = {}): Paragraph => ({
  ...base(extra),
  type: 'paragraph',
  content: inline(content),
})
export const list = (
  items: readonly ListItem[],
  extra: Extra & { ordered?: boolean; start?: number | undefined } = {},
): List => {
  const { ordered = false, ...rest } = extra
  return { ...base(rest), type: 'list', ordered, items }
}
export const item = (
  blocks: readonly Block[],
  extra: Extra & { label?: string | undefined; checked?: boolean | undefined } = {},
): ListItem => ({ ...base(extra), type: 'item', blocks })
export const table = (
  rows: readonly Row[],
  extra: Extra & {
    headerRows?: number
    caption?: readonly Inline[] | undefined
    align?: Table['align'] | undefined
  } = {},
): Table => {
  const { headerRows = 0, ...rest } = extra
  return { ...base(rest), type: 'table', headerRows, rows }
}
export const row = (cells: readonly Cell[]): Row => ({ cells })
export const cell = (content: string | readonly Block[], extra: Omit<Cell, 'blocks'> = {}): Cell => ({
  ...given(extra),
  blocks: typeof content === 'string' ? (content === '' ? [] : [paragraph(content)]) : content,
})
export const code = (value: string, extra: Extra & { language?: string | undefined } = {}): Code => ({
  ...base(extra),
  type: 'code',
  text: value,
})
export const quote = (blocks: readonly Block[], extra: Extra = {}): Quote => ({
  ...base(extra),
  type: 'quote',
  blocks,
})
export const figure = (
  alt: string,
  extra: Extra & { src?: string | undefined; caption?: readonly Inline[] | undefined } = {},
): Figure => ({ ...base(extra), type: 'figure', alt })
export const formula = (latex: string, extra: Extra = {}): Formula => ({
  ...base(extra),
  type: 'formula',
  latex,
})
export const note = (
  kind: Note['kind'],
  name: string,
  blocks: readonly Block[],
  extra: Extra & { author?: string | undefined; date?: string | undefined } = {},
): Note => ({ ...base(extra), type: 'note', kind, name, blocks })
export const field = (
  kind: Field['kind'],
  label: string,
  value: string,
  extra: Extra & { checked?: boolean | undefined } = {},
): Field => ({ ...base(extra), type: 'field', kind, label, value })
export const furniture = (
  role: Furniture['role'],
  blocks: readonly Block[],
  extra: Extra = {},
): Furniture => ({
  ...base(extra),
  type: 'furniture',
  role,
  blocks,
})
export const contents = (entries: readonly ContentsEntry[], extra: Extra = {}): Contents => ({
  ...base(extra),
  type: 'contents',
  entries,
})
export const pageBreak = (
  page: number | undefined,
  { byAuthor, ...extra }: Extra & Pick<PageBreak, 'byAuthor'> = {},
): PageBreak => ({
  ...base(page === undefined ? extra : { at: { page }, ...extra }),
  type: 'pageBreak',
  ...(page === undefined ? {} : { page }),
  ...(byAuthor ? { byAuthor } : {}),
})
export const rule = (extra: Extra = {}): Rule => ({ ...base(extra), type: 'rule' })

export const doc = (
  format: string,
  blocks: readonly Block[],
  extra: {
    meta?: { [K in keyof Meta]: Meta[K] | undefined }
    pages?: readonly PageInfo[]
    images?: readonly ImageInfo[]
  } = {},
): Doc => ({
  schema: 'mdraft.doc/1',
  format,
  meta: given(extra.meta ?? {}),
  pages: extra.pages ?? [],
  blocks,
  images: extra.images ?? [],
})
