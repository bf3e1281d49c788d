/** GitHub-flavoured Markdown. */
import { createSink } from '../sink.ts'
import type { Writer } from '../writer.ts'
import { writeBlocks } from './blocks.ts'
import { createContext } from './context.ts'
import { frontMatter } from './front-matter.ts'
import { withPlainLinks } from './plain-links.ts'

export const writeMarkdown: Writer = (doc, options, warnings) => {
  const sink = createSink(options.maxChars)
  if (options.frontMatter) {
    sink.write(frontMatter(doc, warnings, options.engine))
    sink.gap(2)
  }
  const blocks = options.emphasis ? doc.blocks : withPlainLinks(doc)
  writeBlocks(blocks, createContext(doc, sink, options))
  return sink.finish()
}
