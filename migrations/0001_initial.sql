-- The tables of the product: users, visitor_sessions, proposals, conversions, analyses, jobs.
-- Ids are UUIDv7 made by the application, so they sort by time of creation. Every row of work has exactly one owner.
-- Files (originals and outputs) live in blob storage; rows hold their keys.

create table users (
  id uuid primary key,
  email varchar(255) not null,
  name varchar(255) not null default '',
  role varchar(16) not null default 'user',
  plan varchar(64) not null default 'free',
  stripe_customer_id varchar(255),
  subscription_status varchar(64) not null default 'none',
  revoked boolean not null default false,
  last_login_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint ck_users_email_lower check (email = lower(email)),
  constraint ck_users_role check (role in ('user', 'admin'))
);
create unique index idx_users_email on users (email);
create index idx_users_subscription_status on users (subscription_status);

-- A browser without an account. Its cookie holds a random token; the id is a hash of it, so a stolen table opens nothing.
create table visitor_sessions (
  id uuid primary key,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index idx_visitor_sessions_expires_at on visitor_sessions (expires_at);

create table proposals (
  id uuid primary key,
  user_id uuid references users (id) on delete cascade,
  visitor_session_id uuid references visitor_sessions (id) on delete cascade,
  title varchar(255) not null,
  status varchar(64) not null default 'draft',
  expires_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint ck_proposals_owner_present check (num_nonnulls(user_id, visitor_session_id) = 1),
  constraint ck_proposals_title check (length(btrim(title)) > 0),
  constraint ck_proposals_status check (
    status in ('draft', 'qualifying', 'writing', 'review', 'submitted', 'won', 'lost', 'archived')
  )
);
create index idx_proposals_user_id on proposals (user_id, id);
create index idx_proposals_visitor_session_id on proposals (visitor_session_id, id);
create index idx_proposals_expires_at on proposals (expires_at) where expires_at is not null;

create table conversions (
  id uuid primary key,
  user_id uuid references users (id) on delete cascade,
  visitor_session_id uuid references visitor_sessions (id) on delete cascade,
  proposal_id uuid references proposals (id) on delete set null,
  filename varchar(255) not null,
  status varchar(20) not null default 'queued',
  format varchar(16) not null,
  sha256 char(64) not null,
  original_mime varchar(120) not null,
  original_size bigint not null,
  stored_uri varchar(512) not null,
  -- Prefix of the keys of the outputs, and what made them; set when the conversion is completed.
  output_uri varchar(512),
  engine varchar(32),
  options jsonb not null default '{}',
  pages integer,
  partial boolean not null default false,
  warnings integer not null default 0,
  expires_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint ck_conversions_owner_present check (num_nonnulls(user_id, visitor_session_id) = 1),
  constraint ck_conversions_status check (status in ('queued', 'processing', 'completed', 'failed', 'cancelled')),
  constraint ck_conversions_completed check ((status = 'completed') = (output_uri is not null)),
  constraint ck_conversions_sha256 check (sha256 ~ '^[0-9a-f]{64}$'),
  constraint ck_conversions_original_size check (original_size > 0)
);
create index idx_conversions_proposal_id on conversions (proposal_id);
create index idx_conversions_user_id on conversions (user_id, id);
create index idx_conversions_visitor_session_id on conversions (visitor_session_id, id);
create index idx_conversions_sha256 on conversions (sha256);
create index idx_conversions_expires_at on conversions (expires_at) where expires_at is not null;

create table analyses (
  id uuid primary key,
  user_id uuid references users (id) on delete cascade,
  visitor_session_id uuid references visitor_sessions (id) on delete cascade,
  -- Either a conversion was analysed, or a text that was sent with the request.
  conversion_id uuid references conversions (id) on delete cascade,
  text_uri varchar(512),
  filename varchar(255) not null,
  sha256 char(64) not null,
  status varchar(20) not null default 'queued',
  output_uri varchar(512),
  engine varchar(32) not null,
  expires_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint ck_analyses_owner_present check (num_nonnulls(user_id, visitor_session_id) = 1),
  constraint ck_analyses_source check (num_nonnulls(conversion_id, text_uri) = 1),
  constraint ck_analyses_status check (status in ('queued', 'processing', 'completed', 'failed', 'cancelled')),
  constraint ck_analyses_completed check ((status = 'completed') = (output_uri is not null)),
  constraint ck_analyses_sha256 check (sha256 ~ '^[0-9a-f]{64}$')
);
create index idx_analyses_conversion_id on analyses (conversion_id);
create index idx_analyses_user_id on analyses (user_id, id);
create index idx_analyses_visitor_session_id on analyses (visitor_session_id, id);
create index idx_analyses_sha256 on analyses (sha256);
create index idx_analyses_expires_at on analyses (expires_at) where expires_at is not null;

create table jobs (
  id uuid primary key,
  kind varchar(16) not null,
  user_id uuid references users (id) on delete cascade,
  visitor_session_id uuid references visitor_sessions (id) on delete cascade,
  conversion_id uuid references conversions (id) on delete cascade,
  analysis_id uuid references analyses (id) on delete cascade,
  filename varchar(255) not null,
  status varchar(64) not null default 'queued',
  stage varchar(16) not null default 'queued',
  page integer,
  pages integer,
  -- Rises with every change that a watcher of the job may want to see.
  revision bigint not null default 1,
  attempts integer not null default 0,
  -- Token of the attempt that may write; a newer claim fences out an older one.
  claim uuid,
  error_code varchar(64),
  error_message text,
  error_fix text,
  -- For operators; never sent to the owner.
  error_detail text,
  dead_lettered_at timestamptz,
  request_id varchar(64),
  started_at timestamptz,
  completed_at timestamptz,
  expires_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint ck_jobs_owner_present check (num_nonnulls(user_id, visitor_session_id) = 1),
  constraint ck_jobs_kind check (
    (kind = 'conversion' and conversion_id is not null and analysis_id is null)
    or (kind = 'analysis' and analysis_id is not null)
  ),
  constraint ck_jobs_status check (status in ('queued', 'processing', 'completed', 'failed', 'cancelled')),
  constraint ck_jobs_stage check (
    stage in ('queued', 'reading', 'recognising', 'laying-out', 'writing', 'analysing', 'done')
  ),
  constraint ck_jobs_completed_at check (
    (status in ('completed', 'failed', 'cancelled')) = (completed_at is not null)
  ),
  constraint ck_jobs_error check (status = 'failed' or error_code is null)
);
create index idx_jobs_user_id on jobs (user_id, id);
create index idx_jobs_visitor_session_id on jobs (visitor_session_id, id);
create index idx_jobs_status on jobs (status) where status in ('queued', 'processing');
create index idx_jobs_created_at on jobs (created_at);
create index idx_jobs_conversion_id on jobs (conversion_id);
create index idx_jobs_analysis_id on jobs (analysis_id);
create index idx_jobs_expires_at on jobs (expires_at) where expires_at is not null;
create index idx_jobs_dead_lettered_at on jobs (dead_lettered_at) where dead_lettered_at is not null;
