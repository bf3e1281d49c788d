/** One line on a terminal that says how far a run is. */
import type { Progress } from '../../core/index.ts'

export type ProgressBar = {
  page(label: string, progress: Progress): void
  fileDone(label: string): void
  /** Clears the line, so that something else can be printed. */
  hide(): void
}

const WIDTH = 24
const MILLIS = 80

/** Nothing is drawn unless stderr is a terminal. */
export function createProgressBar(files: number, isQuiet: boolean): ProgressBar {
  const { stderr } = process
  if (isQuiet || !stderr.isTTY) return { page() {}, fileDone() {}, hide() {} }
  const running = new Map<string, Progress>()
  let done = 0
  let last = 0
  const draw = (force = false) => {
    const now = performance.now()
    if (!force && now - last < MILLIS) return
    last = now
    stderr.write(`\r\x1b[K${barLine(done, files, running, stderr.columns)}`)
  }
  return {
    page: (label, progress) => {
      running.set(label, progress)
      draw()
    },
    fileDone: (label) => {
      running.delete(label)
      done++
      if (done < files) draw(true)
    },
    hide: () => void stderr.write('\r\x1b[K'),
  }
}

export function barLine(
  done: number,
  files: number,
  running: ReadonlyMap<string, Progress>,
  columns = 80,
): string {
  const shares = [...running.values()].map(({ page, pages }) => (page && pages ? page / pages : 0))
  const share = Math.min(1, (done + shares.reduce((sum, part) => sum + part, 0)) / Math.max(1, files))
  const filled = Math.round(share * WIDTH)
  const bar = `[${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)}]`
  const pages = [...running].map(([label, { page, pages: all, stage }]) => {
    const where = page ? `page ${page}${all ? ` of ${all}` : ''}` : stage
    return `${label.split('/').at(-1)}: ${where}`
  })
  return `${bar} ${done}/${files} files  ${pages.join('  ')}`.slice(0, Math.max(20, columns - 1))
}
