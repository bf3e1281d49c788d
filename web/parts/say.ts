/** How sizes, times and the state of work are said. */
import type { Job } from '../../src/contract/documents.ts'

export function bytes(size: number): string {
  // As limits are set and files are listed: 1,024 to the next unit.
  if (size < 1_024) return `${size} B`
  if (size < 1_048_576) return `${Math.round(size / 1_024)} KB`
  return `${(size / 1_048_576).toFixed(size % 1_048_576 === 0 || size >= 10_485_760 ? 0 : 1)} MB`
}

const steps = [
  { below: 45, unit: 'second', of: 1 },
  { below: 2_700, unit: 'minute', of: 60 },
  { below: 79_200, unit: 'hour', of: 3_600 },
  { below: 2_160_000, unit: 'day', of: 86_400 },
] as const
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' })

/** "2 min. ago", or the date when it was long ago. */
export function ago(time: string, now: number = Date.now()): string {
  const seconds = (now - Date.parse(time)) / 1_000
  const step = steps.find(({ below }) => Math.abs(seconds) < below)
  if (!step) return new Date(time).toLocaleDateString('en', { dateStyle: 'medium' })
  return step.of === 1 ? 'just now' : relative.format(-Math.round(seconds / step.of), step.unit)
}

const stages: Record<Job['progress']['stage'], string> = {
  queued: 'Queued',
  reading: 'Reading',
  recognising: 'Recognising text',
  'laying-out': 'Laying out',
  writing: 'Writing',
  analysing: 'Analysing',
  done: 'Done',
}

/** "Reading page 3 of 17". */
export function progressText({ status, progress }: Pick<Job, 'status' | 'progress'>): string {
  if (status === 'queued') return 'Queued'
  const { stage, page, pages } = progress
  if (page === null || page === 0) return `${stages[stage]}…`
  return pages === null ? `${stages[stage]}, page ${page}` : `${stages[stage]}, page ${page} of ${pages}`
}

/** 0 to 1 where pages are known. */
export const fraction = ({ progress: { page, pages } }: Pick<Job, 'progress'>): number | null =>
  page === null || !pages ? null : Math.min(1, page / pages)

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`
