/** What a server on this machine would need, one check at a time, without starting one. */
import { existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { MdraftError } from '../core/index.ts'
import { openBlobs } from '../platform/blobs/open.ts'
import type { Config } from '../platform/config/config.ts'
import { FolderTaken } from '../platform/db/folder-lock.ts'
import { isBehind, migrationStatus } from '../platform/db/migrate.ts'
import { openDb } from '../platform/db/open.ts'
import { openOcr } from '../platform/ocr/open.ts'
import { findCard } from '../platform/running.ts'

const LEAST_FREE = 2 ** 30

export type ServerCheck = { readonly name: string; readonly look: (config: Config) => Promise<string> }

export const serverChecks: readonly ServerCheck[] = [
  { name: 'disk', look: freeSpace },
  { name: 'database', look: database },
  { name: 'storage', look: storage },
  { name: 'recognition engine', look: recognition },
]

async function freeSpace({ dataDir }: Config): Promise<string> {
  let folder = dataDir
  while (!existsSync(folder)) folder = dirname(folder)
  const { bavail, bsize } = await statfs(folder)
  const free = `${Math.floor((bavail * bsize) / 2 ** 20)} MB free where data is kept`
  if (bavail * bsize < LEAST_FREE)
    throw new MdraftError('unavailable', `Only ${free}.`, { fix: 'Free some, or choose another DATA_DIR.' })
  return free
}

async function database({ databaseUrl, dataDir }: Config): Promise<string> {
  if (!databaseUrl && !existsSync(join(dataDir, 'postgres'))) return 'embedded, made at the first start'
  try {
    const db = await openDb({ url: databaseUrl, folder: dataDir, poolSize: 2 })
    try {
      const status = await migrationStatus(db)
      const [problem] = [
        ...status.problems,
        ...(isBehind(status) ? [`behind by ${status.pending.join(', ')}`] : []),
      ]
      // The embedded one is migrated by whoever opens it to work.
      if (problem && (databaseUrl || status.problems.length > 0))
        throw new MdraftError('conflict', `The database is not as expected: ${problem}.`, {
          fix: 'Run: mdraft migrate',
        })
      return `${db.engine}, at migration ${status.current} of ${status.expected}`
    } finally {
      await db.close()
    }
  } catch (error) {
    const card = error instanceof FolderTaken ? await findCard(dataDir) : undefined
    if (card) return `embedded, in use by the server at ${card.url}`
    if (error instanceof MdraftError) throw error
    throw new MdraftError('unavailable', 'The database does not answer.', {
      fix: 'Check DATABASE_URL, and that PostgreSQL runs and lets this machine in.',
      cause: error,
    })
  }
}

async function storage(config: Config): Promise<string> {
  const { gcs, s3 } = config.storage
  const blobs = await openBlobs(config)
  await blobs.check()
  return `${blobs.name}, ${(gcs ?? s3)?.bucket ?? join(config.dataDir, 'files')}: writes, reads and removes`
}

/** A blank page, so that a processor that is not there is found before the first scan. */
async function recognition({ ocr: settings }: Config): Promise<string> {
  const ocr = await openOcr(settings)
  if (ocr === 'child') return 'built in'
  const picture = { width: 64, height: 32, grey: new Uint8Array(64 * 32).fill(255), dpi: 150 }
  await ocr.recognise(picture, { languages: ['eng'], layout: 'page' })
  await ocr.close?.()
  return `${ocr.name} answers`
}
