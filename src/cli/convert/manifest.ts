/** What a run over many files has done so far: one JSON line a file, so that a broken run can be resumed. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Source } from './inputs.ts'

type Entry = {
  readonly source: string
  readonly size?: number
  readonly modified?: number
  /** Version and options: another value makes the file be done again. */
  readonly how: string
  readonly output: string
  readonly outcome: 'ok' | 'partial' | 'failed' | 'passed-over'
  readonly error?: string
  readonly warnings?: number
  readonly pages?: number
}

export type Manifest = {
  isDone(source: Source, output: string): boolean
  add(source: Source, entry: Pick<Entry, 'output' | 'outcome' | 'error' | 'warnings' | 'pages'>): void
}

const manifestName = '.mdraft.jsonl'

export function openManifest(folder: string, how: string): Manifest {
  const path = join(folder, manifestName)
  const last = new Map(readEntries(path).map((entry) => [entry.source, entry]))
  return {
    isDone: (source, output) => {
      const entry = last.get(source.label)
      return (
        entry !== undefined &&
        entry.how === how &&
        entry.output === output &&
        (entry.outcome === 'passed-over' || (entry.outcome !== 'failed' && existsSync(output))) &&
        source.stamp !== undefined &&
        entry.size === source.stamp.size &&
        entry.modified === source.stamp.modified
      )
    },
    add: (source, entry) =>
      appendFileSync(path, `${JSON.stringify({ source: source.label, ...source.stamp, how, ...entry })}\n`),
  }
}

/** A run that was killed may have left half a line at the end. */
function readEntries(path: string): Entry[] {
  if (!existsSync(path)) return []
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line): Entry[] => {
      try {
        const entry: unknown = JSON.parse(line)
        return isEntry(entry) ? [entry] : []
      } catch {
        return []
      }
    })
}

const isEntry = (value: unknown): value is Entry =>
  typeof value === 'object' && value !== null && 'source' in value && 'how' in value && 'outcome' in value
