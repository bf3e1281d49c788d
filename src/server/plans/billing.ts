/** Paying for plans. What Stripe tells is only ever a hint to look: the subscription is read as it is now. */
import type { z } from 'zod'
import type { checkoutSchema } from '../../contract/plans.ts'
import { MdraftError } from '../../core/index.ts'
import type { Billing, BillingOwner, PaidSubscription } from '../../platform/billing.ts'
import type { Db } from '../../platform/db/db.ts'
import { type Actor, person } from '../actor.ts'
import type { AuditService } from '../audit/service.ts'
import type { TeamService } from '../teams/service.ts'
import type { BillingStore } from './billing-store.ts'
import { liveStates } from './entitlements.ts'
import type { PlanService } from './service.ts'

type Needs = {
  readonly db: Db
  readonly store: BillingStore
  readonly billing: Billing | undefined
  readonly plans: PlanService
  readonly teams: TeamService
  readonly audit: AuditService
  readonly baseUrl: string
}

export const billingService = ({ db, store, billing, plans, teams, audit, baseUrl }: Needs) => {
  const shop = (): Billing => {
    if (billing) return billing
    throw new MdraftError('conflict', 'Plans are not sold here.', {
      fix: 'Ask an administrator of this server to set your plan.',
    })
  }

  /** Only owners of a team may pay for it. */
  const ownerOf = async (actor: Actor, teamId: string | undefined): Promise<BillingOwner> => {
    const { id: userId } = person(actor)
    if (!teamId) return { userId }
    const role = await teams.roleOf(actor, teamId)
    if (!role) throw new MdraftError('not_found', 'There is no such team.')
    if (role === 'owner') return { teamId }
    throw new MdraftError('forbidden', 'Only an owner of the team may do this.', {
      fix: 'Ask one of its owners.',
    })
  }

  const customerOf = async (actor: Actor, owner: BillingOwner): Promise<string> => {
    const known = await store.customer(owner)
    if (known.customerId) return known.customerId
    const { email, name } = await store.contact(person(actor).id)
    const made = await shop().newCustomer({ email, name: known.name || name, owner })
    return store.setCustomer(owner, made)
  }

  /** @returns the owner whose subscription it is, or undefined when there is none (any longer) */
  const apply = async (subscription: PaidSubscription, seenAt: Date): Promise<void> => {
    const owner = await store.knownOwner(subscription)
    if (!owner) return
    await db.query.transaction().execute(async (trx) => {
      const before = await store.upsert(trx, owner, subscription, seenAt)
      if (before === 'stale') return
      if (before?.status === subscription.status && before.plan === subscription.plan) return
      for (const userId of await store.beneficiaries(trx, owner)) await plans.keepLonger(trx, userId)
      await audit.note(trx, 'system', {
        action: 'subscription.changed',
        target: 'teamId' in owner ? { type: 'team', id: owner.teamId } : { type: 'user', id: owner.userId },
        detail: { from: before?.status ?? null, to: subscription.status, plan: subscription.plan ?? null },
      })
    })
  }

  return {
    checkout: async (
      actor: Actor,
      { plan, team_id: teamId, seats }: z.infer<typeof checkoutSchema>,
    ): Promise<{ url: string }> => {
      const owner = await ownerOf(actor, teamId)
      const shopping = shop()
      if (!shopping.forSale.includes(plan))
        throw new MdraftError('bad_option', `The plan ${plan} is not for sale.`, {
          fix: 'See GET /api/plans.',
        })
      if ((plan === 'team') !== 'teamId' in owner)
        throw new MdraftError('bad_option', 'The team plan is for teams, and pro for a person.', {
          fix: plan === 'team' ? 'Name the team with team_id.' : 'Leave team_id out.',
        })
      const present = await store.present(owner)
      if (present && liveStates.includes(present.status))
        throw new MdraftError('conflict', 'There is a subscription already.', {
          fix: 'Change it in the portal.',
        })
      const customerId = await customerOf(actor, owner)
      const url = await shopping.checkout({
        customerId,
        plan,
        seats: plan === 'team' ? seats : 1,
        owner,
        doneUrl: `${baseUrl}/usage?checkout=done`,
        backUrl: `${baseUrl}/usage?checkout=cancelled`,
      })
      return { url }
    },

    portal: async (actor: Actor, teamId: string | undefined): Promise<{ url: string }> => {
      const owner = await ownerOf(actor, teamId)
      const shopping = shop()
      const { customerId } = await store.customer(owner)
      if (!customerId)
        throw new MdraftError('conflict', 'Nothing was paid for yet.', { fix: 'Begin with a checkout.' })
      return { url: await shopping.portal(customerId, `${baseUrl}/usage`) }
    },

    /** The same event may come often, and events in any order. It is done with only when it is in the table. */
    receive: async (body: Buffer, signature: string | undefined): Promise<void> => {
      const shopping = shop()
      const event = shopping.event(body, signature)
      if (await store.knows(event.id)) return
      if (event.subscriptionId) {
        // Whatever the event tells of happened before this moment, so a later look can only know more.
        const seenAt = await store.now()
        const subscription = await shopping.subscription(event.subscriptionId)
        if (subscription) await apply(subscription, seenAt)
      }
      await store.remember(event)
    },

    /** Before an account goes: nobody shall pay for it any longer. */
    endAll: async (owner: BillingOwner): Promise<void> => {
      if (!billing) return
      const present = await store.present(owner)
      if (present && liveStates.includes(present.status)) await billing.cancel(present.id)
    },
  }
}

export type BillingService = ReturnType<typeof billingService>
