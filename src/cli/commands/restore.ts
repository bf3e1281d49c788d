/** `mdraft restore`: what `mdraft backup` saved, into an empty database and storage. */
import { resolve } from 'node:path'
import { loadConfig } from '../../platform/config/config.ts'
import { openHouse } from '../../server/house.ts'
import type { Command } from '../command.ts'
import { say } from '../say.ts'

export function configure(command: Command): void {
  command.argument('<folder>', 'the folder of the backup').action(async (folder: string) => {
    const house = await openHouse(await loadConfig(), { serve: false, work: false })
    try {
      const { rows, files } = await house.restore(resolve(folder))
      const count = Object.values(rows).reduce((sum, table) => sum + table.count, 0)
      say(`mdraft: restored ${count} rows and ${files} files from ${folder}`)
    } finally {
      await house.close()
    }
  })
}
