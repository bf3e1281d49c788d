/** How plans and what they give are said. */
import type { Entitlements, Plan } from '../../src/contract/plans.ts'
import { bytes, plural } from './say.ts'

export const planNames: Record<Plan, string> = {
  free: 'Free',
  friends: 'Friends and family',
  pro: 'Pro',
  team: 'Team',
}

export const gives = (plan: Entitlements): readonly string[] => [
  plan.pages_per_month === null ? 'Pages without a bound' : `${plural(plan.pages_per_month, 'page')} a month`,
  `Files up to ${bytes(plan.file_bytes)}`,
  plan.model_analyses_per_month === null
    ? 'Analyses with a language model'
    : plan.model_analyses_per_month === 0
      ? 'Analyses by rules'
      : `${plural(plan.model_analyses_per_month, 'analysis', 'analyses')} with a language model a month`,
  plan.retention_days === null
    ? 'Kept until you delete it'
    : `Kept for ${plural(plan.retention_days, 'day')}`,
]
