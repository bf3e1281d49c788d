/** Where each result goes. */
import { join, parse } from 'node:path'
import type { OutputFormat } from '../../core/index.ts'
import type { Source } from './inputs.ts'

/** Word is no text, and has its own way through the pool. */
export type Target = OutputFormat | 'docx'

export const extensions: Readonly<Record<Target, string>> = {
  markdown: 'md',
  json: 'json',
  html: 'html',
  chunks: 'jsonl',
  text: 'txt',
  docx: 'docx',
}

/**
 * `DIR/<name without extension>.md`; `<full name>.md` where two inputs share the first; a number where they share
 * even that. Names compare without case, as some file systems do.
 */
export function outputPaths(sources: readonly Source[], folder: string, to: Target): string[] {
  const short = sources.map((source) => join(source.folder, parse(source.name).name))
  const full = sources.map((source) => join(source.folder, source.name))
  const uses = countOf(short)
  const taken = new Map<string, number>()
  return sources.map((_, index) => {
    const base = uses.get(key(short[index]!))! > 1 ? full[index]! : short[index]!
    const count = (taken.get(key(base)) ?? 0) + 1
    taken.set(key(base), count)
    return join(folder, `${base}${count > 1 ? `~${count}` : ''}.${extensions[to]}`)
  })
}

const key = (path: string): string => path.toLowerCase().normalize('NFC')

function countOf(paths: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const path of paths) counts.set(key(path), (counts.get(key(path)) ?? 0) + 1)
  return counts
}
