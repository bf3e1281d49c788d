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

/** Tells whether a title's number is the next to one of these headings', or the first below it. */
export function isTiedTo(headings: readonly Candidate[]): (candidate: Candidate) => boolean {
  const steps = headings.flatMap((heading) => stepOf(heading) ?? [])
  const known = new Set(steps.map(({ series, at }) => `${series}${at}`))
  return (candidate) => {
    const step = stepOf(candidate)
    if (!step) return false
    const { series, at, above } = step
    const isNext = known.has(`${series}${at - 1}`) || known.has(`${series}${at + 1}`)
    return isNext || (above !== '' && known.has(`${series.split(' ')[0]} ${above}`))
  }
}
