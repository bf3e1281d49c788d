/** A copy of everything that is a person's, and its end. What belongs to a team stays with the team. */
import type { Readable } from 'node:stream'
import { MdraftError } from '../../core/index.ts'
import { archive, type Member } from '../../platform/archive.ts'
import { type Blobs, unpack } from '../../platform/blobs/blobs.ts'
import type { Db, Trx } from '../../platform/db/db.ts'
import type { Log } from '../../platform/log.ts'
import { type Actor, person } from '../actor.ts'
import type { AuditService } from '../audit/service.ts'
import { type DocumentService, filesOf as filesOfDocument } from '../documents/service.ts'
import { cleanFilename } from '../filename.ts'
import type { BelongingStore } from './store.ts'

type Needs = {
  readonly db: Db
  readonly store: BelongingStore
  readonly blobs: Blobs
  readonly documents: Pick<DocumentService, 'original' | 'output'>
  readonly audit: AuditService
  readonly log: Log
}
type Row = Awaited<ReturnType<BelongingStore['documents']>>[number]

const NOTE =
  'Proposals of a team belong to the team: they are not in this copy, and stay when the account is deleted, with the documents in them. Documents that you put into them are yours and in this copy.'

export const belongingService = ({ db, store, blobs, documents, audit, log }: Needs) => {
  async function* rowsOf(
    batch: (id: string, after: string | undefined) => Promise<Row[]>,
    id: string,
  ): AsyncGenerator<Row> {
    for (let after: string | undefined; ; ) {
      const rows = await batch(id, after)
      yield* rows
      after = rows.at(-1)?.id
      if (after === undefined) return
    }
  }

  /** The index last: by then it is known which files could not be read. */
  async function* members(actor: Actor, userId: string): AsyncGenerator<Member> {
    const missing: string[] = []
    const held = async (name: string, open: () => Promise<Readable>): Promise<Member[]> => {
      try {
        return [{ name, content: await open() }]
      } catch (error) {
        if (!(error instanceof MdraftError) || error.code !== 'not_found') throw error
        missing.push(name)
        return []
      }
    }
    for await (const { id, filename, output_uri } of rowsOf(store.documents, userId)) {
      const folder = `documents/${id}`
      yield* await held(`${folder}/${cleanFilename(String(filename))}`, async () =>
        (await documents.original(actor, id)).read(),
      )
      if (output_uri)
        yield* await held(
          `${folder}/markdown/document.md`,
          async () => (await documents.output(actor, id, 'markdown', false)).body,
        )
    }
    for await (const { id, output_uri, text_uri } of rowsOf(store.analyses, userId))
      for (const [name, key] of [
        [`analyses/${id}.json`, output_uri],
        [`analyses/${id}.txt`, text_uri],
      ])
        if (key) yield* await held(String(name), async () => unpack(await blobs.read(String(key))))
    for await (const proposal of rowsOf(store.proposals, userId))
      yield { name: `proposals/${proposal.id}.json`, content: text(proposalJson(proposal)) }
    yield { name: 'index.json', content: text(index(userId, missing)) }
  }

  async function* proposalJson(proposal: Row): AsyncGenerator<string> {
    yield `{"proposal":${JSON.stringify(proposal)}`
    yield* list('matrix', rowsOf(store.matrix, proposal.id))
    yield* list('comments', rowsOf(store.commentsOf, proposal.id))
    yield* list('events', rowsOf(store.events, proposal.id))
    yield '}\n'
  }

  async function* index(userId: string, missing: readonly string[]): AsyncGenerator<string> {
    const made_at = new Date().toISOString()
    yield `{"format":"mdraft account 1","made_at":"${made_at}","note":${JSON.stringify(NOTE)}`
    yield `,"account":${JSON.stringify(await store.account(userId))}`
    for (const [name, batch] of Object.entries(store.lists)) yield* list(name, rowsOf(batch, userId))
    yield* list('documents', rowsOf(store.documents, userId), withoutKeys)
    yield* list('analyses', rowsOf(store.analyses, userId), withoutKeys)
    yield* list('proposals', rowsOf(store.proposals, userId))
    yield `,"missing_files":${JSON.stringify(missing)}}\n`
  }

  const filesOf = async (trx: Trx, userId: string): Promise<string[]> => {
    const { documents: rows, analyses } = await store.filesOf(trx, userId)
    const keys = analyses.flatMap(({ text_uri, output_uri }) => [text_uri, output_uri])
    return [...rows.flatMap(filesOfDocument), ...keys.filter((key) => key !== null)]
  }

  return {
    /** A zip archive with an index, made while it is read. */
    copy: async (actor: Actor): Promise<Readable> => {
      const { id } = person(actor)
      await audit.note(db.query, actor, { action: 'account.exported', target: { type: 'user', id } })
      return archive(members(actor, id))
    },

    /** A team with others in it must not lose its last owner by this. @throws MdraftError `conflict` */
    mayLeave: async (actor: Actor): Promise<void> => {
      const { id } = person(actor)
      await db.query.transaction().execute(async (trx) => leaveTeams(await store.teamsOwnedAlone(trx, id)))
    },

    /** Rows first and at once, then files; files that are left over go with the next sweep. Each is noted in the audit log. */
    clear: async (actor: Actor): Promise<void> => {
      const { id } = person(actor)
      const target = { type: 'user', id }
      const files = await db.query.transaction().execute(async (trx) => {
        const teams = await store.teamsOwnedAlone(trx, id)
        leaveTeams(teams)
        for (const team of teams) await store.removeTeam(trx, team.id)
        const handedOver = await store.handOver(trx, id)
        const gone = await filesOf(trx, id)
        await store.removeUser(trx, id)
        await audit.note(trx, actor, {
          action: 'account.deleted',
          target,
          detail: { files: gone.length, teams: teams.map((team) => team.id), handed_over: handedOver },
        })
        return gone
      })
      try {
        await blobs.remove(files)
        await audit.note(db.query, 'system', {
          action: 'account.files_deleted',
          target,
          detail: { files: files.length },
        })
      } catch (error) {
        log.warn({ err: error, user: id }, 'files of a deleted account are left to the sweep')
      }
    },
  }
}

export type BelongingService = ReturnType<typeof belongingService>

function leaveTeams(teams: readonly { name: string; others: number }[]): void {
  const kept = teams.filter(({ others }) => others > 0)
  if (kept.length === 0) return
  throw new MdraftError('conflict', `You are the only owner of ${kept.map(({ name }) => name).join(', ')}.`, {
    fix: 'Make another member an owner, or delete the team; then delete the account.',
  })
}

/** Where files lie in storage is nobody's business. */
const withoutKeys = ({ stored_uri, output_uri, text_uri, ...row }: Row): object => row

async function* list(
  name: string,
  rows: AsyncIterable<Row>,
  present: (row: Row) => object = (row) => row,
): AsyncGenerator<string> {
  yield `,"${name}":[`
  let isFirst = true
  for await (const row of rows) {
    yield (isFirst ? '\n' : ',\n') + JSON.stringify(present(row))
    isFirst = false
  }
  yield ']'
}

async function* text(parts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const part of parts) yield Buffer.from(part)
}
