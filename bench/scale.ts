/**
 * How large a house must be: measures unit costs on this machine, reckons what a day of documents needs, checks it by simulation,
 * and writes `docs/scale.md`.
 *
 *   node bench/scale.ts [--pages 10000000]
 */
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { table } from './measure.ts'
import { measureCosts } from './scale/costs.ts'
import { type Costs, coresFor, type Day, jobSeconds, needOf, simulate } from './scale/model.ts'

const { values } = parseArgs({ options: { pages: { type: 'string', default: '10000000' } } })
const WAIT_SECONDS = 30

const day: Day = {
  pages: Number(values.pages),
  pagesPerJob: 20,
  mix: { text: 0.7, word: 0.2, scan: 0.1 },
  peak: 3,
}
const withoutScans: Day = { ...day, mix: { text: 0.8, word: 0.2, scan: 0 } }

const round = (value: number, digits = 0) =>
  value.toLocaleString('en-US', { maximumFractionDigits: digits, minimumFractionDigits: digits })

function needs(costs: Costs): string {
  const row = (name: string, one: Day) => {
    const need = needOf(costs, one)
    const cores = coresFor(costs, one, WAIT_SECONDS)
    const { load, p95 } = simulate(costs, one, cores)
    return [
      name,
      round(need.jobsPerSecondAtPeak, 1),
      round(jobSeconds(costs, one), 2),
      round(need.cores),
      `${round(cores)} (${round(load * 100)} % busy, p95 wait ${round(p95)} s)`,
      `${round(need.commitsPerSecondAtPeak)} (${round((need.commitsPerSecondAtPeak / costs.commitsPerSecond) * 100)} %)`,
      round(need.walMegabytesPerSecondAtPeak, 1),
      round(need.gigabytesPerDay),
      round(need.tokensPerDay / 1e6),
    ]
  }
  const tenth = { ...day, pages: day.pages / 10 }
  return table(
    [
      'a day of',
      'jobs/s at peak',
      'CPU s a job',
      `cores at 70 %`,
      `cores for p95 wait ≤ ${WAIT_SECONDS} s, simulated`,
      'commits/s at peak (of measured)',
      'log MB/s',
      'stored GB',
      'million tokens, if all were sent to a model',
    ],
    [
      row(`${round(tenth.pages)} pages, 1 in 10 scanned`, tenth),
      row(`${round(day.pages)} pages, 1 in 10 scanned`, day),
      row(`${round(day.pages)} pages, none scanned`, withoutScans),
    ],
  )
}

const costs = await measureCosts()
const date = new Date().toISOString().slice(0, 10)
const units = table(
  ['unit', 'cost'],
  [
    ['page of PDF with text', `${round(costs.pageMs.text, 1)} ms CPU`],
    ['page of Word', `${round(costs.pageMs.word, 1)} ms CPU`],
    ['scanned page, recognised', `${round(costs.pageMs.scan)} ms CPU`],
    ['job beside its pages (upload, claim, progress, outputs)', `${round(costs.jobMs, 1)} ms CPU`],
    [
      'job',
      `${round(costs.commitsPerJob, 1)} commits, ${round(costs.walBytesPerJob / 1000, 1)} kB of database log`,
    ],
    ['page, original and all outputs', `${round(costs.bytesPerPage / 1000, 1)} kB stored`],
    ['page', `${round(costs.tokensPerPage)} tokens`],
    ['database, small writes on 8 connections', `${round(costs.commitsPerSecond)} commits/s (fsync off)`],
  ],
)
const first = needOf(costs, day)
const share = first.commitsPerSecondAtPeak / costs.commitsPerSecond
writeFileSync(
  resolve(import.meta.dirname, '../docs/scale.md'),
  `# How large

Written by \`node bench/scale.ts\` on ${date}, on ${cpus().length} cores (${cpus()[0]?.model.trim()}), Node ${process.versions.node}.
Measured costs, the arithmetic (\`bench/scale/model.ts\`), and a simulation of the busiest hour (random arrivals at
${day.peak} times the day's mean, jobs of ${day.pagesPerJob} pages on average and a few very long ones, an hour that begins with nothing waiting: with fewer cores
than the arithmetic asks for, the simulated hour ends in time but leaves no reserve).

## Unit costs

${units}

## What it takes

${needs(costs)}

## What breaks first

1. **Processors for recognition.** A scanned page costs as much as ${round(costs.pageMs.scan / costs.pageMs.text)} with text: of ${round(first.cores)} cores, ${round((100 * day.mix.scan * costs.pageMs.scan * day.pagesPerJob) / 1000 / jobSeconds(costs, day))} % recognise. Workers hold no state:
   add processes until the wait is short (\`oldest_job_age_seconds\` tells), or send scans to Document AI.
2. **The database** is at ${round(share * 100)} % of what this machine's took without waiting for its disk; with one that does wait, count on a few thousand
   commits a second on local disks. Progress is written as it happens, so it is the first to be thinned.
3. **Storage** grows by ${round(first.gigabytesPerDay)} GB a day: keep files in a bucket (\`GCS_BUCKET_NAME\` or S3) and retention short.
4. **A model**, if one reads everything, costs more than all else: see the tokens.

The web processes do little: a request for a job's state costs a query; uploads are streamed. Two for safety, more when their
processors are busy. Jobs of one owner stand behind each other, so one heap does not delay the others.
`,
)
process.exit(0)
