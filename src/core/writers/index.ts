/** The table of outputs: one row each. */
import { writeChunks } from './chunks/chunks.ts'
import { writeHtml } from './html/html.ts'
import { writeJson } from './json.ts'
import { writeMarkdown } from './markdown/markdown.ts'
import { writeText } from './text.ts'
import type { Writer } from './writer.ts'

export const writers = {
  markdown: writeMarkdown,
  json: writeJson,
  html: writeHtml,
  text: writeText,
  chunks: writeChunks,
} as const satisfies Record<string, Writer>

export type OutputFormat = keyof typeof writers
