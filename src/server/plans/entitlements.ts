/** What each plan gives. The order of `plans` is the order of worth: who has several has the last. */
import { plans } from '../../contract/accounts.ts'
import type { Entitlements, Plan } from '../../contract/plans.ts'

const MB = 2 ** 20

export const entitlementsTable: { readonly [P in Plan]: Entitlements } = {
  free: {
    pages_per_month: 500,
    file_bytes: 25 * MB,
    model_analyses_per_month: 5,
    retention_days: 90,
  },
  friends: {
    pages_per_month: 5_000,
    file_bytes: 100 * MB,
    model_analyses_per_month: 50,
    retention_days: 365,
  },
  pro: {
    pages_per_month: 20_000,
    file_bytes: 250 * MB,
    model_analyses_per_month: 300,
    retention_days: null,
  },
  team: {
    pages_per_month: 100_000,
    file_bytes: 500 * MB,
    model_analyses_per_month: 2_000,
    retention_days: null,
  },
}

export const titles: { readonly [P in Plan]: string } = {
  free: 'Free',
  friends: 'Friends & family',
  pro: 'Pro',
  team: 'Team',
}

/** Without an account. */
export const visitorEntitlements = (days: number): Entitlements => ({
  pages_per_month: 200,
  file_bytes: 25 * MB,
  model_analyses_per_month: 1,
  retention_days: days,
})

export const isPlan = (text: string): text is Plan => (plans as readonly string[]).includes(text)

const rank = (plan: Plan): number => plans.indexOf(plan)

/** The greatest; of equals the first. */
export const greatest = <T extends { readonly plan: Plan }>(first: T, ...others: readonly T[]): T =>
  others.reduce((best, one) => (rank(one.plan) > rank(best.plan) ? one : best), first)

/** Subscriptions that give what they sell. Stripe tries to collect for some weeks while one is `past_due`. */
export const liveStates: readonly string[] = ['active', 'trialing', 'past_due']
