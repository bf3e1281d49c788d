/** `mdraft migrate`: brings the database to what this version needs, or says why it will not. */
import { migrationStatusSchema } from '../../contract/ops.ts'
import { type Config, loadConfig } from '../../platform/config/config.ts'
import { migrate } from '../../platform/db/migrate.ts'
import { openDb } from '../../platform/db/open.ts'
import { openQueue } from '../../platform/queue.ts'
import type { Command } from '../command.ts'
import { orAskRunning } from '../running.ts'
import { say } from '../say.ts'

export function configure(command: Command): void {
  command.action(async () => {
    const config = await loadConfig()
    // A server that holds the embedded database has migrated it when it started.
    const { current } = await orAskRunning(config, () => migrateOwn(config), {
      method: 'GET',
      path: '/api/ops/migration_status',
      read: (answer) => migrationStatusSchema.parse(answer),
    })
    say(`mdraft: the database is at migration ${current}, as expected`)
  })
}

async function migrateOwn(config: Config): Promise<{ current: number }> {
  const db = await openDb({ url: config.databaseUrl, folder: config.dataDir })
  try {
    const status = await migrate(db, { onApplied: (name) => say(`mdraft: applied ${name}`) })
    // The queue keeps its tables in a schema of its own and brings them up to date when it opens.
    const queue = await openQueue(db, { ...config.work, works: false, onError: () => {} })
    await queue.stop(1_000)
    return status
  } finally {
    await db.close()
  }
}
