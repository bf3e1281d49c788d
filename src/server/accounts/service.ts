/** Who is asking. Today: visitors, known by a signed cookie. */
import { createHash, randomBytes } from 'node:crypto'
import type { Trx } from '../../platform/db/db.ts'
import type { Signer } from '../../platform/signing.ts'
import type { Actor } from '../actor.ts'
import type { AccountStore } from './store.ts'

type Needs = {
  readonly store: AccountStore
  readonly signer: Signer
  readonly visitorDays: number
}

/** What the caller proved, and the cookie to hand out when it proved nothing yet. */
export type Identity = { readonly actor: Actor; readonly freshCookie?: string }

const PURPOSE = 'visitor'
const DAY_MS = 86_400_000

export const accountService = ({ store, signer, visitorDays }: Needs) => {
  const expiry = (_actor: Actor): Date | null => new Date(Date.now() + visitorDays * DAY_MS)
  return {
    /** Nothing is written: a visitor gets a row with the first thing it owns. */
    identify: (cookie: string | undefined): Identity => {
      const known = cookie === undefined ? undefined : signer.verify(PURPOSE, cookie)
      const token = known ?? randomBytes(32).toString('base64url')
      const actor: Actor = { kind: 'visitor', id: visitorId(token) }
      return known ? { actor } : { actor, freshCookie: signer.sign(PURPOSE, token) }
    },

    /** Makes sure that the actor can own rows. */
    settle: async (trx: Trx, actor: Actor): Promise<void> => {
      if (actor.kind === 'visitor') await store.keepVisitor(trx, actor.id, expiry(actor)!)
    },

    removeExpired: (limit: number): Promise<number> => store.removeExpiredVisitors(limit),

    /** Until when what the actor makes now is kept; null: until it is deleted. */
    expiry,
    cookieSeconds: visitorDays * 86_400,
  }
}

export type AccountService = ReturnType<typeof accountService>

/** A hash of the token in the form of an id (UUIDv8, RFC 9562 §5.8): nothing to look up, and nothing in the table to steal. */
function visitorId(token: string): string {
  const bytes = createHash('sha256').update(token).digest().subarray(0, 16)
  bytes[6] = 0x80 | (bytes[6]! & 0x0f)
  bytes[8] = 0x80 | (bytes[8]! & 0x3f)
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
