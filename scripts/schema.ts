/** Writes `migrations/schema.json`: what a database looks like after every migration. */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { applyAll } from '../src/platform/db/migrate.ts'
import { openDb } from '../src/platform/db/open.ts'
import { readSchema } from '../src/platform/db/schema.ts'

const db = await openDb({})
await applyAll(db)
const { schema_migrations: _, ...schema } = await readSchema(db)
writeFileSync(
  fileURLToPath(new URL('../migrations/schema.json', import.meta.url)),
  `${JSON.stringify(schema, null, 2)}\n`,
)
await db.close()
