-- Counts of requests, shared by all processes. Losing them in a crash loses nothing that matters, so they are not logged.
create unlogged table rate_counters (
  key varchar(255) primary key,
  count integer not null,
  resets_at timestamptz not null
);
create index idx_rate_counters_resets_at on rate_counters (resets_at);

-- Answers to requests that carried an Idempotency-Key, given again when the request comes again.
create table idempotency_keys (
  owner varchar(64) not null,
  key varchar(255) not null,
  fingerprint char(64) not null,
  -- Null while the first request runs.
  status integer,
  body text,
  created_at timestamptz not null default now(),
  primary key (owner, key)
);
create index idx_idempotency_keys_created_at on idempotency_keys (created_at);
