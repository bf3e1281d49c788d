/** One engine over some files, alone in its process, so that time and memory are its own. */
import { engines } from './engines.ts'

type Order = {
  readonly kind: string
  readonly name: string
  readonly paths: readonly string[]
  /** Read the first file once before the clock starts; not where memory is measured. */
  readonly warm: boolean
}
export type Reading = {
  readonly millis: readonly number[]
  readonly failed: number
  readonly characters: number
  readonly cpuMillis: number
  readonly peakMegabytes: number
}

process.on('message', async ({ kind, name, paths, warm }: Order) => {
  try {
    const engine = engines.find((one) => one.kind === kind && one.name === name)!
    const convert = await engine.load()
    // The first file would pay for loading and compiling.
    if (warm) await convert(paths[0]!).catch(() => '')
    const before = process.cpuUsage()
    const millis: number[] = []
    let failed = 0
    let characters = 0
    for (const path of paths) {
      const start = performance.now()
      const output = await convert(path).catch(() => undefined)
      millis.push(performance.now() - start)
      if (output === undefined) failed++
      else characters += output.length
    }
    const { user, system } = process.cpuUsage(before)
    const reading: Reading = {
      millis,
      failed,
      characters,
      cpuMillis: (user + system) / 1000,
      peakMegabytes: process.resourceUsage().maxRSS / 1024,
    }
    process.send?.({ reading })
  } catch (error) {
    process.send?.({ missing: String(error).split('\n')[0] })
  }
  process.disconnect?.()
})
