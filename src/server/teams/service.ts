/** Teams: who is in them, and who decides that. */
import { createHash, randomBytes } from 'node:crypto'
import type { Team, TeamSummary } from '../../contract/teams.ts'
import { MdraftError } from '../../core/index.ts'
import type { Db } from '../../platform/db/db.ts'
import { newId } from '../../platform/ids.ts'
import type { Mailer } from '../../platform/mail.ts'
import type { AccountService } from '../accounts/service.ts'
import { type Actor, person } from '../actor.ts'
import { haveRoom } from '../bounds.ts'
import type { TeamRole, TeamStore } from './store.ts'

type Needs = {
  readonly db: Db
  readonly store: TeamStore
  readonly accounts: AccountService
  readonly mailer: Mailer
  readonly baseUrl: string
}

const INVITATION_MS = 7 * 86_400_000

export const teamService = ({ db, store, accounts, mailer, baseUrl }: Needs) => {
  const find = async (actor: Actor, id: string) => {
    const team = await store.find(person(actor).id, id)
    if (!team) throw unknown()
    return team
  }
  const asOwner = async (actor: Actor, id: string) => {
    const team = await find(actor, id)
    if (team.role === 'owner') return team
    throw new MdraftError('forbidden', 'Only an owner of the team may do this.', {
      fix: 'Ask one of its owners.',
    })
  }

  const present = async (team: Awaited<ReturnType<typeof find>>): Promise<Team> => ({
    ...summary(team),
    members: (await store.members(team.id)).map((one) => ({
      ...one,
      created_at: one.created_at.toISOString(),
    })),
    invitations:
      team.role === 'owner'
        ? (await store.invitations(team.id)).map((one) => ({
            ...one,
            expires_at: one.expires_at.toISOString(),
          }))
        : [],
  })

  /** A change of members, after which somebody must still own the team. */
  const changing = (teamId: string, userId: string, change: 'gone' | TeamRole) =>
    db.query.transaction().execute(async (trx) => {
      const others = (await store.owners(trx, teamId)).filter((owner) => owner !== userId)
      const isDone =
        change === 'gone'
          ? await store.removeMember(trx, teamId, userId)
          : await store.setRole(trx, teamId, userId, change)
      if (!isDone) throw new MdraftError('not_found', 'There is no such member.')
      if (others.length === 0 && change !== 'owner')
        throw new MdraftError('conflict', 'The team would have no owner.', {
          fix: 'Make another member an owner first.',
        })
    })

  return {
    list: async (actor: Actor): Promise<TeamSummary[]> => (await store.list(person(actor).id)).map(summary),
    get: async (actor: Actor, id: string): Promise<Team> => present(await find(actor, id)),

    create: async (actor: Actor, name: string): Promise<Team> => {
      const team = { id: newId(), name, ownerId: person(actor).id }
      haveRoom('teams', (await store.list(team.ownerId)).length)
      await db.query.transaction().execute((trx) => store.insert(trx, team))
      return present(await find(actor, team.id))
    },

    rename: async (actor: Actor, id: string, name: string): Promise<Team> => {
      await asOwner(actor, id)
      await store.rename(id, name)
      return present(await find(actor, id))
    },

    /** With its proposals; documents stay with those who uploaded them. */
    remove: async (actor: Actor, id: string): Promise<void> => {
      await asOwner(actor, id)
      await store.remove(id)
    },

    invite: async (actor: Actor, id: string, { email, role }: { email: string; role: TeamRole }) => {
      const team = await asOwner(actor, id)
      // An invitation keeps the place of the one who may come.
      const [members, open] = [await store.members(id), await store.invitations(id)]
      haveRoom('people', members.length + open.length)
      const token = randomBytes(32).toString('base64url')
      const expiresAt = new Date(Date.now() + INVITATION_MS)
      const made = await store.invite({
        id: newId(),
        teamId: id,
        email,
        role,
        tokenHash: hash(token),
        expiresAt,
      })
      await mailer.send({
        to: email,
        subject: `Join ${team.name} at mdraft`,
        text: `You are invited to the team ${team.name}. Sign in with this address and follow the link:\n\n${baseUrl}/join?token=${token}\n\nIt works for a week.\n`,
      })
      return { ...made, expires_at: made.expires_at.toISOString() }
    },

    withdraw: async (actor: Actor, id: string, invitationId: string): Promise<void> => {
      await asOwner(actor, id)
      if (!(await store.removeInvitation(id, invitationId)))
        throw new MdraftError('not_found', 'There is no such invitation.')
    },

    join: async (actor: Actor, token: string): Promise<Team> => {
      const { id } = person(actor)
      const { email } = (await accounts.account(actor))!
      haveRoom('teams', (await store.list(id)).length)
      const teamId = await db.query
        .transaction()
        .execute((trx) => store.accept(trx, hash(token), { id, email }))
      if (!teamId)
        throw new MdraftError(
          'not_found',
          'The invitation is used up, has expired, or was sent to another address.',
          {
            fix: 'Sign in with the address it was sent to, or ask for a new one.',
          },
        )
      return present(await find(actor, teamId))
    },

    changeMember: async (actor: Actor, id: string, userId: string, role: TeamRole): Promise<Team> => {
      await asOwner(actor, id)
      await changing(id, userId, role)
      return present(await find(actor, id))
    },

    /** Owners take others out; everybody may leave. */
    removeMember: async (actor: Actor, id: string, userId: string): Promise<void> => {
      if (userId === person(actor).id) await find(actor, id)
      else await asOwner(actor, id)
      await changing(id, userId, 'gone')
    },

    /** The actor's role in a team; undefined: none. */
    roleOf: async (actor: Actor, id: string): Promise<TeamRole | undefined> =>
      actor.kind === 'user' ? (await store.find(actor.id, id))?.role : undefined,

    /** Whether a user may be given work in the team. */
    has: async (teamId: string, userId: string): Promise<boolean> =>
      (await store.find(userId, teamId)) !== undefined,
  }
}

export type TeamService = ReturnType<typeof teamService>

const hash = (token: string): string => createHash('sha256').update(token).digest('hex')
const unknown = () => new MdraftError('not_found', 'There is no such team.')

const summary = (row: { id: string; name: string; role: TeamRole; created_at: Date }): TeamSummary => ({
  id: row.id,
  name: row.name,
  role: row.role,
  created_at: row.created_at.toISOString(),
})
