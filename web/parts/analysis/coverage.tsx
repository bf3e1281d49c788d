// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
import type { Analysis } from '../../../src/contract/analyses.ts'
import { useFocus } from '../focus.tsx'
import { Icon } from '../shell/icons.tsx'
import { Sentences } from './sentences.tsx'

/** What became of every sentence, what the document says of itself, and what to ask about. */
export function Coverage({ analysis, analysisId }: { analysis: Analysis; analysisId: string }) {
  const focus = useFocus()
  const { solicitation } = analysis
  const facts = [
    ['Number', solicitation.number],
    ['Title', solicitation.title ?? analysis.document.title],
    ['Issued by', solicitation.issuing_office],
    ['Type', solicitation.type],
    ['NAICS', solicitation.naics],
    ['Set-aside', solicitation.set_aside],
    ['Contract', solicitation.contract_type],
  ] as const
  return (
    <section tabIndex={0} aria-label="Coverage" className="min-h-0 flex-1 space-y-6 overflow-auto p-5">
      <section>
        <h3 className="mb-2 font-semibold">Solicitation</h3>
        <dl className="card grid grid-cols-[7rem_1fr] gap-y-1.5 p-4">
          {facts.map(([term, value]) => (
            <div key={term} className="contents">
              <dt className="text-ink-3">{term}</dt>
              <dd>{value ?? <span className="text-ink-3">Not stated</span>}</dd>
            </div>
          ))}
        </dl>
      </section>
      <Sentences analysis={analysis} analysisId={analysisId} />
      <section>
        <h3 className="mb-2 font-semibold">To check, or to ask the buyer</h3>
        {analysis.warnings.length === 0 ? (
          <p className="text-ink-2">Nothing stood out.</p>
        ) : (
          <ul className="card divide-y divide-line overflow-hidden">
            {analysis.warnings.map((warning, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the list of one analysis never changes
              <li key={index}>
                <button
                  type="button"
                  disabled={warning.page === null}
                  className="flex w-full items-start gap-3 px-3 py-2.5 text-left enabled:hover:bg-sunken"
                  onClick={() => focus.choose({ blocks: [], boxes: [], page: warning.page, from: 'finding' })}
                >
                  <Icon name="warning" className="mt-0.5 text-caution" />
                  <span className="min-w-0 flex-1">
                    {warning.message}
                    <span className="mt-0.5 block font-mono text-ink-3 text-xs">{warning.code}</span>
                  </span>
                  {warning.page !== null && <span className="chip">p. {warning.page}</span>}
                </button>
              </li>
            ))}
          </ul>
        )}
      </section>
    </section>
  )
}
