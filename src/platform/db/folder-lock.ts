/**
 * One process for one data folder: two on the same embedded database diverge in silence. The lock is SQLite's own
 * file lock, so the system drops it with the process however that ends, and no stale file has to be told apart.
 */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { MdraftError } from '../../core/index.ts'

export class FolderTaken extends MdraftError {
  constructor(folder: string, cause: unknown) {
    super('conflict', `Another mdraft process has the data in ${folder} open.`, {
      fix: 'Stop it, choose another DATA_DIR, or set DATABASE_URL to a PostgreSQL that several processes can share.',
      cause,
    })
  }
}

/** @throws FolderTaken */
export function lockFolder(folder: string): { release(): void } {
  const file = new DatabaseSync(join(folder, 'lock'), { timeout: 0 })
  try {
    file.exec('pragma locking_mode = exclusive; begin exclusive')
  } catch (error) {
    file.close()
    throw new FolderTaken(folder, error)
  }
  return { release: () => file.isOpen && file.close() }
}
