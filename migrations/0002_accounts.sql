-- Accounts: sessions, credentials, e-mail proofs, API keys, and addresses invited to the "friends" plan.

alter table users
  add column email_verified boolean not null default false,
  add column image text;

-- `token` is a SHA-256 of what the cookie holds.
create table sessions (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  token char(64) not null,
  ip_address varchar(64),
  user_agent text,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index idx_sessions_token on sessions (token);
create index idx_sessions_user_id on sessions (user_id);
create index idx_sessions_expires_at on sessions (expires_at);

-- A way to prove who one is: a password here, or an identity at a provider.
create table credentials (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  provider_id varchar(64) not null,
  account_id varchar(255) not null,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index idx_credentials_provider_account on credentials (provider_id, account_id);
create index idx_credentials_user_id on credentials (user_id);

-- What was sent by mail and must come back. Identifiers are hashed.
create table verifications (
  id uuid primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index idx_verifications_identifier on verifications (identifier);
create index idx_verifications_expires_at on verifications (expires_at);

-- A key has 256 random bits, so a plain hash of it cannot be guessed back.
create table api_keys (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  name varchar(100) not null,
  prefix varchar(16) not null,
  key_hash char(64) not null,
  scopes text[] not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  created_at timestamptz not null default now(),
  constraint ck_api_keys_key_hash check (key_hash ~ '^[0-9a-f]{64}$'),
  constraint ck_api_keys_scopes check (cardinality(scopes) > 0)
);
create unique index idx_api_keys_key_hash on api_keys (key_hash);
create index idx_api_keys_user_id on api_keys (user_id);

-- Who may have the "friends" plan (the seed's "F&F") on signing up.
create table invited_emails (
  email varchar(255) primary key,
  plan varchar(64) not null,
  created_at timestamptz not null default now(),
  constraint ck_invited_emails_lower check (email = lower(email))
);
