-- Why:   an episode ends by a named person's decision, with a coded reason, and may be taken back for 7 days.
-- Locks: new table only.
-- Undo:  drop schema closure.
-- Safe while the previous version is running: yes.

create schema closure;
grant usage on schema closure to keyworker_app;

create table closure.closure (
  id uuid primary key,
  person_id uuid not null references people.person,
  episode_id uuid not null,
  -- The turn of the episode that closed it.
  turn integer not null,
  reason text not null check (reason in ('goals met', 'monitored elsewhere', 'another service took over',
    'no longer helped by it', 'the person chose', 'moved away', 'could not be reached', 'died')),
  words text,
  closed_on date not null,
  told text[] not null,
  closed_by uuid not null references organisations.staff,
  recorded_at timestamptz not null,
  taken_back_at timestamptz,
  taken_back_by uuid references organisations.staff,
  taken_back_reason text,
  foreign key (episode_id, person_id) references people.episode (id, person_id),
  foreign key (episode_id, turn) references people.episode_turn (episode_id, n) deferrable initially deferred,
  check ((taken_back_at is null) = (taken_back_by is null) and (taken_back_at is null) = (taken_back_reason is null)),
  check (taken_back_at <= recorded_at + interval '7 days')
);
create index on closure.closure (person_id);
create unique index one_closure on closure.closure (episode_id) where taken_back_at is null;

select access.guard('closure.closure');
grant select, insert on closure.closure to keyworker_app;
grant update (taken_back_at, taken_back_by, taken_back_reason) on closure.closure to keyworker_app;
