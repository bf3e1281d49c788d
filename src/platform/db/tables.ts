/** Rows as they stand in the database. Written beside `migrations/`; a test compares the two. */
import type { Generated, JSONColumnType } from 'kysely'
import type { z } from 'zod'
import type { jobKinds, jobStates, progressSchema } from '../../contract/documents.ts'
import type { meters } from '../../contract/plans.ts'
import type { documentRoles, proposalStates, rowStates } from '../../contract/proposals.ts'
import type { teamRoles } from '../../contract/teams.ts'
import type { attemptSchema, deliveryStates } from '../../contract/webhooks.ts'
import type { Box } from '../../core/index.ts'

export type JobState = (typeof jobStates)[number]
export type JobKind = (typeof jobKinds)[number]
type JobStage = z.infer<typeof progressSchema>['stage']

/** Exactly one of the two is set. */
type Owned = { user_id: string | null; visitor_session_id: string | null }
type Kept = { expires_at: Date | null; created_at: Generated<Date>; updated_at: Generated<Date> }

type Users = {
  id: string
  email: string
  name: Generated<string>
  role: Generated<'user' | 'admin'>
  plan: Generated<string>
  stripe_customer_id: string | null
  subscription_status: Generated<string>
  revoked: Generated<boolean>
  last_login_at: Date | null
  email_verified: Generated<boolean>
  image: string | null
  created_at: Generated<Date>
  updated_at: Generated<Date>
}

type Sessions = {
  id: string
  user_id: string
  token: string
  ip_address: string | null
  user_agent: string | null
  expires_at: Date
  created_at: Generated<Date>
  updated_at: Generated<Date>
}

type Credentials = {
  id: string
  user_id: string
  provider_id: string
  account_id: string
  password: string | null
  created_at: Generated<Date>
  updated_at: Generated<Date>
}

type ApiKeys = {
  id: string
  user_id: string
  name: string
  prefix: string
  key_hash: string
  scopes: string[]
  expires_at: Date | null
  last_used_at: Date | null
  created_at: Generated<Date>
}

type InvitedEmails = { email: string; plan: string; created_at: Generated<Date> }

type VisitorSessions = {
  id: string
  created_at: Generated<Date>
  last_seen_at: Generated<Date>
  expires_at: Date
}

type Teams = {
  id: string
  name: string
  plan: Generated<string>
  stripe_customer_id: string | null
  created_at: Generated<Date>
  updated_at: Generated<Date>
}

type TeamRole = (typeof teamRoles)[number]
type TeamMembers = { team_id: string; user_id: string; role: TeamRole; created_at: Generated<Date> }
type TeamInvitations = {
  id: string
  team_id: string
  email: string
  role: TeamRole
  token_hash: string
  expires_at: Date
  created_at: Generated<Date>
}

type MatrixRows = {
  id: string
  proposal_id: string
  analysis_id: string | null
  requirement_id: string
  requirement_text: string
  rfp_reference: Generated<string>
  obligation: string
  category: string
  page: number | null
  boxes: JSONColumnType<Box[]>
  block_ids: JSONColumnType<string[]>
  status: Generated<(typeof rowStates)[number]>
  owner_id: string | null
  response_location: Generated<string>
  notes: Generated<string>
  position: number
  version: Generated<number>
  changed_at: Date | null
  previous_text: string | null
  removed_at: Date | null
  created_at: Generated<Date>
  updated_at: Generated<Date>
}

type Comments = {
  id: string
  proposal_id: string
  matrix_row_id: string | null
  author_id: string | null
  body: string
  created_at: Generated<Date>
}

type ProposalEvents = {
  id: string
  proposal_id: string
  actor_id: string | null
  action: string
  detail: JSONColumnType<Record<string, unknown>>
  created_at: Generated<Date>
}

type ProposalShares = {
  id: string
  proposal_id: string
  token_hash: string
  views: Generated<number>
  expires_at: Date
  created_at: Generated<Date>
}

type Proposals = Owned &
  Kept & {
    team_id: string | null
    client: Generated<string>
    due_at: Date | null
    due_zone: string | null
    version: Generated<number>
    trashed_at: Date | null
    id: string
    title: string
    status: Generated<(typeof proposalStates)[number]>
  }

