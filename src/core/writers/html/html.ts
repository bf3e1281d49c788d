/** A page of HTML: semantic, without scripts, every block with its id. */
import type { Mark } from '../../doc/model.ts'
import { createSink } from '../sink.ts'
import type { Writer } from '../writer.ts'
import { writeHtmlBlocks } from './blocks.ts'
import { attributes, escapeHtml } from './escape.ts'

const plainMarks: readonly Mark[] = ['inserted', 'deleted']
const allMarks: readonly Mark[] = [
  ...plainMarks,
  'bold',
  'italic',
  'underline',
  'strike',
  'superscript',
  'subscript',
  'code',
  'highlight',
]

/** Nothing of the document may run or load, whatever slipped through: the browser is told so as well. */
const policy = "default-src 'none'; img-src 'self' data: http: https:; style-src 'unsafe-inline'"

const style = `
body { max-width: 50rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif }
table { border-collapse: collapse } th, td { border: 1px solid #bbb; padding: .25rem .5rem; vertical-align: top; text-align: left }
blockquote { border-left: 3px solid #bbb; margin-left: 0; padding-left: 1rem } pre { overflow: auto } img { max-width: 100% }
aside { font-size: .9rem } hr.page { border-style: dashed }
nav .level-2 { padding-left: 1.5rem } nav .level-3 { padding-left: 3rem } nav .level-4 { padding-left: 4.5rem }`

export const writeHtml: Writer = (doc, options) => {
  const sink = createSink(options.maxChars)
  const title = doc.meta.title ?? doc.source?.name ?? 'Document'
  sink.write('<!doctype html>\n')
  sink.write(
    `<html${attributes({ lang: doc.meta.language?.replace(/[^\w-]/g, '') })}>\n<head>\n<meta charset="utf-8">\n`,
  )
  sink.write(`<meta http-equiv="Content-Security-Policy" content="${policy}">\n`)
  sink.write(
    `<title>${escapeHtml(title.replace(/\s+/g, ' '))}</title>\n<style>${style}\n</style>\n</head>\n<body>\n`,
  )
  writeHtmlBlocks(doc.blocks, {
    sink,
    hasIds: true,
    gap: '\n',
    imageFolder: options.imageFolder,
    marks: new Set(options.emphasis ? allMarks : plainMarks),
    showFurniture: options.headersFooters === 'show',
    pageMarkers: true,
    formula: (latex) => `\\(${latex}\\)`,
    // A prefix, so that no name of the document hides one of the page it is shown in (DOM clobbering).
    anchor: (name) => `to-${name}`,
    noteRef: (name) => `<sup><a href="#to-note-${escapeHtml(name)}">${escapeHtml(name)}</a></sup>`,
  })
  sink.write('\n</body>\n</html>')
  return sink.finish()
}
