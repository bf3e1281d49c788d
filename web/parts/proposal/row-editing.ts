/**
 * Several people edit one matrix. A change is sent with the version it was made from. When somebody else changed the
 * row meanwhile, but other fields of it, both changes stand; when it was the same field, the user decides.
 */
import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import type { MatrixRow } from '../../../src/contract/proposals.ts'
import { ApiError } from '../../api/client.ts'
import { activityQuery, changeRow, matrixQuery, type RowChange } from '../../api/proposals.ts'
import { announce } from '../shell/announce.tsx'

export type Conflict = { readonly mine: RowChange; readonly theirs: MatrixRow }

export type RowEditing = {
  readonly conflicts: ReadonlyMap<string, Conflict>
  /** `base`: the row as the user saw it when the change began. */
  change(base: MatrixRow, change: RowChange): void
  /** Takes what stands there now, or writes the user's own over it. */
  settle(rowId: string, whose: 'mine' | 'theirs'): void
}

const fieldsOf = (change: RowChange) => Object.keys(change) as (keyof RowChange)[] // its own keys

/** Whether somebody changed what the user is changing. */
export const collides = (base: MatrixRow, now: MatrixRow, change: RowChange): boolean =>
  fieldsOf(change).some((field) => base[field] !== now[field] && now[field] !== change[field])

export function useRowEditing(proposalId: string): RowEditing {
  const client = useQueryClient()
  const [conflicts, setConflicts] = useState<ReadonlyMap<string, Conflict>>(new Map())
  // One change of a row after the other: the second is made from the version that the first leaves.
  const queues = useRef(new Map<string, Promise<void>>())
  return useMemo(() => {
    const { queryKey } = matrixQuery(proposalId)
    const current = (id: string) => client.getQueryData(queryKey)?.find((row) => row.id === id)
    const put = (row: MatrixRow) =>
      client.setQueryData(queryKey, (rows) => rows?.map((one) => (one.id === row.id ? row : one)))
    const set = (id: string, conflict: Conflict | null) =>
      setConflicts((old) => {
        const next = new Map(old)
        if (conflict) next.set(id, conflict)
        else next.delete(id)
        return next
      })

    const write = async (base: MatrixRow, change: RowChange, tries = 3): Promise<void> => {
      const now = current(base.id) ?? base
      if (collides(base, now, change)) {
        set(base.id, { mine: change, theirs: now })
        return
      }
      put({ ...now, ...change } as MatrixRow) // a change has fields of a row
      try {
        put(await changeRow(proposalId, base.id, { ...change, version: now.version }))
        client.invalidateQueries({ queryKey: activityQuery(proposalId).queryKey })
      } catch (error) {
        put(now)
        if (!(error instanceof ApiError && error.code === 'conflict') || tries === 0) throw error
        await client.refetchQueries({ queryKey })
        client.invalidateQueries({ queryKey: activityQuery(proposalId).queryKey })
        await write(base, change, tries - 1)
      }
    }
    const change = (base: MatrixRow, wanted: RowChange) => {
      const before = queues.current.get(base.id) ?? Promise.resolve()
      const done = before.then(() => write(base, wanted)).catch((error: Error) => announce(error.message))
      queues.current.set(base.id, done)
    }
    return {
      conflicts,
      change,
      settle: (id, whose) => {
        const conflict = conflicts.get(id)
        set(id, null)
        if (conflict && whose === 'mine') change(current(id) ?? conflict.theirs, conflict.mine)
      },
    }
  }, [client, proposalId, conflicts])
}