type Conversions = Owned &
  Kept & {
    id: string
    proposal_id: string | null
    proposal_role: (typeof documentRoles)[number] | null
    filename: string
    status: Generated<JobState>
    format: string
    sha256: string
    original_mime: string
    original_size: number
    stored_uri: string
    output_uri: string | null
    engine: string | null
    options: JSONColumnType<Record<string, unknown>>
    pages: number | null
    partial: Generated<boolean>
    warnings: Generated<number>
  }

type Analyses = Owned &
  Kept & {
    id: string
    conversion_id: string | null
    text_uri: string | null
    filename: string
    sha256: string
    status: Generated<JobState>
    output_uri: string | null
    engine: string
    agent: JSONColumnType<{ name: string; instructions: string }> | null
  }

type ModelAnswers = {
  analysis_id: string
  key: string
  answer: JSONColumnType<object>
  created_at: Generated<Date>
}

type Prompts = {
  id: string
  user_id: string
  name: string
  description: Generated<string>
  instructions: string
  version: Generated<number>
  created_at: Generated<Date>
  updated_at: Generated<Date>
}

type Jobs = Owned &
  Kept & {
    id: string
    kind: JobKind
    conversion_id: string | null
    analysis_id: string | null
    filename: string
    status: Generated<JobState>
    stage: Generated<JobStage>
    page: number | null
    pages: number | null
    revision: Generated<number>
    attempts: Generated<number>
    claim: string | null
    error_code: string | null
    error_message: string | null
    error_fix: string | null
    error_detail: string | null
    dead_lettered_at: Date | null
    request_id: string | null
    started_at: Date | null
    completed_at: Date | null
  }

type AuditLog = {
  id: string
  at: Generated<Date>
  actor_id: string | null
  actor_kind: 'user' | 'visitor' | 'operator' | 'system'
  action: string
  target_type: string
  target_id: string | null
  detail: JSONColumnType<Record<string, unknown>>
}

type UsageEntries = {
  id: string
  at: Generated<Date>
  user_id: string | null
  visitor_session_id: string | null
  team_id: string | null
  kind: (typeof meters)[number]
  quantity: number
  job_id: string
}

type Subscriptions = {
  id: string
  user_id: string | null
  team_id: string | null
  plan: string
  status: string
  seats: Generated<number>
  current_period_end: Date | null
  cancel_at_period_end: Generated<boolean>
  created_at: Generated<Date>
  updated_at: Generated<Date>
}

type BillingEvents = { id: string; type: string; created_at: Date; received_at: Generated<Date> }

type WebhookEndpoints = {
  id: string
  user_id: string
  url: string
  description: Generated<string>
  events: string[]
  secret: string
  previous_secret: string | null
  previous_until: Date | null
  active: Generated<boolean>
  disabled_reason: string | null
  failing_since: Date | null
  created_at: Generated<Date>
  updated_at: Generated<Date>
}

type WebhookDeliveries = {
  id: string
  endpoint_id: string
  event: string
  subject_id: string | null
  body: string
  status: Generated<(typeof deliveryStates)[number]>
  attempts: Generated<number>
  log: JSONColumnType<z.infer<typeof attemptSchema>[]>
  next_attempt_at: Date | null
  delivered_at: Date | null
  created_at: Generated<Date>
}

export type Tables = {
  audit_log: AuditLog
  usage_entries: UsageEntries
  subscriptions: Subscriptions
  billing_events: BillingEvents
  webhook_endpoints: WebhookEndpoints
  webhook_deliveries: WebhookDeliveries
  users: Users
  sessions: Sessions
  credentials: Credentials
  api_keys: ApiKeys
  invited_emails: InvitedEmails
  visitor_sessions: VisitorSessions
  teams: Teams
  team_members: TeamMembers
  team_invitations: TeamInvitations
  proposals: Proposals
  matrix_rows: MatrixRows
  comments: Comments
  proposal_events: ProposalEvents
  proposal_shares: ProposalShares
  conversions: Conversions
  analyses: Analyses
  model_answers: ModelAnswers
  prompts: Prompts
  jobs: Jobs
}
