// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
/** A document without fixed pages, shown as a sheet of paper: the server's HTML, cleaned, with its blocks marked. */
import { useQuery } from '@tanstack/react-query'
import type { Element, Root } from 'hast'
import { toJsxRuntime } from 'hast-util-to-jsx-runtime'
import { type ReactNode, useEffect, useMemo, useRef } from 'react'
import { Fragment, jsx, jsxs } from 'react/jsx-runtime'
import rehypeParse from 'rehype-parse'
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize'
import { unified } from 'unified'
import { textQuery } from '../../api/queries.ts'
import { useChosen, useFocus } from '../focus.tsx'
import type { SourceMap } from '../source-map.ts'
import { TableScroll } from '../table-scroll.tsx'
import { SourceFallback } from './source-fallback.tsx'

const schema = {
  ...defaultSchema,
  strip: ['script', 'style', 'title', 'template'],
  tagNames: [
    ...(defaultSchema.tagNames ?? []).filter((name) => name !== 'img'),
    'figure',
    'figcaption',
    'caption',
    'mark',
    'u',
  ],
  attributes: { ...defaultSchema.attributes, '*': [...(defaultSchema.attributes?.['*'] ?? []), 'dataBlock'] },
}

/** Blocks carry their id as `data-block` or as the id of their element. */
function rehypeMark({ map }: { map: SourceMap }) {
  const visit = (node: Element | Root) => {
    for (const child of node.children) {
      if (child.type !== 'element') continue
      const id = child.properties.dataBlock ?? child.properties.id
      if (typeof id === 'string' && map.range(id)) child.properties.dataBlock = id
      else delete child.properties.dataBlock
      visit(child)
    }
  }
  return visit
}

function render(html: string, map: SourceMap): ReactNode {
  const processor = unified()
    .use(rehypeParse, { fragment: true })
    .use(rehypeMark, { map })
    .use(rehypeSanitize, schema)
  const tree = processor.runSync(processor.parse(html))
  return toJsxRuntime(tree, {
    Fragment,
    jsx,
    jsxs,
    components: {
      a: ({ children }) => <span className="underline decoration-dotted underline-offset-2">{children}</span>,
      table: ({ node: _, ...props }) => <TableScroll {...props} />,
      input: ({ checked }) => <span aria-hidden="true">{checked ? '☑ ' : '☐ '}</span>,
    },
  })
}

type Props = { readonly jobId: string; readonly url: string; readonly map: SourceMap }

export function HtmlSource({ jobId, url, map }: Props) {
  const focus = useFocus()
  const chosen = useChosen(focus)
  const scroller = useRef<HTMLDivElement>(null)
  const { data, error } = useQuery(textQuery(jobId, 'html'))
  const content = useMemo(() => (data === undefined ? null : render(data, map)), [data, map])
  useEffect(() => {
    const block = chosen?.from === 'source' ? undefined : chosen?.blocks[0]
    if (!block) return
    scroller.current
      ?.querySelector(`[data-block="${CSS.escape(block)}"]`)
      ?.scrollIntoView({ block: 'center' })
  }, [chosen])
  if (error)
    return (
      <SourceFallback url={url} title="No view of this format">
        The original cannot be shown here, only its Markdown.
      </SourceFallback>
    )
  const blockOf = (target: EventTarget) =>
    (target instanceof Element && target.closest<HTMLElement>('[data-block]')?.dataset.block) || null
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click points at a place; the keyboard has the page keys
    <section
      ref={scroller}
      tabIndex={0}
      aria-label="The source document"
      className="min-h-0 flex-1 overflow-auto bg-sunken p-4"
      onPointerMove={(event) => focus.hover(blockOf(event.target))}
      onPointerLeave={() => focus.hover(null)}
      onClick={(event) => {
        const block = blockOf(event.target)
        if (block && String(getSelection()) === '')
          focus.choose({ blocks: [block], boxes: [], page: map.range(block)?.page ?? null, from: 'source' })
      }}
    >
      <article className="prose mx-auto min-h-full max-w-2xl bg-surface px-10 py-12 shadow-page">
        {content ?? <span className="spinner block" />}
      </article>
    </section>
  )
}
