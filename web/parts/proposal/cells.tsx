/** Fields of a row that are edited where they stand. */
import { useEffect, useRef, useState } from 'react'
import { type MatrixRow, rowStateNames, rowStates } from '../../../src/contract/proposals.ts'
import type { RowChange } from '../../api/proposals.ts'
import { Choice } from '../choice.tsx'
import type { People } from './people.ts'
import { rowStateLooks } from './states.ts'

type CellProps = {
  readonly row: MatrixRow
  readonly isFixed: boolean
  readonly onChange: (base: MatrixRow, change: RowChange) => void
}
const nameOf = (row: MatrixRow) => row.rfp_reference || row.requirement_text.slice(0, 40)

export const StatusCell = ({ row, isFixed, onChange }: CellProps) => (
  <Choice
    label={`Status of ${nameOf(row)}`}
    className={`w-full px-1.5 ${rowStateLooks[row.status]}`}
    disabled={isFixed}
    value={row.status}
    options={rowStates.map((state) => [state, rowStateNames[state]] as const)}
    onValue={(status) => onChange(row, { status })}
  />
)

export const OwnerCell = ({ row, isFixed, onChange, people }: CellProps & { people: People }) => (
  <Choice
    label={`Owner of ${nameOf(row)}`}
    className={`w-full px-1.5 ${row.owner_id ? '' : 'text-ink-3'}`}
    disabled={isFixed || people.all.length === 0}
    value={row.owner_id ?? ''}
    options={[
      ['', 'Nobody'],
      ...people.all.map(({ id, name }) => [id, name] as const),
      // Whoever left the team still owns what nobody took over.
      ...(row.owner_id && !people.all.some(({ id }) => id === row.owner_id)
        ? [[row.owner_id, 'Left the team'] as const]
        : []),
    ]}
    onValue={(owner) => onChange(row, { owner_id: owner || null })}
  />
)

type TextProps = CellProps & { readonly field: 'response_location' | 'notes' }

/** Written when the field is left; Escape takes the typing back. */
export function TextCell({ row, isFixed, onChange, field }: TextProps) {
  const [draft, setDraft] = useState<string | null>(null)
  // The row as it stood when the typing began: what a conflict is measured by.
  const base = useRef(row)
  const commit = () => {
    if (draft !== null && draft.trim() !== base.current[field])
      onChange(base.current, { [field]: draft.trim() })
    setDraft(null)
  }
  // A row scrolled out of sight is taken away without leaving its fields.
  const latest = useRef(commit)
  latest.current = commit
  useEffect(() => () => latest.current(), [])
  const shared = {
    'aria-label': `${field === 'notes' ? 'Notes on' : 'Response location of'} ${nameOf(row)}`,
    disabled: isFixed,
    value: draft ?? row[field],
    onFocus: () => {
      base.current = row
    },
    onChange: ({ target }: { target: { value: string } }) => {
      if (draft === null) base.current = row
      setDraft(target.value)
    },
    onBlur: commit,
  }
  if (field === 'notes')
    return (
      <textarea
        {...shared}
        className="field [field-sizing:content] block max-h-60 min-h-20 w-full py-1.5"
        placeholder="How we comply, what is open"
        maxLength={20_000}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setDraft(null)
        }}
      />
    )
  return (
    <input
      {...shared}
      className="field w-full border-transparent bg-transparent px-1.5 hover:border-line-strong focus:border-line-strong focus:bg-surface"
      placeholder="–"
      maxLength={255}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur()
        if (event.key === 'Escape') setDraft(null)
      }}
    />
  )
}
