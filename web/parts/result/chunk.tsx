/** One block of the Markdown, rendered: GFM, HTML tables, nothing that a document could run or fetch. */
import { memo, type ReactNode } from 'react'
import Markdown, { type Components } from 'react-markdown'
import rehypeRaw from 'rehype-raw'
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize'
import remarkGfm from 'remark-gfm'
import type { Chunk, SourceMap } from '../source-map.ts'
import { TableScroll } from '../table-scroll.tsx'
import { rehypeBlocks } from './rehype-blocks.ts'

/** GitHub's rules, without pictures that would be fetched and without names that could shadow the page's own. */
const schema = {
  ...defaultSchema,
  tagNames: defaultSchema.tagNames?.filter((name) => !['picture', 'source'].includes(name)) ?? [],
  protocols: { ...defaultSchema.protocols, src: [] },
}

const components: Components = {
  a: ({ href, children }) =>
    href && /^(https?:|mailto:)/i.test(href) ? (
      <a href={href} target="_blank" rel="noopener noreferrer nofollow">
        {children}
      </a>
    ) : (
      <span className="underline decoration-dotted underline-offset-2">{children}</span>
    ),
  img: ({ alt }) => <span className="chip my-1">Picture{alt ? `: ${alt}` : ''}</span>,
  table: ({ node: _, ...props }) => <TableScroll {...props} />,
  input: ({ checked }) => <span aria-hidden="true">{checked ? '☑ ' : '☐ '}</span>,
}

const PAGE_MARK = /^\s*<!--\s*page:\s*([\w-]+)\s*-->\s*$/
const NOTE = /^\[\^([^\]]+)\]:\s*/

export const ChunkView = memo(function ChunkView({ chunk, map }: { chunk: Chunk; map: SourceMap }) {
  const page = PAGE_MARK.exec(chunk.text)?.[1]
  if (page) return <PageMark page={page} />
  const note = NOTE.exec(chunk.text)
  const body = note ? ' '.repeat(note[0].length) + chunk.text.slice(note[0].length) : chunk.text
  return (
    <div className="prose" data-block={chunk.block ?? undefined}>
      {note && <NoteLabel name={note[1]!} />}
      <Markdown
        remarkPlugins={[remarkGfm]}
        rehypePlugins={[
          ...(body.includes('<') ? [rehypeRaw] : []),
          [rehypeSanitize, schema],
          [rehypeBlocks, { map, start: chunk.start, block: chunk.block }],
        ]}
        components={components}
      >
        {note ? body.trimStart() : body}
      </Markdown>
    </div>
  )
})

function PageMark({ page }: { page: string }): ReactNode {
  return (
    <div className="flex items-center gap-3 pt-3 pb-1 text-ink-3 text-xs">
      <span className="h-px flex-1 bg-line" />
      Page {page}
      <span className="h-px flex-1 bg-line" />
    </div>
  )
}

const NoteLabel = ({ name }: { name: string }) => <span className="chip float-left mr-2">Note {name}</span>
