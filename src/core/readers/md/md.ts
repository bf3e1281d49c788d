import { doc } from '../../doc/build.ts'
import type { Block, Meta } from '../../doc/model.ts'
import { decodeText } from '../../io/text.ts'
import type { FlowReader, ReadContext } from '../../reader.ts'
import { readBlocks } from './blocks.ts'
import { createDefinitions } from './definitions.ts'
import { readFrontMatter } from './front-matter.ts'
import { nameHeadings } from './names.ts'
import { parseMarkdown } from './parse.ts'

/** Markdown: CommonMark, GFM, footnotes, math, front matter, and the HTML in it. */
export const readMarkdown: FlowReader = async ({ bytes }, context) => {
  const source = decodeText(bytes, context.report)
  const { blocks, meta } = await readMarkdownText(source, context)
  return doc('md', blocks, { meta })
}

/** Also for Markdown inside other formats, such as the cells of a notebook. */
export async function readMarkdownText(
  source: string,
  context: ReadContext,
): Promise<{ blocks: readonly Block[]; meta: { [K in keyof Meta]: Meta[K] | undefined } }> {
  const root = parseMarkdown(source, context.report)
  const yaml = root.children.find((node) => node.type === 'yaml')
  const { readPage } = await import('../html/html.ts')
  const blocks = readBlocks(root.children, {
    source,
    definitions: createDefinitions(root),
    depth: context.limits.xmlDepth,
    tooDeep: () => context.report.warn('part-missing', 'Blocks nested too deep were left out.'),
    html: (html, at) =>
      readPage(html, context).blocks.map((block) => ({ ...block, at: { ...block.at, ...at } })),
  })
  return { blocks: nameHeadings(blocks), meta: readFrontMatter(yaml?.value ?? '') }
}
