/** An embedded database belongs to one process: when a server has it open, a command asks that server instead. */
import type { Config } from '../platform/config/config.ts'
import { FolderTaken } from '../platform/db/folder-lock.ts'
import { askRunning, findCard } from '../platform/running.ts'

type Question<T> = {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly read: (answer: { data?: unknown } & Record<string, unknown>) => T
}

export async function orAskRunning<T>(
  { dataDir }: Pick<Config, 'dataDir'>,
  work: () => Promise<T>,
  { method, path, read }: Question<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const card = error instanceof FolderTaken ? await findCard(dataDir) : undefined
    if (!card) throw error
    const answer = await askRunning(card, path, method)
    return read(answer as Record<string, unknown>)
  }
}
