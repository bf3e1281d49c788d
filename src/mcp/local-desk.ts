/** The desk of one machine: files under given folders and public addresses, kept in memory, no database. */
import type { Doc } from '../core/index.ts'
import { MdraftError, sha256 } from '../core/index.ts'
import { defaultLimits } from '../core/limits.ts'
import { fetchPublic } from '../platform/fetch.ts'
import { type Analyst, analyzeDoc, linkRows } from '../platform/llm/analyze.ts'
import type { Pool } from '../platform/pool/pool.ts'
import type { Analysis } from '../rfp/findings.ts'
import type { Converted, Desk } from './desk.ts'
import { filesUnder } from './files.ts'

type Needs = {
  readonly pool: Pool
  readonly roots: readonly string[]
  readonly analyst?: Analyst | undefined
  readonly fetch?: typeof fetchPublic
}
type Kept = Converted & { readonly doc: Doc; readonly sha256: string; analysis?: Promise<Analysis> }

/** Documents that stay in memory; the one used least recently goes first. */
const KEPT = 16

export async function localDesk({ pool, roots, analyst, fetch = fetchPublic }: Needs): Promise<Desk> {
  const openFile = await filesUnder(roots, defaultLimits.fileBytes)
  const kept = new Map<string, Kept>()

  const find = (document: string): Kept => {
    const found = kept.get(document)
    if (!found)
      throw new MdraftError('not_found', 'There is no such document.', { fix: 'Convert it first, or again.' })
    kept.delete(document)
    kept.set(document, found)
    return found
  }
  const keep = (one: Kept) => {
    kept.delete(one.document)
    kept.set(one.document, one)
    for (const [name] of kept) if (kept.size > KEPT) kept.delete(name)
  }
  const readSource = async (source: string, signal: AbortSignal) => {
    const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(source)?.[1]?.toLowerCase()
    if (scheme === 'http' || scheme === 'https') {
      const { bytes, url } = await fetch(source, { signal })
      return { bytes, name: nameOf(url) }
    }
    // A drive letter is no scheme.
    if (scheme !== undefined && scheme.length > 1)
      throw new MdraftError('forbidden_address', `Addresses that begin with ${scheme}: are refused.`, {
        fix: 'Give a path, or an http or https address.',
      })
    return openFile(source)
  }
  const analyse = async (one: Kept, signal: AbortSignal): Promise<Analysis> => {
    const about = { filename: one.filename, sha256: one.sha256 }
    const analysis = await analyzeDoc(pool, one.doc, about, analyst, { signal })
    return analyst ? linkRows(analysis, analyst, { signal }) : analysis
  }

  return {
    takes: `A path in ${roots.length > 0 ? 'one of the folders given at the start' : 'no folder (none was given)'}, or an http or https address on the public internet.`,
    convert: async (source, signal) => {
      const { bytes, name } = await readSource(source, signal)
      const { doc, output, format, warnings } = await pool.convert(
        bytes,
        { name, to: 'markdown', pageMarkers: true },
        { signal },
      )
      const hash = sha256(bytes)
      const made: Kept = {
        document: hash.slice(0, 16),
        filename: name,
        format,
        pages: doc.pages.length || null,
        markdown: output,
        warnings: warnings.map(({ message, at }) => (at?.page ? `Page ${at.page}: ${message}` : message)),
        doc,
        sha256: hash,
      }
      keep(made)
      const { doc: _, sha256: __, ...converted } = made
      return converted
    },
    analyse: async (document, _part, signal) => {
      const one = find(document)
      // One that failed or was cancelled is tried again.
      one.analysis ??= analyse(one, signal).catch((error) => {
        delete one.analysis
        throw error
      })
      return one.analysis
    },
    markdown: async (document) => find(document).markdown,
  }
}

/** The last part of an address, as a person reads it. */
function nameOf(url: string): string {
  const last = new URL(url).pathname.split('/').at(-1) || 'page.html'
  try {
    return decodeURIComponent(last)
  } catch {
    return last
  }
}
