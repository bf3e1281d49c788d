/** `mdraft worker`: takes jobs from a shared database until it is stopped. */
import { MdraftError } from '../../core/index.ts'
import { loadConfig } from '../../platform/config/config.ts'
import { openHouse } from '../../server/house.ts'
import type { Command } from '../command.ts'
import { untilStopped } from '../until-stopped.ts'

export function configure(command: Command): void {
  command.action(async () => {
    const config = await loadConfig()
    if (!config.databaseUrl)
      throw new MdraftError(
        'bad_option',
        'A worker of its own needs a database that several processes can share.',
        {
          fix: 'Set DATABASE_URL; without it, mdraft serve does the work itself.',
        },
      )
    const house = await openHouse(config, { serve: false, work: true })
    const stopped = untilStopped(house)
    house.log.info({ concurrency: config.work.concurrency }, 'worker is ready')
    await stopped
  })
}
