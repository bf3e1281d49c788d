/** `mdraft serve`: web app and API, and on an embedded database also the workers. */
import { loadConfig } from '../../platform/config/config.ts'
import { openHouse } from '../../server/house.ts'
import type { Command } from '../command.ts'
import { say } from '../say.ts'
import { untilStopped } from '../until-stopped.ts'

export function configure(command: Command): void {
  command
    .option('--worker', 'also do the work of a worker, as it does without DATABASE_URL')
    .action(async ({ worker }: { worker?: boolean }) => {
      const config = await loadConfig()
      const house = await openHouse(config, { serve: true, work: !config.databaseUrl || worker === true })
      const stopped = untilStopped(house)
      const address = await house.listen()
      say(`mdraft is ready at ${config.publicUrl ?? address}`)
      await stopped
    })
}
