-- Teams own proposals together; a proposal has documents in roles, a compliance matrix with owners and states, comments,
-- a history, and links for readers without an account.

create table teams (
  id uuid primary key,
  name varchar(100) not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint ck_teams_name check (length(btrim(name)) > 0)
);

create table team_members (
  team_id uuid not null references teams (id) on delete cascade,
  user_id uuid not null references users (id) on delete cascade,
  role varchar(16) not null,
  created_at timestamptz not null default now(),
  primary key (team_id, user_id),
  constraint ck_team_members_role check (role in ('viewer', 'editor', 'owner'))
);
create index idx_team_members_user_id on team_members (user_id);

create table team_invitations (
  id uuid primary key,
  team_id uuid not null references teams (id) on delete cascade,
  email varchar(255) not null,
  role varchar(16) not null,
  token_hash char(64) not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  constraint ck_team_invitations_role check (role in ('viewer', 'editor', 'owner'))
);
create unique index idx_team_invitations_token_hash on team_invitations (token_hash);
create index idx_team_invitations_team_id on team_invitations (team_id);
create index idx_team_invitations_expires_at on team_invitations (expires_at);

alter table proposals
  add column team_id uuid references teams (id) on delete cascade,
  add column client varchar(255) not null default '',
  add column due_at timestamptz,
  -- The zone the solicitation names (IANA), so that the due time is shown as printed.
  add column due_zone varchar(64),
  -- Rises with every change; a change names the version it was made from.
  add column version integer not null default 1,
  add column trashed_at timestamptz,
  drop constraint ck_proposals_owner_present,
  add constraint ck_proposals_owner_present check (num_nonnulls(user_id, visitor_session_id, team_id) = 1),
  add constraint ck_proposals_due check ((due_at is null) = (due_zone is null));
create index idx_proposals_team_id on proposals (team_id, id);
create index idx_proposals_trashed_at on proposals (trashed_at) where trashed_at is not null;

alter table conversions
  add column proposal_role varchar(16),
  add constraint ck_conversions_proposal_role check (
    proposal_role in ('base', 'amendment', 'qa', 'attachment', 'draft')
  );

create table matrix_rows (
  id uuid primary key,
  proposal_id uuid not null references proposals (id) on delete cascade,
  -- Where the requirement was found; the row outlives its analysis.
  analysis_id uuid references analyses (id) on delete set null,
  requirement_id varchar(64) not null,
  requirement_text text not null,
  rfp_reference varchar(255) not null default '',
  obligation varchar(16) not null,
  category varchar(32) not null,
  page integer,
  boxes jsonb not null default '[]',
  block_ids jsonb not null default '[]',
  status varchar(16) not null default 'open',
  owner_id uuid references users (id) on delete set null,
  response_location varchar(255) not null default '',
  notes text not null default '',
  position integer not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint ck_matrix_rows_status check (status in ('open', 'compliant', 'partial', 'exception', 'not_applicable'))
);
create unique index idx_matrix_rows_requirement on matrix_rows (proposal_id, analysis_id, requirement_id);
create index idx_matrix_rows_position on matrix_rows (proposal_id, position, id);
create index idx_matrix_rows_owner_id on matrix_rows (owner_id) where owner_id is not null;
create index idx_matrix_rows_analysis_id on matrix_rows (analysis_id);

create table comments (
  id uuid primary key,
  proposal_id uuid not null references proposals (id) on delete cascade,
  matrix_row_id uuid references matrix_rows (id) on delete cascade,
  author_id uuid references users (id) on delete set null,
  body text not null,
  created_at timestamptz not null default now(),
  constraint ck_comments_body check (length(btrim(body)) > 0)
);
create index idx_comments_proposal_id on comments (proposal_id, id);
create index idx_comments_matrix_row_id on comments (matrix_row_id);

-- What happened to a proposal. Written with the change itself; never changed.
create table proposal_events (
  id uuid primary key,
  proposal_id uuid not null references proposals (id) on delete cascade,
  actor_id uuid references users (id) on delete set null,
  action varchar(64) not null,
  detail jsonb not null default '{}',
  created_at timestamptz not null default now()
);
create index idx_proposal_events_proposal_id on proposal_events (proposal_id, id);

-- A link that shows a proposal to whoever has it. Only a hash of its token is kept.
create table proposal_shares (
  id uuid primary key,
  proposal_id uuid not null references proposals (id) on delete cascade,
  token_hash char(64) not null,
  views integer not null default 0,
  expires_at timestamptz not null,
  created_at timestamptz not null default now()
);
create unique index idx_proposal_shares_token_hash on proposal_shares (token_hash);
create index idx_proposal_shares_proposal_id on proposal_shares (proposal_id);
