import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { ImportedMatrix, Proposal } from '../../../src/contract/proposals.ts'
import { importMatrix, refreshProposals } from '../../api/proposals.ts'
import { Modal } from '../modal.tsx'
import { plural } from '../say.ts'
import { announce } from '../shell/announce.tsx'
import { Problem } from '../shell/problem.tsx'

type Props = { readonly proposal: Proposal; readonly onClose: () => void }
type Edited = ImportedMatrix['changes'][number]

const fieldNames: Record<Edited['field'], string> = {
  status: 'Status',
  owner: 'Owner',
  response_location: 'Response',
  notes: 'Notes',
}

/** What a file would change is shown before anything is changed. */
export function ImportDialog({ proposal, onClose }: Props) {
  const [file, setFile] = useState<File | null>(null)
  const [takes, setTakes] = useState(false)
  const looking = useMutation({
    mutationFn: (chosen: File) => importMatrix(proposal.id, chosen, { apply: false, conflicts: 'keep' }),
  })
  const writing = useMutation({
    mutationFn: (chosen: File) =>
      importMatrix(proposal.id, chosen, { apply: true, conflicts: takes ? 'take' : 'keep' }),
    onSuccess: ({ rows }) => {
      announce(`${plural(rows, 'row')} changed.`)
      onClose()
    },
    onSettled: refreshProposals,
  })
  const found = looking.data
  const taken = found ? [...found.changes, ...(takes ? found.conflicts : [])] : []
  const count = new Set(taken.map(({ row_id }) => row_id)).size
  return (
    <Modal title="Bring the matrix back from a spreadsheet" onClose={onClose}>
      <p className="mb-3 text-ink-2">
        Choose the file that Export made, edited. Status, owner, response and notes are taken over; rows are
        known by a hidden column.
      </p>
      <input
        type="file"
        accept=".xlsx,.ods,.csv"
        aria-label="The file"
        className="field block w-full py-1.5"
        onChange={({ target }) => {
          const chosen = target.files?.[0] ?? null
          setFile(chosen)
          setTakes(false)
          looking.reset()
          writing.reset()
          if (chosen) looking.mutate(chosen)
        }}
      />
      <div role="status" className="mt-4">
        {looking.isPending && <span className="spinner" />}
        {found && (
          <p className="font-medium">
            {count === 0 ? 'Nothing would change.' : `${plural(count, 'row')} would change.`}
          </p>
        )}
        {found && found.refused.length > 0 && (
          <ul className="mt-2 max-h-40 list-disc overflow-auto pl-5 text-caution text-sm">
            {found.refused.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        )}
      </div>
      {found && found.conflicts.length > 0 && (
        <Conflicts conflicts={found.conflicts} takes={takes} onChoose={setTakes} />
      )}
      {(looking.error ?? writing.error) && (
        <div className="mt-4">
          <Problem error={(looking.error ?? writing.error)!} />
        </div>
      )}
      <div className="mt-5 flex gap-2">
        <button
          type="button"
          className="btn btn-primary"
          disabled={!file || count === 0 || writing.isPending}
          onClick={() => file && writing.mutate(file)}
        >
          {writing.isPending ? 'Changing…' : 'Change the rows'}
        </button>
        <button type="button" className="btn btn-quiet" onClick={onClose}>
          Cancel
        </button>
      </div>
    </Modal>
  )
}

type ConflictsProps = {
  readonly conflicts: readonly Edited[]
  readonly takes: boolean
  readonly onChoose: (takes: boolean) => void
}

/** Both values side by side, and one answer for all. */
function Conflicts({ conflicts, takes, onChoose }: ConflictsProps) {
  return (
    <fieldset className="mt-4">
      <legend className="font-medium">
        {plural(conflicts.length, 'cell')} changed in the file and here since
      </legend>
      <div className="mt-2 max-h-56 overflow-auto rounded border border-line">
        <table className="w-full text-left text-sm">
          <thead>
            <tr className="border-line border-b text-ink-2">
              <th className="px-2 py-1 font-medium">Cell</th>
              <th className="px-2 py-1 font-medium">Here</th>
              <th className="px-2 py-1 font-medium">In the file</th>
            </tr>
          </thead>
          <tbody>
            {conflicts.map(({ row_id, field, rfp_reference, current, file }) => (
              <tr key={`${row_id} ${field}`} className="border-line border-b align-top last:border-0">
                <td className="px-2 py-1">
                  {rfp_reference} {fieldNames[field]}
                </td>
                <td className="whitespace-pre-wrap px-2 py-1">{current || '–'}</td>
                <td className="whitespace-pre-wrap px-2 py-1">{file || '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="mt-2 flex gap-4">
        {[false, true].map((value) => (
          <label key={String(value)} className="flex items-center gap-2">
            <input type="radio" name="conflicts" checked={takes === value} onChange={() => onChoose(value)} />
            {value ? 'Take the file’s' : 'Keep what stands here'}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
