/** Runs until the system or the terminal asks to stop, then closes in order; a second time stops at once. */
import { asMdraftError } from '../core/index.ts'
import type { House } from '../server/house.ts'

export async function untilStopped(house: House): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const)
      process.once(signal, () => {
        house.log.info({ signal }, 'stopping')
        process.once(signal, () => process.exit(1))
        resolve()
      })
  })
  try {
    await house.close()
    house.log.info('stopped')
  } catch (error) {
    house.log.error({ err: asMdraftError(error) }, 'stopping failed')
    process.exitCode = 1
  }
}
