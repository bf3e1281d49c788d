/** Gathers text and blocks in reading order; loose text between blocks becomes paragraphs. */
import { figure, inlineImage, link, paragraph, text } from '../../doc/build.ts'
import { isBlankInline, tidyInline } from '../../doc/inline.ts'
import type { Block, Inline, Mark } from '../../doc/model.ts'

export type Flow = {
  text(value: string, marks: readonly Mark[]): void
  inline(node: Inline): void
  block(block: Block): void
  /** Ends the paragraph at hand. */
  flush(): void
  /** A name that a link points to; it lands on the next block. */
  anchor(name: string): void
  /** Everything until `closeLink` is part of the link, over block borders too. */
  openLink(href: string, title: string | undefined): void
  closeLink(): void
  end(): readonly Block[]
}

type OpenLink = { readonly href: string; readonly title: string | undefined; children: Inline[] }

export function createFlow(): Flow {
  const blocks: Block[] = []
  let run: Inline[] = []
  let anchors: string[] = []
  let open: OpenLink | undefined
  let endsInSpace = true

  const add = (node: Inline) => (open ? open.children : run).push(node)
  const wrapLink = () => {
    if (!open || open.children.length === 0) return
    const children = tidyInline(open.children)
    const [first] = open.children
    const last = open.children.at(-1)
    // White space at the ends of a link belongs to the text around it.
    if (first?.type === 'text' && /^\s/.test(first.text)) run.push(text(' '))
    if (!isBlankInline(children)) run.push(link(open.href, children, open.title))
    if (last?.type === 'text' && /\s$/.test(last.text) && children.length > 0) run.push(text(' '))
    open.children = []
  }
  const put = (block: Block) => {
    blocks.push(anchors.length > 0 ? { ...block, anchors: [...anchors, ...(block.anchors ?? [])] } : block)
    anchors = []
  }
  const flush = () => {
    wrapLink()
    const content = tidyInline(run)
    run = []
    endsInSpace = true
    if (isBlankInline(content)) return
    const [only] = content
    if (content.length === 1 && only?.type === 'image')
      put(figure(only.alt, { src: only.src === '' ? undefined : only.src }))
    else put(paragraph(content))
  }

  return {
    text(value, marks) {
      const joined = value.replace(/[ \t\n\f\r]+/g, ' ')
      const kept = endsInSpace && joined.startsWith(' ') ? joined.slice(1) : joined
      if (kept === '') return
      endsInSpace = kept.endsWith(' ')
      add(text(kept, marks))
    },
    inline(node) {
      endsInSpace = node.type === 'break'
      add(node)
    },
    block(block) {
      flush()
      put(block)
    },
    flush,
    anchor: (name) => anchors.push(name),
    openLink(href, title) {
      wrapLink()
      open = { href, title, children: [] }
    },
    closeLink() {
      wrapLink()
      open = undefined
    },
    end() {
      flush()
      const last = blocks.at(-1)
      if (anchors.length > 0 && last)
        blocks[blocks.length - 1] = { ...last, anchors: [...(last.anchors ?? []), ...anchors] }
      return blocks
    },
  }
}

/** Blocks as the content of one line: a heading, a caption, a term. */
export function asInline(blocks: readonly Block[], between: Inline = text(' ')): Inline[] {
  const out: Inline[] = []
  for (const block of blocks) {
    const content = inlineOf(block)
    if (content.length === 0) continue
    if (out.length > 0) out.push(between)
    out.push(...content)
  }
  return tidyInline(out)
}

function inlineOf(block: Block): readonly Inline[] {
  switch (block.type) {
    case 'heading':
    case 'paragraph':
      return block.content
    case 'figure':
      return [inlineImage(block.src ?? '', block.alt)]
    case 'list':
      return block.items.flatMap((item) => [...asInline(item.blocks), text(' ')])
    case 'quote':
      return asInline(block.blocks)
    case 'code':
      return [text(block.text, ['code'])]
    case 'formula':
      return [{ type: 'formula', latex: block.latex }]
    default:
      return []
  }
}
