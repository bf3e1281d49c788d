import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { MatrixRow, Proposal } from '../../../src/contract/proposals.ts'
import { changeRow, refreshProposals } from '../../api/proposals.ts'
import { Modal } from '../modal.tsx'
import { plural } from '../say.ts'
import { announce } from '../shell/announce.tsx'
import { Problem } from '../shell/problem.tsx'
import { type Import, readMatrix } from './matrix-file.ts'
import type { People } from './people.ts'

type Props = {
  readonly proposal: Proposal
  readonly rows: readonly MatrixRow[]
  readonly people: People
  readonly onClose: () => void
}

/** What a file would change is shown before anything is changed. */
export function ImportDialog({ proposal, rows, people, onClose }: Props) {
  const [found, setFound] = useState<Import | null>(null)
  const [done, setDone] = useState(0)
  const writing = useMutation({
    mutationFn: async ({ changes }: Import) => {
      for (const [index, { row, change }] of changes.entries()) {
        await changeRow(proposal.id, row.id, { ...change, version: row.version })
        setDone(index + 1)
      }
    },
    onSuccess: (_, { changes }) => {
      announce(`${plural(changes.length, 'row')} changed.`)
      onClose()
    },
    onSettled: refreshProposals,
  })
  return (
    <Modal title="Bring the matrix back from a spreadsheet" onClose={onClose}>
      <p className="mb-3 text-ink-2">
        Choose the CSV file that Export made, edited. Status, owner, response and notes are taken over; rows
        are known by their id.
      </p>
      <input
        type="file"
        accept=".csv,text/csv"
        aria-label="The file"
        className="field block w-full py-1.5"
        onChange={async (event) => {
          const file = event.target.files?.[0]
          setFound(file ? readMatrix(await file.text(), rows, people) : null)
        }}
      />
      {found && (
        <div role="status" className="mt-4">
          <p className="font-medium">
            {found.changes.length === 0
              ? 'Nothing would change.'
              : `${plural(found.changes.length, 'row')} would change.`}
          </p>
          {found.refused.length > 0 && (
            <ul className="mt-2 max-h-40 list-disc overflow-auto pl-5 text-caution text-sm">
              {found.refused.map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          )}
        </div>
      )}
      {writing.error && (
        <div className="mt-4">
          <Problem error={writing.error} />
        </div>
      )}
      <div className="mt-5 flex gap-2">
        <button
          type="button"
          className="btn btn-primary"
          disabled={!found || found.changes.length === 0 || writing.isPending}
          onClick={() => found && writing.mutate(found)}
        >
          {writing.isPending ? `${done} of ${found?.changes.length}` : 'Change the rows'}
        </button>
        <button type="button" className="btn btn-quiet" onClick={onClose}>
          Cancel
        </button>
      </div>
    </Modal>
  )
}
