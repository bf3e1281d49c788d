/** Markdown to its syntax tree: CommonMark, GFM, math, front matter. The one door to the Markdown libraries. */
import type { Root } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { mathFromMarkdown } from 'mdast-util-math'
import { frontmatter } from 'micromark-extension-frontmatter'
import { gfm } from 'micromark-extension-gfm'
import { dollarBlock } from './dollar-block.ts'
import { dollarMath } from './dollar-math.ts'

export const parseMarkdown = (text: string): Root =>
  fromMarkdown(text, {
    extensions: [frontmatter(['yaml']), gfm(), { flow: dollarBlock, text: dollarMath }],
    mdastExtensions: [frontmatterFromMarkdown(['yaml']), gfmFromMarkdown(), mathFromMarkdown()],
  })
