import type { Writer } from './writer.ts'

/** The Doc itself. */
export const writeJson: Writer = (doc) => ({ text: `${JSON.stringify(doc, null, 2)}\n`, map: [] })
