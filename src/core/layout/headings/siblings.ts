/** Numbers that tie a title to headings: what names 7, 7.2 and 7.4 names 7.3 too. */
import { labelOf } from '../numbering.ts'
import type { Candidate } from './features.ts'

type Step = { readonly series: string; readonly at: number; readonly above: string }

/** "7.3" is step 3 of the series "7.", below the number "7"; bold and light type are not of one series. */
function stepOf({ block, text }: Candidate): Step | undefined {
  const label = labelOf(text)
  if (label?.kind !== 'decimal') return undefined
  const [, front, digits] = /^(.*?)(\d{1,3})[a-z.)]*$/.exec(label.text) ?? []
  if (front === undefined) return undefined
  const weight = block.lines.every((line) => line.isBold) ? 'bold' : 'light'
  return { series: `${weight} ${front}`, at: Number(digits), above: front.replace(/[.-]$/, '') }
}

type Series = {
  /** Whether the title's number is the next to that of a heading, or the first below it. */
  ties(candidate: Candidate): boolean
  add(heading: Candidate): void
}

export function seriesOf(headings: readonly Candidate[]): Series {
  const known = new Set<string>()
  const steps = new Map<Candidate, Step | undefined>()
  const read = (candidate: Candidate): Step | undefined => {
    if (!steps.has(candidate)) steps.set(candidate, stepOf(candidate))
    return steps.get(candidate)
  }
  const add = (heading: Candidate): void => {
    const step = read(heading)
    if (step) known.add(`${step.series}${step.at}`)
  }
  for (const heading of headings) add(heading)
  return {
    add,
    ties: (candidate) => {
      const step = read(candidate)
      if (!step) return false
      const { series, at, above } = step
      const isNext = known.has(`${series}${at - 1}`) || known.has(`${series}${at + 1}`)
      return isNext || (above !== '' && known.has(`${series.split(' ')[0]} ${above}`))
    },
  }
}
