/** What a prompt found, each row with its quote and page. */
import { Link } from '@tanstack/react-router'
import type { AgentRun } from '../../../src/contract/analyses.ts'

export function Findings({ run, documentId }: { run: AgentRun; documentId: string | null }) {
  const { findings, model, warnings } = run
  return (
    <div className="mt-4">
      <p role="status" className="mb-2 text-ink-2 text-sm">
        {findings.length} {findings.length === 1 ? 'finding' : 'findings'} by {model.name}, each quoted from
        the document.{' '}
        {documentId && (
          <Link to="/documents/$id" params={{ id: documentId }} className="text-accent underline">
            Open the document
          </Link>
        )}
      </p>
      {findings.length > 0 && (
        <table className="w-full text-left text-sm">
          <thead>
            <tr className="border-line border-b text-ink-2">
              <th scope="col" className="py-1.5 pr-3 font-medium">
                Found
              </th>
              <th scope="col" className="py-1.5 pr-3 font-medium">
                Quote
              </th>
              <th scope="col" className="py-1.5 font-medium">
                Page
              </th>
            </tr>
          </thead>
          <tbody>
            {findings.map((finding) => (
              <tr key={`${finding.label} ${finding.quote}`} className="border-line border-b align-top">
                <td className="py-2 pr-3">
                  <span className="font-medium">{finding.label}</span>
                  {finding.note && <span className="block text-ink-2">{finding.note}</span>}
                </td>
                <td className="py-2 pr-3">“{finding.quote}”</td>
                <td className="py-2">{finding.page ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {warnings.map((warning) => (
        <p key={warning.message} className="mt-2 text-caution text-sm">
          {warning.message}
        </p>
      ))}
    </div>
  )
}
