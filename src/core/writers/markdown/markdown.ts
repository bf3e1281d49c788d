/** GitHub-flavoured Markdown. */
import { createSink } from '../sink.ts'
import type { Writer } from '../writer.ts'
import { writeBlocks } from './blocks.ts'
import { createContext } from './context.ts'
import { frontMatter } from './front-matter.ts'

export const writeMarkdown: Writer = (doc, options, warnings) => {
  const sink = createSink(options.maxChars)
  if (options.frontMatter) {
    sink.write(frontMatter(doc, warnings, options.engine))
    sink.gap(2)
  }
  writeBlocks(doc.blocks, createContext(doc, sink, options))
  return sink.finish()
}
