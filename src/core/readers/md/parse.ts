/** Markdown to its syntax tree: CommonMark, GFM, math, front matter. The one door to the Markdown libraries. */
import type { Root, RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { mathFromMarkdown } from 'mdast-util-math'
import { frontmatter } from 'micromark-extension-frontmatter'
import { gfm } from 'micromark-extension-gfm'
import type { Report } from '../../report.ts'
import { dollarBlock } from './dollar-block.ts'
import { dollarMath } from './dollar-math.ts'
import { tame } from './tame.ts'

export function parseMarkdown(source: string, report: Report): Root {
  const { text, count, restore } = tame(source)
  const root = fromMarkdown(text, {
    extensions: [frontmatter(['yaml']), gfm(), { flow: dollarBlock, text: dollarMath }],
    mdastExtensions: [frontmatterFromMarkdown(['yaml']), gfmFromMarkdown(), mathFromMarkdown()],
  })
  if (count > 0) {
    report.warn(
      'nesting-flattened',
      `${count} paragraphs with more marks than can be paired were kept as plain text.`,
    )
    restoreAll(root, restore)
  }
  return root
}

const written = ['value', 'alt', 'title', 'url', 'label', 'lang'] as const

function restoreAll(root: Root, restore: (text: string) => string): void {
  const stack: (Root | RootContent)[] = [root]
  for (let node = stack.pop(); node; node = stack.pop()) {
    const fields = node as unknown as Record<string, unknown> // which of the fields a node has is asked below
    for (const name of written) {
      const value = fields[name]
      if (typeof value === 'string') fields[name] = restore(value)
    }
    if ('children' in node) for (const child of node.children) stack.push(child)
  }
}
