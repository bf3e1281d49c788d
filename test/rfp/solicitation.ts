/** Small solicitations as Docs: headings by '#', items by a label, everything else a paragraph. */
import { doc, heading, item, list, paragraph } from '../../src/core/doc/build.ts'
import type { Block, Doc } from '../../src/core/doc/model.ts'
import { identify } from '../../src/core/enrich/identify.ts'
import { analyze } from '../../src/rfp/analyze.ts'

function solicitation(source: string): Doc {
  const blocks: Block[] = []
  for (const line of source.split('\n').map((text) => text.trim())) {
    if (line === '') continue
    const marked = /^(#+) (.*)$/.exec(line)
    const bullet = /^\* (.*)$/.exec(line)
    if (marked) blocks.push(heading(marked[1]!.length, marked[2]!))
    else if (bullet) blocks.push(list([item([paragraph(bullet[1]!)])]))
    else blocks.push(paragraph(line))
  }
  return identify(doc('md', blocks))
}

/** A file as read and analysed. */
export const read = (source: string, filename = 'rfp.md') => {
  const doc = solicitation(source)
  return { doc, analysis: analyze(doc, { filename, sha256: 'x' }) }
}

export const analyzed = (source: string) => read(source).analysis
