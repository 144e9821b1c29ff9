-- Why:   nothing copied an installation unless somebody thought of it. What is to be copied, and each copy that was tried, is
--        written down, so that a page can say when the last good one was.
-- Locks: new tables only.
-- Undo:  drop both tables.
-- Safe while the previous version is running: yes.

-- What the program was told when it started: where copies go, or why none are made. One row.
create table jobs.copy_plan (
  is_one boolean primary key default true check (is_one),
  none_because text check (none_because in ('switched off', 'own database', 'made-up people', 'nothing loaded')),
  into_folder text,
  keys_folder text,
  nights integer check (nights > 0),
  is_same_disk boolean,
  set_at timestamptz not null default now(),
  check ((none_because is null) = (into_folder is not null)),
  check ((into_folder is null) = (keys_folder is null) and (into_folder is null) = (nights is null)
    and (into_folder is null) = (is_same_disk is null))
);

-- Each copy that was begun. One that has not ended when the program starts was cut short.
create table jobs.copy (
  id uuid primary key,
  folder text not null,
  begun_at timestamptz not null,
  ended_at timestamptz,
  outcome text check (outcome in ('done', 'failed', 'deleted')),
  words text,
  bytes bigint check (bytes >= 0),
  check ((ended_at is null) = (outcome is null)),
  check ((outcome = 'failed') <= (words is not null))
);
create index on jobs.copy (begun_at desc);
grant select on jobs.copy_plan, jobs.copy to keyworker_app;
