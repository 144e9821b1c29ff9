-- Why:   the journal: what happened to a person, for people to read, never changed; and jobs promised with it.
-- Locks: new tables only.
-- Undo:  drop schema journal, jobs.
-- Safe while the previous version is running: yes.

create schema journal;
grant usage on schema journal to keyworker_app;

create table journal.entry (
  id bigint generated always as identity,
  person_id uuid,
  what text not null,
  about text,
  facts jsonb not null default '{}',
  happened_at timestamptz not null,
  recorded_at timestamptz not null,
  recorded_by uuid,
  system text,
  primary key (id, recorded_at),
  check ((recorded_by is null) <> (system is null))
) partition by range (recorded_at);
create table journal.entry_default partition of journal.entry default;
create index on journal.entry (person_id, recorded_at);
create index on journal.entry (what, recorded_at);
select access.ready_months('journal.entry', now()::date, 3);
grant select, insert on journal.entry to keyworker_app;

alter table journal.entry enable row level security;
-- A note about nobody in particular (an extract was loaded) may be read by all who may read the journal.
create policy opened on journal.entry for all
  using (journal.entry.person_id = (select access.person()) or journal.entry.person_id in (select access.opened())
         or journal.entry.person_id is null)
  with check (journal.entry.person_id = (select access.person()) or journal.entry.person_id is null);

create schema jobs;
grant usage on schema jobs to keyworker_app;

-- The queue's own tables belong to the gate; pages reach it only through this door, inside their transaction.
create function jobs.promise(p_task text, p_payload jsonb, p_key text) returns void
language sql volatile security definer set search_path = '' as $$
  select graphile_worker.add_job(p_task, p_payload::json, job_key => p_key, max_attempts => 5)
$$;
revoke all on function jobs.promise from public;
grant execute on function jobs.promise to keyworker_app;

-- How far a long job is, for the page that waits for it. Rows are about jobs, never about people.
create table jobs.progress (
  task text primary key,
  words text not null,
  share_done real not null check (share_done between 0 and 1),
  started_at timestamptz not null,
  changed_at timestamptz not null,
  ended_at timestamptz,
  outcome text check (outcome in ('done', 'failed'))
);
grant select on jobs.progress to keyworker_app;
grant insert, update on jobs.progress to keyworker_work;

create table jobs.idempotency (
  caller text not null,
  key text not null,
  body_sha256 bytea not null,
  answer jsonb,
  at timestamptz not null default now(),
  primary key (caller, key)
);
grant select, insert on jobs.idempotency to keyworker_app;
grant update (answer) on jobs.idempotency to keyworker_app;

grant usage on schema graphile_worker to keyworker_work;
grant all on all tables in schema graphile_worker to keyworker_work;
grant all on all sequences in schema graphile_worker to keyworker_work;
grant execute on all functions in schema graphile_worker to keyworker_work;
do $$
declare t record;
begin
  for t in select schemaname, tablename from pg_tables where schemaname = 'graphile_worker' and rowsecurity loop
    execute format('create policy worker on %I.%I for all to keyworker_work using (true) with check (true)',
      t.schemaname, t.tablename);
  end loop;
end $$;
