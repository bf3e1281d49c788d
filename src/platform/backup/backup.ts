/**
 * A copy of everything in one folder: `manifest.json`, `rows/TABLE.jsonl.gz`, `files/KEY`. It is the same for the embedded
 * database and for PostgreSQL, so it also moves a house from one to the other.
 */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { z } from 'zod'
import { MdraftError } from '../../core/index.ts'
import type { Blobs } from '../blobs/blobs.ts'
import type { Db, Trx } from '../db/db.ts'
import { migrationStatus } from '../db/migrate.ts'
import { firstFilled, readRows, writeRows } from './rows.ts'

const manifestSchema = z.object({
  format: z.literal('mdraft.backup/1'),
  migration: z.number().int(),
  rows: z.record(z.string(), z.object({ count: z.number().int(), sha256: z.string() })),
  files: z.number().int(),
})
export type BackupManifest = z.infer<typeof manifestSchema>

const rowsFile = (folder: string, table: string) => join(folder, 'rows', `${table}.jsonl.gz`)

type Parts = { readonly db: Db; readonly blobs: Blobs }

/**
 * The manifest is written last: a folder without one is no backup.
 * @throws MdraftError `conflict` when the folder holds something
 */
export async function writeBackup({ db, blobs }: Parts, folder: string): Promise<BackupManifest> {
  await mkdir(join(folder, 'rows'), { recursive: true })
  if ((await readdir(folder)).length > 1)
    throw new MdraftError('conflict', 'The folder is not empty.', { fix: 'Name a new folder.' })
  const rows: BackupManifest['rows'] = {}
  await readRows(db, async (table, lines) => {
    const hash = createHash('sha256')
    let count = 0
    const text = async function* () {
      for await (const line of lines) {
        count++
        hash.update(line).update('\n')
        yield `${line}\n`
      }
    }
    await pipeline(Readable.from(text()), createGzip(), createWriteStream(rowsFile(folder, table)))
    rows[table] = { count, sha256: hash.digest('hex') }
  })
  // Rows first: a file that is stored meanwhile is of no row here and does no harm.
  let files = 0
  for await (const { key } of blobs.list('')) {
    const path = join(folder, 'files', key)
    await mkdir(dirname(path), { recursive: true })
    const content = await blobs.read(key).catch(() => undefined)
    if (!content) continue
    await pipeline(content, createWriteStream(path))
    files++
  }
  const { current: migration } = await migrationStatus(db)
  const manifest: BackupManifest = { format: 'mdraft.backup/1', migration, rows, files }
  await writeFile(join(folder, 'manifest.part'), `${JSON.stringify(manifest, null, 2)}\n`)
  await rename(join(folder, 'manifest.part'), join(folder, 'manifest.json'))
  return manifest
}

/**
 * Into an empty database at the migration the backup was made at. All rows or none; `after` is of the same transaction.
 * @throws MdraftError `malformed`, `conflict`
 */
export async function readBackup(
  { db, blobs }: Parts,
  folder: string,
  after: (trx: Trx) => Promise<void>,
): Promise<BackupManifest> {
  const manifest = await manifestOf(folder)
  const { current } = await migrationStatus(db)
  if (current !== manifest.migration)
    throw new MdraftError(
      'conflict',
      `The backup is of migration ${manifest.migration}, the database is at ${current}.`,
      { fix: 'Restore it with the version of mdraft that made it, then migrate.' },
    )
  const filled = await firstFilled(db)
  if (filled)
    throw new MdraftError('conflict', `The database is not empty: ${filled} has rows.`, {
      fix: 'Restore into a new database.',
    })
  // Files first: rows never name a file that is not there yet.
  let files = 0
  for (const path of await filesOf(join(folder, 'files'))) {
    await blobs.write(path.split(sep).join('/'), createReadStream(join(folder, 'files', path)))
    files++
  }
  if (files < manifest.files) throw damaged(`${manifest.files - files} files are missing`)
  await writeRows(db, (table) => checkedLines(rowsFile(folder, table), table, manifest.rows[table]), after)
  return manifest
}

async function manifestOf(folder: string): Promise<BackupManifest> {
  try {
    return manifestSchema.parse(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')))
  } catch (cause) {
    throw new MdraftError('malformed', 'The folder holds no whole backup: its manifest cannot be read.', {
      fix: 'Name the folder that mdraft backup wrote.',
      cause,
    })
  }
}

const damaged = (what: string) =>
  new MdraftError('malformed', `The backup is damaged: ${what}.`, { fix: 'Use another backup.' })

/** The transaction fails at the end of a table whose lines are not those that were written. */
async function* checkedLines(
  path: string,
  table: string,
  expected: BackupManifest['rows'][string] | undefined,
): AsyncGenerator<string> {
  if (!expected) return
  const hash = createHash('sha256')
  let count = 0
  try {
    const lines = createInterface({ input: createReadStream(path).pipe(createGunzip()) })
    for await (const line of lines) {
      count++
      hash.update(line).update('\n')
      yield line
    }
  } catch {
    throw damaged(`the rows of ${table} cannot be read`)
  }
  if (count !== expected.count || hash.digest('hex') !== expected.sha256)
    throw damaged(`the rows of ${table} are not those that were saved`)
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
}
