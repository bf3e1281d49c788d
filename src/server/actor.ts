/** Who asks, what they may, and which rows are theirs. Every query of a store has `owned` in its `where`. */
import { type Expression, type ExpressionBuilder, type RawBuilder, type SqlBool, sql } from 'kysely'
import type { scopes } from '../contract/accounts.ts'
import { MdraftError } from '../core/index.ts'
import type { Tables } from '../platform/db/tables.ts'

export type Scope = (typeof scopes)[number]

type Visitor = { readonly kind: 'visitor'; readonly id: string }
export type UserActor = {
  readonly kind: 'user'
  readonly id: string
  readonly role: 'user' | 'admin'
  /** What proved it: a session in a browser, or a key in a program. */
  readonly via: { readonly session: string } | { readonly key: string; readonly scopes: readonly Scope[] }
}
export type Actor = Visitor | UserActor

/** The first line of a service method. Visitors and sessions may do everything with what is theirs; a key what it was given. */
export function may(actor: Actor, scope: Scope): void {
  if (actor.kind === 'user' && 'key' in actor.via && !actor.via.scopes.includes(scope))
    throw new MdraftError('forbidden', `This key has not the scope ${scope}.`, {
      fix: 'Make a key that has it.',
    })
}

/** For what only a person may do: their account, their keys. */
export function person(actor: Actor): UserActor & { via: { session: string } } {
  if (actor.kind !== 'user')
    throw new MdraftError('unauthenticated', 'This needs an account.', { fix: 'Sign in, or make one.' })
  const { via } = actor
  if ('session' in via) return { ...actor, via }
  throw new MdraftError('forbidden', 'A key may not do this.', { fix: 'Sign in with a browser.' })
}

/** For administrators, in a browser. All others are not even told that there is such an address. */
export function administrator(actor: Actor): UserActor {
  if (actor.kind === 'user' && actor.role === 'admin' && 'session' in actor.via) return actor
  throw new MdraftError('not_found', 'There is nothing at this address.')
}

type OwnedTable = 'proposals' | 'conversions' | 'analyses' | 'jobs'

export const ownerColumn = { visitor: 'visitor_session_id', user: 'user_id' } as const

/** The actor's very own rows. */
export const owned =
  (actor: Actor) =>
  <T extends OwnedTable>(eb: ExpressionBuilder<Tables, T>): Expression<SqlBool> =>
    // Both columns stand in every owned table.
    (eb as unknown as ExpressionBuilder<Tables, OwnedTable>)(ownerColumn[actor.kind], '=', actor.id)

/** What a member of a team may do with what the team has. */
const reaches = {
  read: ['viewer', 'editor', 'owner'],
  write: ['editor', 'owner'],
  own: ['owner'],
} as const
export type Reach = keyof typeof reaches

/** How a row of each table belongs to a team: by its proposal, straight or through its document. */
const ofTeams = {
  proposals: (teams: RawBuilder<unknown>) => sql`proposals.team_id in (${teams})`,
  conversions: (teams: RawBuilder<unknown>) =>
    sql`conversions.proposal_id in (select p.id from proposals p where p.team_id in (${teams}))`,
  analyses: (teams: RawBuilder<unknown>) => sql`analyses.conversion_id in (select c.id from conversions c
    join proposals p on p.id = c.proposal_id where p.team_id in (${teams}))`,
  jobs: (teams: RawBuilder<unknown>) => sql`jobs.conversion_id in (select c.id from conversions c
    join proposals p on p.id = c.proposal_id where p.team_id in (${teams}))`,
}

/** The actor's own rows and those of the actor's teams. */
export function reachable(actor: Actor, table: OwnedTable, reach: Reach): RawBuilder<SqlBool> {
  const own = sql`${sql.ref(`${table}.${ownerColumn[actor.kind]}`)} = ${actor.id}`
  if (actor.kind === 'visitor') return sql<SqlBool>`${own}`
  const teams = sql`select m.team_id from team_members m
    where m.user_id = ${actor.id} and m.role in (${sql.join([...reaches[reach]])})`
  return sql<SqlBool>`(${own} or ${ofTeams[table](teams)})`
}

/** Of a document or an analysis: a proposal of a team needs it, so it stays, whoever goes and whatever has expired. */
export const isOfTeam = {
  conversions: sql<boolean>`exists (select from proposals p
    where p.id = conversions.proposal_id and p.team_id is not null)`,
  analyses: sql<boolean>`exists (select from conversions c join proposals p on p.id = c.proposal_id
    where c.id = analyses.conversion_id and p.team_id is not null)`,
} as const

/** The owner's columns of a new row. */
export const ownerOf = (actor: Actor): { user_id: string | null; visitor_session_id: string | null } => ({
  user_id: actor.kind === 'user' ? actor.id : null,
  visitor_session_id: actor.kind === 'visitor' ? actor.id : null,
})
