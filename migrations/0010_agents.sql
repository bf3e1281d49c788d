-- What language models answered, so that nothing is asked and paid for twice, and the prompts that users give names to.

alter table analyses
  -- "mdraft 1.2.3 + provider:model": another model makes another analysis.
  alter column engine type varchar(200),
  -- Name and instructions of the prompt that was run; null: the four analyses.
  add column agent jsonb;

-- Belongs to the analysis that first asked, and goes with it: an answer quotes the document.
create table model_answers (
  analysis_id uuid not null references analyses (id) on delete cascade,
  key char(64) not null,
  answer jsonb not null,
  created_at timestamptz not null default now(),
  primary key (analysis_id, key),
  constraint ck_model_answers_key check (key ~ '^[0-9a-f]{64}$')
);
create index idx_model_answers_key on model_answers (key);

create table prompts (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  name varchar(64) not null,
  description varchar(500) not null default '',
  instructions text not null,
  -- Rises with every change; a change names the version it was made from.
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint ck_prompts_name check (name ~ '^[a-z0-9][a-z0-9-]*$'),
  constraint ck_prompts_instructions check (length(btrim(instructions)) > 0)
);
create unique index idx_prompts_name on prompts (user_id, name);
