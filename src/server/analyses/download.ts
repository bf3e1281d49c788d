/** An analysis as a file: made when it is asked for, in a process of its own, so that serving goes on meanwhile. */

import { buffer } from 'node:stream/consumers'
import type { AnalysisDownload } from '../../contract/analyses.ts'
import { MdraftError } from '../../core/index.ts'
import type { CallOptions, Pool } from '../../platform/pool/pool.ts'
import type { Analysis } from '../../rfp/findings.ts'
import type { Actor } from '../actor.ts'
import type { DocumentService } from '../documents/service.ts'
import { withExtension } from '../filename.ts'
import type { AnalysisRow } from './store.ts'

export type Desk = Pick<Pool, 'analyze' | 'compare' | 'convert' | 'export' | 'highlight'>

/** Callers take turns at the desk. */
export const callOf = (actor: Actor, signal: AbortSignal): CallOptions => ({ signal, owner: actor.id })

export type MadeFile = {
  readonly bytes: Uint8Array
  readonly mime: string
  readonly filename: string
  readonly etag: string
}

/** Rows: format → how it is served. */
const files: { readonly [F in AnalysisDownload['format']]: { mime: string; extension: string } } = {
  json: { mime: 'application/json; charset=utf-8', extension: 'json' },
  csv: { mime: 'text/csv; charset=utf-8', extension: 'csv' },
  xlsx: { mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', extension: 'xlsx' },
  docx: {
    mime: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    extension: 'docx',
  },
  markdown: { mime: 'text/markdown; charset=utf-8', extension: 'md' },
  ics: { mime: 'text/calendar; charset=utf-8', extension: 'ics' },
  highlighted: { mime: 'application/pdf', extension: 'pdf' },
}

type Needs = {
  readonly desk: Desk
  readonly documents: DocumentService
  readonly baseUrl: string
  readonly engine: string
}
type Asked = {
  readonly actor: Actor
  readonly row: AnalysisRow
  readonly analysis: Analysis
  readonly wanted: AnalysisDownload
  readonly signal: AbortSignal
}

export async function downloadOf(needs: Needs, asked: Asked): Promise<MadeFile> {
  const { row, wanted } = asked
  const { format } = wanted
  const type = format === 'csv' && wanted.type === 'all' ? 'compliance-matrix' : wanted.type
  const { mime, extension } = files[format]
  const what =
    format === 'highlighted' || type === 'all' ? (format === 'highlighted' ? format : 'analysis') : type
  return {
    bytes: await bytesOf(needs, { ...asked, wanted: { format, type } }),
    mime,
    filename: withExtension(row.filename, `${what}.${extension}`),
    etag: `${row.id}-${format}-${type}-${needs.engine.replace(/\W+/g, '-')}`,
  }
}

async function bytesOf({ desk, documents, baseUrl }: Needs, asked: Asked): Promise<Uint8Array> {
  const { actor, row, analysis, wanted, signal } = asked
  const { format, type } = wanted
  if (format !== 'highlighted') {
    const source = row.conversion_id ? `${baseUrl}/documents/${row.conversion_id}` : undefined
    return desk.export(analysis, format, { type, source }, callOf(actor, signal))
  }
  const original = row.conversion_id ? await documents.original(actor, row.conversion_id) : undefined
  if (original?.mime !== 'application/pdf')
    throw new MdraftError('bad_option', 'Only a PDF can be had with its requirements highlighted.', {
      fix: 'Convert the file to PDF and upload that.',
    })
  return desk.highlight(await buffer(await original.read()), analysis, callOf(actor, signal))
}
