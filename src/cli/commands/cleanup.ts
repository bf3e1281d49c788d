/** `mdraft cleanup`: retention by hand or by cron. */
import { receiptSchema } from '../../contract/ops.ts'
import { loadConfig } from '../../platform/config/config.ts'
import { openHouse } from '../../server/house.ts'
import type { Command } from '../command.ts'
import { orAskRunning } from '../running.ts'
import { say } from '../say.ts'

export function configure(command: Command): void {
  command.action(async () => {
    const config = await loadConfig()
    const receipt = await orAskRunning(
      config,
      async () => {
        const house = await openHouse(config, { serve: false, work: false })
        return house.cleanup().finally(() => house.close())
      },
      { method: 'POST', path: '/api/ops/cleanup', read: (answer) => receiptSchema.parse(answer.data) },
    )
    say(
      `mdraft: deleted ${Object.entries(receipt)
        .map(([what, count]) => `${count} ${what}`)
        .join(', ')}`,
    )
  })
}
