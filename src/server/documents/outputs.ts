/** What a conversion leaves in storage, under one prefix an attempt: one file an output, and what a viewer needs. */
import type { z } from 'zod'
import type { conversionSchema, downloadFormats } from '../../contract/documents.ts'
import type { OutputFormat, SourceMap, Warning } from '../../core/index.ts'
import { writers } from '../../core/index.ts'
import { type Blobs, readText, writeText } from '../../platform/blobs/blobs.ts'
import type { Publication } from '../../platform/pool/pool.ts'

export type Output = Exclude<(typeof downloadFormats)[number], 'source'>

/** Rows: output → how it is served. */
export const outputs: { readonly [F in Output]: { readonly mime: string; readonly extension: string } } = {
  markdown: { mime: 'text/markdown; charset=utf-8', extension: 'md' },
  json: { mime: 'application/json; charset=utf-8', extension: 'json' },
  html: { mime: 'text/html; charset=utf-8', extension: 'html' },
  text: { mime: 'text/plain; charset=utf-8', extension: 'txt' },
  chunks: { mime: 'application/jsonl; charset=utf-8', extension: 'chunks.jsonl' },
}

export const written = (Object.keys(outputs) as Output[]).filter(
  (name): name is Output & OutputFormat => name in writers,
)

/** The part of a conversion's answer that is not in its row. */
export type View = Pick<z.infer<typeof conversionSchema>, 'page_sizes' | 'map' | 'warnings'>

export const outputKey = (prefix: string, name: Output | 'view'): string => `${prefix}/${name}.gz`

export const outputKeys = (prefix: string): string[] => [
  outputKey(prefix, 'view'),
  ...written.map((name) => outputKey(prefix, name)),
]

export async function storeOutputs(blobs: Blobs, prefix: string, made: Publication): Promise<void> {
  for (const name of written) await writeText(blobs, outputKey(prefix, name), made.outputs[name] ?? '')
  await writeText(blobs, outputKey(prefix, 'view'), JSON.stringify(viewOf(made)))
}

export const readView = async (blobs: Blobs, prefix: string): Promise<View> =>
  JSON.parse(await readText(blobs, outputKey(prefix, 'view')))

function viewOf({ pages, map, warnings }: Publication): View {
  return {
    page_sizes: pages.flatMap(({ number: page, width, height }) =>
      width === undefined || height === undefined ? [] : [{ page, width, height }],
    ),
    map: map.map(presentRange),
    warnings: warnings.map(presentWarning),
  }
}

const presentRange = ({ start, end, block, at }: SourceMap[number]): View['map'][number] => ({
  start,
  end,
  block,
  page: at.page ?? null,
  boxes: [...(at.boxes ?? [])],
  path: at.path ?? null,
})

const presentWarning = ({ code, level, message, at, more }: Warning): View['warnings'][number] => ({
  code,
  level,
  message,
  ...(more === undefined ? {} : { more }),
  page: at?.page ?? null,
  boxes: [...(at?.boxes ?? [])],
})
