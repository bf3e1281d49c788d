/** The matrix leaves as a spreadsheet and comes back edited; nobody's work here is overwritten unasked. */
import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type {
  ImportedMatrix,
  importMatrixQuerySchema,
  matrixFileQuerySchema,
} from '../../contract/proposals.ts'
import { MdraftError } from '../../core/index.ts'
import type { Db } from '../../platform/db/db.ts'
import type { Pool } from '../../platform/pool/pool.ts'
import { csvOf } from '../../rfp/index.ts'
import { type Actor, may } from '../actor.ts'
import { cleanFilename } from '../filename.ts'
import type { MatrixRowRow, MatrixStore, RowChange } from './matrix-store.ts'
import { type Merge, mergeFile } from './merge.ts'
import type { ProposalService } from './service.ts'
import { type FileLine, linesOf, matrixSheet, statusChoices } from './sheet.ts'

type Needs = {
  readonly db: Db
  readonly store: MatrixStore
  readonly proposals: ProposalService
  readonly desk: Pick<Pool, 'convert' | 'workbook'>
}
type How = z.infer<typeof importMatrixQuerySchema>

/** The lines, and in words what of the file could not be read. */
type Read = { readonly lines: FileLine[]; readonly unread: readonly string[] }

/** More than anybody reads; the file is then no export of this matrix. */
const TOLD = 200

const mimes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

export const exchangeService = ({ db, store, proposals, desk }: Needs) => {
  const peopleOf = (actor: Actor, teamId: string | null) =>
    store.people(teamId, actor.kind === 'user' ? actor.id : null)

  const readLines = async (bytes: Uint8Array, signal: AbortSignal): Promise<Read> => {
    // Text is a table of some kind only by its name; workbooks are told by their content.
    const name = bytes[0] === 0x50 ? 'matrix.xlsx' : 'matrix.csv'
    const options = { name, ocr: 'never' } as const
    const { doc, warnings } = await desk.convert(bytes, options, { signal })
    const lines = linesOf(doc)
    const unread = warnings.filter(({ level }) => level === 'loss').map(({ message }) => message)
    if (lines) return { lines, unread }
    throw new MdraftError('bad_option', 'The file has no table with the column "Row" that an export has.', {
      fix: 'Start from a file that was exported here, and leave its hidden columns in place.',
    })
  }

  /** One change a row, from the version that was compared with. */
  const applyTo = async (actor: Actor, proposalId: string, edits: Merge['changes']): Promise<void> => {
    const byRow = Map.groupBy(edits, ({ row }) => row)
    await db.query.transaction().execute(async (trx) => {
      for (const [row, cells] of byRow) {
        const change: RowChange = Object.assign({}, ...cells.map((cell) => cell.change))
        const changed = await store.change(trx, proposalId, row.id, row.version, change)
        if (!changed)
          throw new MdraftError(
            'conflict',
            'Somebody changed the matrix meanwhile; nothing was taken over.',
            {
              fix: 'Read the file in again.',
            },
          )
        await proposals.record(trx, actor, proposalId, 'row changed', {
          row_id: row.id,
          ...Object.fromEntries(
            Object.keys(change).map((field) => [field, pairOf(row, changed, field as keyof RowChange)]), // fields of a row
          ),
        })
      }
      if (byRow.size > 0)
        await proposals.note(trx, actor, proposalId, 'matrix imported', { changed: byRow.size })
    })
  }

  return {
    /** What is no longer asked for is left out. */
    file: async (
      actor: Actor,
      proposalId: string,
      { format }: z.infer<typeof matrixFileQuerySchema>,
      signal: AbortSignal,
    ) => {
      may(actor, 'proposals:read')
      const { team_id, title } = await proposals.find(actor, proposalId, 'read')
      const rows = await store.list(proposalId, {})
      const sheet = matrixSheet(
        rows.filter(({ removed_at }) => removed_at === null),
        await peopleOf(actor, team_id),
      )
      const bytes =
        format === 'csv'
          ? new TextEncoder().encode(csvOf(sheet))
          : await desk.workbook({ sheets: [sheet], choices: statusChoices }, { signal })
      return {
        bytes,
        mime: mimes[format],
        filename: cleanFilename(`${title.replaceAll(/[/\\]/g, '-')} matrix.${format}`),
        // What the sheet says, names of owners included; a workbook itself holds the time it was made.
        etag: createHash('sha256').update(format).update(JSON.stringify(sheet)).digest('base64url'),
      }
    },

    /** Tells what an edited file changes; `apply`: and changes it, all or nothing. */
    take: async (
      actor: Actor,
      proposalId: string,
      bytes: Uint8Array,
      { apply, conflicts }: How,
      signal: AbortSignal,
    ): Promise<ImportedMatrix> => {
      may(actor, 'proposals:write')
      const { team_id } = await proposals.find(actor, proposalId, 'write')
      const { lines, unread } = await readLines(bytes, signal)
      const people = await peopleOf(actor, team_id)
      const merge = mergeFile(lines, await store.list(proposalId, {}), people)
      const taken = conflicts === 'take' ? [...merge.changes, ...merge.conflicts] : merge.changes
      if (apply) await applyTo(actor, proposalId, taken)
      return {
        applied: apply,
        rows: new Set(taken.map(({ row }) => row.id)).size,
        changes: merge.changes.map(present),
        conflicts: merge.conflicts.map(present),
        refused: told([...unread, ...merge.refused]),
      }
    },
  }
}

export type ExchangeService = ReturnType<typeof exchangeService>

const told = (refused: readonly string[]): string[] =>
  refused.length <= TOLD ? [...refused] : [...refused.slice(0, TOLD), `And ${refused.length - TOLD} more.`]

const pairOf = (before: MatrixRowRow, after: MatrixRowRow, field: keyof RowChange) => ({
  from: before[field],
  to: after[field],
})
const present = ({
  row,
  field,
  current,
  file,
}: Merge['changes'][number]): ImportedMatrix['changes'][number] => ({
  row_id: row.id,
  rfp_reference: row.rfp_reference,
  requirement_text: row.requirement_text,
  field,
  current,
  file,
})
