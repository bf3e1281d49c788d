/** Who is asking: a visitor with a cookie, a user with a session, a program with a key; and what they may do with their account. */
import { createHash, randomBytes } from 'node:crypto'
import type { Account, AccountSession, ApiKey } from '../../contract/accounts.ts'
import { bounds } from '../../contract/bounds.ts'
import { MdraftError } from '../../core/index.ts'
import type { Auth, CallerHeaders, Signed } from '../../platform/auth.ts'
import type { Db, Trx } from '../../platform/db/db.ts'
import { newId } from '../../platform/ids.ts'
import type { Signer } from '../../platform/signing.ts'
import { type Actor, person, type Scope } from '../actor.ts'
import { haveRoom } from '../bounds.ts'
import type { AccountStore, KeyRow, UserRow } from './store.ts'

type Needs = {
  readonly db: Db
  readonly store: AccountStore
  readonly signer: Signer
  readonly auth: Auth
  readonly visitorDays: number
  readonly adminEmails: readonly string[]
  /** What plans say, which are a floor above. */
  readonly plans: {
    readonly retentionDays: (who: Pick<Actor, 'kind' | 'id'>) => Promise<number | null>
    readonly planOf: (userId: string) => Promise<Account['plan']>
  }
  /** Ends the account with everything that hangs on it. */
  readonly onClose: (actor: Actor) => Promise<void>
}

/** What a request shows of itself. */
export type Proof = CallerHeaders & {
  readonly visitorCookie?: string | undefined
  readonly sessionCookie?: string | undefined
  readonly bearer?: string | undefined
}
/** Who the caller is, and the visitor's cookie to hand out when it proved nothing yet. */
export type Identity = {
  readonly actor: Actor
  readonly visitorCookie?: string
  readonly cookies?: readonly string[]
  /** What it showed is no proof of anything. */
  readonly refusal?: MdraftError
}

const PURPOSE = 'visitor'
const DAY_MS = 86_400_000
const KEY_START = 'mdraft_'
const KEY_PREFIX_LENGTH = 12

