-- Why:   a study says who locked its method and when, is checked before it is locked, and outcomes are opened after.
-- Locks: evaluation.study for as long as adding empty columns takes.
-- Undo:  drop the three tables and the columns.
-- Safe while the previous version is running: yes.

-- What somebody would ask, before it is locked. Never changed: a later one of the same programme takes its place.
create table evaluation.draft (
  id uuid primary key,
  n bigint generated always as identity,
  programme_id uuid not null references organisations.programme,
  plan jsonb not null,
  written_by uuid not null references organisations.staff,
  written_at timestamptz not null
);
create index on evaluation.draft (programme_id, n);

-- A study that nobody wrote is the program's own: the method that ships.
alter table evaluation.study
  add column locked_by uuid references organisations.staff,
  add column draft_id uuid references evaluation.draft unique,
  add column code_version text,
  add column data_to date,
  add check ((locked_by is null) = (draft_id is null));

-- How alike the groups of a draft would be and what it could see. No outcome is in it or was read for it.
create table evaluation.draft_check (
  id uuid primary key,
  draft_id uuid not null references evaluation.draft,
  load_id uuid not null references population.load,
  ran_at timestamptz not null,
  found jsonb not null
);
create index on evaluation.draft_check (draft_id, ran_at);

-- That the groups of a locked study were found alike, written before its outcomes were opened.
create table evaluation.opening (
  id uuid primary key,
  study_id uuid not null references evaluation.study,
  load_id uuid not null references population.load,
  opened_at timestamptz not null,
  matched_sha256 text not null check (length(matched_sha256) = 64),
  people integer not null check (people >= 0)
);
create index on evaluation.opening (study_id, opened_at);

grant select on evaluation.draft, evaluation.draft_check, evaluation.opening to keyworker_app;
grant insert on evaluation.draft, evaluation.study to keyworker_app;
grant insert on evaluation.draft_check, evaluation.opening to keyworker_work;
