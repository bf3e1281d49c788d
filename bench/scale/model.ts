/** What a day of documents costs, from measured unit costs; and a simulation that checks the arithmetic. */

export type Costs = {
  /** Processor milliseconds a page, by kind of page. */
  readonly pageMs: Readonly<Record<'text' | 'word' | 'scan', number>>
  /** Processor milliseconds a job beside its pages, worker and database client together. */
  readonly jobMs: number
  readonly commitsPerJob: number
  readonly walBytesPerJob: number
  /** Original and all outputs, as stored. */
  readonly bytesPerPage: number
  readonly tokensPerPage: number
  /** Commits a second that the measured database took. */
  readonly commitsPerSecond: number
}

export type Day = {
  readonly pages: number
  readonly pagesPerJob: number
  /** Shares of pages; they add up to 1. */
  readonly mix: Costs['pageMs']
  /** The busiest hour's rate over the mean of the day. */
  readonly peak: number
}

export type Need = {
  readonly jobs: number
  readonly jobsPerSecondAtPeak: number
  readonly cores: number
  readonly commitsPerSecondAtPeak: number
  readonly walMegabytesPerSecondAtPeak: number
  readonly gigabytesPerDay: number
  readonly tokensPerDay: number
}

/** Cores are kept below this, or waiting grows without bound. */
const LOAD = 0.7

const meanPageMs = ({ pageMs }: Costs, { mix }: Day): number =>
  mix.text * pageMs.text + mix.word * pageMs.word + mix.scan * pageMs.scan

export const jobSeconds = (costs: Costs, day: Day): number =>
  (costs.jobMs + day.pagesPerJob * meanPageMs(costs, day)) / 1000

export function needOf(costs: Costs, day: Day): Need {
  const jobs = day.pages / day.pagesPerJob
  const rate = (jobs / 86_400) * day.peak
  return {
    jobs,
    jobsPerSecondAtPeak: rate,
    cores: Math.ceil((rate * jobSeconds(costs, day)) / LOAD),
    commitsPerSecondAtPeak: rate * costs.commitsPerJob,
    walMegabytesPerSecondAtPeak: (rate * costs.walBytesPerJob) / 1e6,
    gigabytesPerDay: (day.pages * costs.bytesPerPage) / 1e9,
    tokensPerDay: day.pages * costs.tokensPerPage,
  }
}

/**
 * The busiest hour, job by job: arrivals at random, lengths that vary as documents do (log-normal, few long ones), first come
 * first served on `cores`. @returns share of time the cores work, and seconds that jobs wait
 */
export function simulate(
  costs: Costs,
  day: Day,
  cores: number,
  seed = 1,
): { readonly load: number; readonly p50: number; readonly p95: number } {
  const random = generator(seed)
  const rate = needOf(costs, day).jobsPerSecondAtPeak
  const perPage = meanPageMs(costs, day) / 1000
  const spread = 1
  const free = new Float64Array(cores)
  const waits: number[] = []
  let now = 0
  let busy = 0
  while (now < 3600) {
    now += -Math.log(1 - random()) / rate
    const pages = day.pagesPerJob * Math.exp(spread * normal(random) - (spread * spread) / 2)
    const takes = costs.jobMs / 1000 + pages * perPage
    let first = 0
    for (let core = 1; core < cores; core++) if (free[core]! < free[first]!) first = core
    const begins = Math.max(now, free[first]!)
    free[first] = begins + takes
    waits.push(begins - now)
    busy += takes
  }
  waits.sort((one, other) => one - other)
  const at = (share: number) => waits[Math.floor(waits.length * share)] ?? 0
  return { load: busy / (now * cores), p50: at(0.5), p95: at(0.95) }
}

/** The fewest cores on which 19 of 20 jobs of the busiest hour wait no longer than `seconds`. */
export function coresFor(costs: Costs, day: Day, seconds: number): number {
  let [low, high] = [1, needOf(costs, day).cores * 2]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (simulate(costs, day, middle).p95 <= seconds) high = middle
    else low = middle + 1
  }
  return low
}

/** The same numbers on every run (mulberry32). */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