export const accountService = ({
  db,
  store,
  signer,
  auth,
  visitorDays,
  adminEmails,
  plans,
  onClose,
}: Needs) => {
  const daysFromNow = (days: number) => new Date(Date.now() + days * DAY_MS)
  const expiry = async (who: Pick<Actor, 'kind' | 'id'>): Promise<Date | null> => {
    const days = await plans.retentionDays(who)
    return days === null ? null : daysFromNow(days)
  }
  const shown = async (user: UserRow): Promise<Account> => presentAccount(user, await plans.planOf(user.id))

  const visitor = (cookie: string | undefined): Identity & { isKnown: boolean } => {
    const known = cookie === undefined ? undefined : signer.verify(PURPOSE, cookie)
    const token = known ?? randomBytes(32).toString('base64url')
    return {
      actor: { kind: 'visitor', id: visitorId(token) },
      visitorCookie: known ? cookie! : signer.sign(PURPOSE, token),
      isKnown: known !== undefined,
    }
  }

  const byKey = async (bearer: string): Promise<Identity> => {
    const key = await store.findKey(hashKey(bearer))
    if (!key || key.revoked) return { actor: visitor(undefined).actor, refusal: noKey() }
    await store.touchKey(key.id)
    // The table holds what `createKey` wrote.
    const scopes = key.scopes as Scope[]
    return { actor: { kind: 'user', id: key.user_id, role: key.role, via: { key: key.id, scopes } } }
  }

  const bySession = async (proof: Proof): Promise<Identity | undefined> => {
    const session = await auth.session(proof)
    const user = session && (await store.user(session.user.id))
    if (!user || user.revoked) return undefined
    const actor: Actor = { kind: 'user', id: user.id, role: user.role, via: { session: session.sessionId } }
    return { actor, cookies: session.cookies }
  }

  /** After every proof of identity: the visitor's work, promises made to the address, the time. */
  const welcome = async (userId: string, visitorCookie: string | undefined): Promise<Account> => {
    const user = await store.user(userId)
    if (!user || user.revoked)
      throw new MdraftError('forbidden', 'This account was closed.', {
        fix: 'Write to the operator of this service.',
      })
    await store.setPromised(userId, await promised(user))
    await store.keepNewestSessions(userId, bounds.sessions)
    const from = visitor(visitorCookie)
    if (from.isKnown) {
      const until = await expiry({ kind: 'user', id: userId })
      await db.query.transaction().execute((trx) => store.claim(trx, from.actor.id, userId, until))
    }
    return shown((await store.user(userId))!)
  }

  const promised = async ({
    email,
    email_verified,
    last_login_at,
  }: UserRow): Promise<{ plan?: string; role?: 'admin' }> => {
    // An address that is not proved could be anybody's.
    const role = adminEmails.includes(email) && email_verified ? { role: 'admin' as const } : {}
    const plan = last_login_at === null ? await store.invitedPlan(email) : undefined
    return { ...role, ...(plan ? { plan } : {}) }
  }

  return {
    identify: async (proof: Proof): Promise<Identity> => {
      if (proof.bearer?.startsWith(KEY_START)) return byKey(proof.bearer)
      const signedIn = proof.sessionCookie ? await bySession(proof) : undefined
      if (signedIn) return signedIn
      const { actor, visitorCookie, isKnown } = visitor(proof.visitorCookie)
      return isKnown ? { actor } : { actor, visitorCookie: visitorCookie! }
    },

    signUp: async (
      form: { email: string; password: string; name: string },
      proof: Proof,
    ): Promise<Signed<Account | null>> => {
      const { value, cookies } = await auth.signUp(form, proof)
      return { value: value.token ? await welcome(value.user.id, proof.visitorCookie) : null, cookies }
    },

    signIn: async (
      form: { email: string; password: string; remember: boolean },
      proof: Proof,
    ): Promise<Signed<Account>> => {
      const { email, password, remember } = form
      const { value, cookies } = await auth.signIn({ email, password, rememberMe: remember }, proof)
      return { value: await welcome(value.user.id, proof.visitorCookie), cookies }
    },

    /** The way back from a provider: the session it made takes the visitor's work along. */
    returned: async (proof: Proof): Promise<boolean> => {
      const session = await auth.session(proof)
      if (session) await welcome(session.user.id, proof.visitorCookie)
      return session !== undefined
    },

    signOut: (proof: Proof) => auth.signOut(proof),
    begin: (provider: 'google' | 'oidc', back: string, proof: Proof) => auth.begin(provider, back, proof),
    handle: (request: Request) => auth.handle(request),
    providers: auth.providers,
    verify: async (token: string, proof: Proof) => {
      const verified = await auth.verify(token, proof)
      const session = await auth.session(proof)
      const user = session && (await store.user(session.user.id))
      // What the address was promised counts at once, not only from the next sign-in on.
      if (user) await store.setPromised(user.id, await promised(user))
      return verified
    },
    /** Whether there is such an account is nobody's business. */
    sendVerification: (email: string) => auth.sendVerification(email).catch(ignoreRefusal),
    forgot: (email: string) => auth.forgot(email).catch(ignoreRefusal),
    reset: (form: { token: string; password: string }) =>
      auth.reset({ token: form.token, newPassword: form.password }),

    changePassword: (actor: Actor, form: { current: string; password: string }, proof: Proof) => {
      person(actor)
      return auth.changePassword({ currentPassword: form.current, newPassword: form.password }, proof)
    },

    account: async (actor: Actor): Promise<Account | null> => {
      if (actor.kind !== 'user') return null
      const user = await store.user(actor.id)
      return user ? shown(user) : null
    },

    rename: async (actor: Actor, name: string): Promise<Account> => {
      const { id } = person(actor)
      await store.setName(id, name)
      return shown((await store.user(id))!)
    },

    sessions: async (actor: Actor): Promise<AccountSession[]> => {
      const { id, via } = person(actor)
      return (await store.sessionsOf(id)).map((row) => ({
        id: row.id,
        current: row.id === via.session,
        user_agent: row.user_agent,
        ip_address: row.ip_address,
        created_at: row.created_at.toISOString(),
        updated_at: row.updated_at.toISOString(),
        expires_at: row.expires_at.toISOString(),
      }))
    },

    endSession: async (actor: Actor, sessionId: string): Promise<void> => {
      if (!(await store.removeSession(person(actor).id, sessionId)))
        throw new MdraftError('not_found', 'There is no such session.')
    },

    endOtherSessions: async (actor: Actor): Promise<void> => {
      const { id, via } = person(actor)
      await store.removeSessions(id, via.session)
    },

    /** Everything goes. */
    close: async (actor: Actor, password: string | undefined): Promise<void> => {
      const { id } = person(actor)
      const hash = await store.passwordHash(id)
      if (hash && !(await auth.isPassword(hash, password ?? '')))
        throw new MdraftError('unauthenticated', 'The password is wrong.')
      await onClose(actor)
    },

    keys: async (actor: Actor): Promise<ApiKey[]> => (await store.keysOf(person(actor).id)).map(presentKey),

    createKey: async (
      actor: Actor,
      {
        name,
        scopes,
        expires_in_days,
      }: { name: string; scopes: readonly Scope[]; expires_in_days: number | null },
    ): Promise<ApiKey & { key: string }> => {
      const { id } = person(actor)
      haveRoom('keys', (await store.keysOf(id)).length)
      const key = KEY_START + randomBytes(32).toString('base64url')
      const row = await store.insertKey(id, {
        id: newId(),
        name,
        prefix: key.slice(0, KEY_PREFIX_LENGTH),
        hash: hashKey(key),
        scopes: [...new Set(scopes)],
        expiresAt: expires_in_days === null ? null : new Date(Date.now() + expires_in_days * DAY_MS),
      })
      return { ...presentKey(row), key }
    },

    removeKey: async (actor: Actor, keyId: string): Promise<void> => {
      if (!(await store.removeKey(person(actor).id, keyId)))
        throw new MdraftError('not_found', 'There is no such key.')
    },

    /** Makes sure that the actor can own rows. */
    settle: async (trx: Trx, actor: Actor): Promise<void> => {
      if (actor.kind === 'visitor') await store.keepVisitor(trx, actor.id, daysFromNow(visitorDays))
    },

    removeExpired: (limit: number): Promise<number> => store.removeExpired(limit),

    /** Until when what the actor makes now is kept; null: until it is deleted. */
    expiry,
    visitorSeconds: visitorDays * 86_400,
  }
}

