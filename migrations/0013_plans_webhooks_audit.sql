-- What administrators and the system did, what accounts used and pay for, and whom to tell about it.

-- Written once and never changed; it outlives what it speaks of, so nothing here refers to other tables.
create table audit_log (
  id uuid primary key,
  at timestamptz not null default now(),
  actor_id uuid,
  actor_kind varchar(16) not null,
  action varchar(64) not null,
  target_type varchar(32) not null,
  target_id varchar(255),
  detail jsonb not null default '{}',
  constraint ck_audit_log_actor_kind check (actor_kind in ('user', 'visitor', 'operator', 'system'))
);
create index idx_audit_log_actor_id on audit_log (actor_id, id) where actor_id is not null;
create index idx_audit_log_target on audit_log (target_type, target_id, id);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;
create trigger audit_log_is_append_only before update or delete on audit_log
  for each row execute function refuse_change();

-- What was used, by whom; `team_id` when the plan of a team paid for it. One row for a job and a kind, however often the
-- job runs. Sums of it are what limits are compared with.
create table usage_entries (
  id uuid primary key,
  at timestamptz not null default now(),
  user_id uuid references users (id) on delete cascade,
  visitor_session_id uuid,
  team_id uuid references teams (id) on delete set null,
  kind varchar(24) not null,
  quantity integer not null,
  -- The job may be deleted; what it used stays used.
  job_id uuid not null,
  constraint ck_usage_entries_owner check (num_nonnulls(user_id, visitor_session_id) = 1),
  constraint ck_usage_entries_kind check (kind in ('pages', 'analyses', 'model_analyses')),
  constraint ck_usage_entries_quantity check (quantity >= 0)
);
create unique index idx_usage_entries_job on usage_entries (job_id, kind);
create index idx_usage_entries_user_id on usage_entries (user_id, at) where user_id is not null;
create index idx_usage_entries_visitor on usage_entries (visitor_session_id, at) where visitor_session_id is not null;
create index idx_usage_entries_team_id on usage_entries (team_id, at) where team_id is not null;

alter table teams
  add column plan varchar(64) not null default 'free',
  add column stripe_customer_id varchar(255);
create unique index idx_teams_stripe_customer_id on teams (stripe_customer_id) where stripe_customer_id is not null;
create unique index idx_users_stripe_customer_id on users (stripe_customer_id) where stripe_customer_id is not null;

-- As Stripe tells them. Either a person or a team pays.
create table subscriptions (
  id varchar(255) primary key,
  user_id uuid references users (id) on delete cascade,
  team_id uuid references teams (id) on delete cascade,
  plan varchar(64) not null,
  status varchar(32) not null,
  seats integer not null default 1,
  current_period_end timestamptz,
  cancel_at_period_end boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint ck_subscriptions_owner check (num_nonnulls(user_id, team_id) = 1)
);
create index idx_subscriptions_user_id on subscriptions (user_id) where user_id is not null;
create index idx_subscriptions_team_id on subscriptions (team_id) where team_id is not null;

-- Events of Stripe that were dealt with: each counts once.
create table billing_events (
  id varchar(255) primary key,
  type varchar(100) not null,
  created_at timestamptz not null,
  received_at timestamptz not null default now()
);

-- Where a user's programs want to be told (Standard Webhooks). Secrets are sealed with the key of the server.
create table webhook_endpoints (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  url varchar(2000) not null,
  description varchar(255) not null default '',
  events text[] not null,
  secret varchar(512) not null,
  -- Signs beside the new one for a while, so that receivers can change over.
  previous_secret varchar(512),
  previous_until timestamptz,
  active boolean not null default true,
  disabled_reason varchar(255),
  failing_since timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint ck_webhook_endpoints_events check (cardinality(events) > 0)
);
create index idx_webhook_endpoints_user_id on webhook_endpoints (user_id, id);

create table webhook_deliveries (
  id uuid primary key,
  endpoint_id uuid not null references webhook_endpoints (id) on delete cascade,
  event varchar(64) not null,
  -- What it speaks of: changes that were not told yet are told once.
  subject_id uuid,
  body text not null,
  status varchar(16) not null default 'waiting',
  attempts integer not null default 0,
  -- One row for each attempt: when, status or error, how long.
  log jsonb not null default '[]',
  next_attempt_at timestamptz,
  delivered_at timestamptz,
  created_at timestamptz not null default now(),
  constraint ck_webhook_deliveries_status check (status in ('waiting', 'sending', 'delivered', 'failed'))
);
create index idx_webhook_deliveries_endpoint_id on webhook_deliveries (endpoint_id, id);
create index idx_webhook_deliveries_created_at on webhook_deliveries (created_at);
create index idx_webhook_deliveries_waiting on webhook_deliveries (endpoint_id, event, subject_id)
  where status = 'waiting' and attempts = 0;
