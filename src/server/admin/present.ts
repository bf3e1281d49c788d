/** Rows as administrators see them. */
import type { z } from 'zod'
import type { AdminJob, AdminUser, adminTeamSchema } from '../../contract/admin.ts'
import type { Plan } from '../../contract/plans.ts'
import { greatest, isPlan } from '../plans/service.ts'
import type { AdminJobRow, AdminTeamRow, AdminUserRow } from './store.ts'

/** A name that this version does not know counts for nothing. */
export const planOf = (name: string): Plan => (isPlan(name) ? name : 'free')

const best = (first: string, others: readonly string[]): Plan =>
  greatest({ plan: planOf(first) }, ...others.map((name) => ({ plan: planOf(name) }))).plan

export const adminUser = (row: AdminUserRow): AdminUser => ({
  id: row.id,
  email: row.email,
  name: row.name,
  email_verified: row.email_verified,
  role: row.role,
  plan: planOf(row.plan),
  effective_plan: best(row.plan, row.plans),
  subscription_status: row.subscription_status,
  revoked: row.revoked,
  documents: row.documents,
  stored_bytes: row.bytes,
  pages_this_month: row.pages,
  created_at: row.created_at.toISOString(),
  last_login_at: row.last_login_at?.toISOString() ?? null,
})

export const adminTeam = (row: AdminTeamRow): z.infer<typeof adminTeamSchema> => ({
  id: row.id,
  name: row.name,
  plan: planOf(row.plan),
  effective_plan: best(row.plan, row.paid ? [row.paid] : []),
  members: row.members,
  pages_this_month: row.pages,
  created_at: row.created_at.toISOString(),
})

export const ownerOf = (row: {
  user_id: string | null
  visitor_session_id: string | null
  email: string | null
}): AdminJob['owner'] =>
  row.user_id
    ? { kind: 'user', id: row.user_id, email: row.email }
    : { kind: 'visitor', id: row.visitor_session_id!, email: null }

const time = (date: Date | null): string | null => date?.toISOString() ?? null

export const adminJob = (row: AdminJobRow): AdminJob => ({
  id: row.id,
  kind: row.kind,
  status: row.status,
  progress: { stage: row.stage, page: row.page, pages: row.pages },
  error: row.error_code
    ? { code: row.error_code, message: row.error_message ?? '', fix: row.error_fix }
    : null,
  conversion_id: row.conversion_id,
  analysis_id: row.analysis_id,
  attempts: row.attempts,
  created_at: row.created_at.toISOString(),
  started_at: time(row.started_at),
  completed_at: time(row.completed_at),
  expires_at: time(row.expires_at),
  owner: ownerOf(row),
  format: row.format,
  size: row.original_size,
  request_id: row.request_id,
  dead_lettered_at: time(row.dead_lettered_at),
  detail: row.error_detail,
})
