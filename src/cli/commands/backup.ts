/** `mdraft backup`: everything into one folder. */
import { resolve } from 'node:path'
import { loadConfig } from '../../platform/config/config.ts'
import { openHouse } from '../../server/house.ts'
import type { Command } from '../command.ts'
import { say } from '../say.ts'

export function configure(command: Command): void {
  command.argument('<folder>', 'a new folder').action(async (folder: string) => {
    const house = await openHouse(await loadConfig(), { serve: false, work: false })
    try {
      const { rows, files } = await house.backup(resolve(folder))
      const count = Object.values(rows).reduce((sum, table) => sum + table.count, 0)
      say(`mdraft: saved ${count} rows and ${files} files in ${folder}`)
    } finally {
      await house.close()
    }
  })
}
