import { type FormEvent, useState } from 'react'
import type { Proposal } from '../../../src/contract/proposals.ts'
import { Choice } from '../choice.tsx'
import { Modal } from '../modal.tsx'
import { instantOf, ownZone, wallOf } from '../when.ts'

type Due = Proposal['due']
type Props = { readonly due: Due; readonly onDue: (due: Due) => void; readonly onClose: () => void }

const usual = [
  ['America/New_York', 'Eastern (New York)'],
  ['America/Chicago', 'Central (Chicago)'],
  ['America/Denver', 'Mountain (Denver)'],
  ['America/Los_Angeles', 'Pacific (Los Angeles)'],
  ['Europe/London', 'London'],
  ['Europe/Berlin', 'Berlin'],
  ['UTC', 'UTC'],
] as const

/** The zone that was chosen or is the browser's own, then the usual ones, then all others. */
function zones(chosen: string): (readonly [string, string])[] {
  const first = [chosen, ownZone()].filter((zone) => !usual.some(([name]) => name === zone))
  const head = [...new Set(first)].map((zone) => [zone, zone] as const)
  const known = new Set([...head, ...usual].map(([name]) => name))
  const rest = Intl.supportedValuesOf('timeZone').filter((zone) => !known.has(zone))
  return [...head, ...usual, ...rest.map((zone) => [zone, zone.replaceAll('_', ' ')] as const)]
}

export function DueDialog({ due, onDue, onClose }: Props) {
  const [zone, setZone] = useState(due?.zone ?? ownZone())
  const [wall, setWall] = useState(due ? wallOf(due.at, due.zone) : '')
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (wall === '') return
    onDue({ at: instantOf(wall, zone), zone })
    onClose()
  }
  return (
    <Modal title="When it is due" onClose={onClose}>
      <form className="space-y-4" onSubmit={save}>
        <div className="grid gap-3 sm:grid-cols-2">
          <label className="block font-medium text-sm">
            Date and time
            <input
              type="datetime-local"
              required
              className="field mt-1 h-10 w-full"
              value={wall}
              onChange={(event) => setWall(event.target.value)}
            />
          </label>
          <div>
            <p className="mb-1 font-medium text-sm" aria-hidden="true">
              Zone the solicitation names
            </p>
            <Choice
              label="Time zone"
              className="h-10 w-full"
              value={zone}
              options={zones(zone)}
              onValue={setZone}
            />
          </div>
        </div>
        <div className="flex gap-2">
          <button type="submit" className="btn btn-primary">
            Save
          </button>
          {due && (
            <button
              type="button"
              className="btn btn-quiet"
              onClick={() => {
                onDue(null)
                onClose()
              }}
            >
              No due date
            </button>
          )}
        </div>
      </form>
    </Modal>
  )
}
