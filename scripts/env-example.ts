/** Writes `.env.example` from the configuration's own rows. */
import { writeFileSync } from 'node:fs'
import { envExample } from '../src/platform/config/print.ts'

writeFileSync(new URL('../.env.example', import.meta.url), envExample())