export type AccountService = ReturnType<typeof accountService>

const noKey = () =>
  new MdraftError('unauthenticated', 'The key is not one of ours, has expired, or was withdrawn.', {
    fix: 'Make a new key in the settings of your account.',
  })

const hashKey = (key: string): string => createHash('sha256').update(key).digest('hex')

const ignoreRefusal = (error: unknown): void => {
  if (!(error instanceof MdraftError) || error.code === 'internal') throw error
}

/** A hash of the token in the form of an id (UUIDv8, RFC 9562 §5.8): nothing to look up, and nothing in the table to steal. */
function visitorId(token: string): string {
  const bytes = createHash('sha256').update(token).digest().subarray(0, 16)
  bytes[6] = 0x80 | (bytes[6]! & 0x0f)
  bytes[8] = 0x80 | (bytes[8]! & 0x3f)
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

const presentAccount = (row: UserRow, plan: Account['plan']): Account => ({
  id: row.id,
  email: row.email,
  name: row.name,
  email_verified: row.email_verified,
  role: row.role,
  plan,
  created_at: row.created_at.toISOString(),
  last_login_at: row.last_login_at?.toISOString() ?? null,
})

const presentKey = (row: KeyRow): ApiKey => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  scopes: row.scopes as Scope[],
  expires_at: row.expires_at?.toISOString() ?? null,
  last_used_at: row.last_used_at?.toISOString() ?? null,
  created_at: row.created_at.toISOString(),
})
