/** What became of every sentence, and the pages coloured by it. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import type { Analysis, Sentence } from '../../../src/contract/analyses.ts'
import { coverageQuery } from '../../api/queries.ts'
import { type Painted, useFocus } from '../focus.tsx'
import { Problem } from '../shell/problem.tsx'
import { byWeight, isQuiet, lookOf } from './dispositions.ts'

type Props = { readonly analysis: Analysis; readonly analysisId: string }

export function Sentences({ analysis, analysisId }: Props) {
  const { sentences, by_disposition } = analysis.coverage
  const parts = Object.entries(by_disposition).sort(([one], [other]) => byWeight(one, other))
  const [hidden, setHidden] = useState<readonly string[]>(parts.map(([name]) => name).filter(isQuiet))
  const { data, error } = useQuery(coverageQuery(analysisId))
  usePaint(data?.sentences ?? null, hidden)
  const isAll = hidden.length === 0
  return (
    <section>
      <h3 className="mb-1 font-semibold">What became of each sentence</h3>
      <p className="mb-3 text-ink-2">
        {sentences.toLocaleString('en-US')} sentences were read; each one is accounted for. The pages are
        coloured by it while this is open.
      </p>
      {error && <Problem error={error} />}
      {data?.sentences === null && (
        <p className="mb-3 text-ink-3">
          This analysis is older than the list of its sentences: analyse the document again to colour its
          pages.
        </p>
      )}
      <div className="mb-3 flex h-3 overflow-hidden rounded-full bg-sunken" aria-hidden="true">
        {parts.map(([name, count]) => (
          <span
            key={name}
            style={{
              width: `${(count / Math.max(1, sentences)) * 100}%`,
              background: lookOf(name).colour,
              opacity: hidden.includes(name) ? 0.45 : 1,
            }}
          />
        ))}
      </div>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(15rem,1fr))] gap-x-6">
        {parts.map(([name, count]) => (
          <li key={name}>
            <label className="flex min-h-7 items-center gap-2">
              <input
                type="checkbox"
                checked={!hidden.includes(name)}
                onChange={({ target }) =>
                  setHidden(target.checked ? hidden.filter((one) => one !== name) : [...hidden, name])
                }
              />
              <span
                className="size-3.5 rounded-sm border border-line-strong"
                style={{ background: lookOf(name).colour }}
                aria-hidden="true"
              />
              <span className="min-w-0 flex-1 truncate" title={lookOf(name).means}>
                {lookOf(name).name} <span className="text-ink-3 text-sm">{lookOf(name).means}</span>
              </span>
              <span className="text-ink-3 tabular-nums">{count}</span>
            </label>
          </li>
        ))}
      </ul>
      <button
        type="button"
        className="btn mt-2"
        onClick={() => setHidden(isAll ? parts.map(([name]) => name).filter(isQuiet) : [])}
      >
        {isAll ? 'Colour only what binds' : 'Colour everything'}
      </button>
    </section>
  )
}

/** Colours the pages while the view is open. */
function usePaint(sentences: readonly Sentence[] | null, hidden: readonly string[]): void {
  const focus = useFocus()
  const painted = useMemo(
    () =>
      (sentences ?? [])
        .filter(({ disposition }) => !hidden.includes(disposition))
        // Where two share a block without boxes, the weightier comes last and wins.
        .toSorted((one, other) => byWeight(other.disposition, one.disposition))
        .map(
          ({ boxes, block_ids, disposition }): Painted => ({
            boxes,
            blocks: block_ids,
            colour: lookOf(disposition).colour,
          }),
        ),
    [sentences, hidden],
  )
  useEffect(() => {
    focus.paint(painted)
    return () => focus.paint([])
  }, [focus, painted])
}
