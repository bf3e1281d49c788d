/**
 * What `zod` means in the browser (an alias in vite.config.ts). zod decides how to parse when schemas are made, and its
 * compiler needs the eval that the content security policy forbids: this has to run before any schema, in whatever
 * order the bundles load.
 */
import { z } from 'zod/v4'

z.config({ jitless: true })

export * from 'zod/v4'
