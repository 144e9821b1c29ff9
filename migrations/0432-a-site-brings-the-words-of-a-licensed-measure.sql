-- Why:   a site that holds a licence brings the words of a measure whose arithmetic is here, and may then ask it.
-- Locks: assessment.assessment while a column is added and its rows are read once for the check.
-- Undo:  drop the column pack_id, then assessment.pack.
-- Safe while the previous version is running: yes.

-- One file as it was put in, under one licence. It is never changed: another takes its place, or it is withdrawn.
create table assessment.pack (
  id uuid primary key,
  n bigint generated always as identity,
  instrument text not null check (instrument in ('swemwbs', 'barthel-100', 'barthel-20', 'ipos')),
  version text not null check (version <> ''),
  edition text not null check (edition <> ''),
  holder text not null check (holder <> ''),
  reference text not null check (reference <> ''),
  notice text not null check (notice <> ''),
  licensed_from date not null,
  licensed_until date not null check (licensed_until >= licensed_from),
  words jsonb not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  put_in_by uuid not null references organisations.staff,
  put_in_at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid references organisations.staff,
  ended_reason text check (ended_reason <> ''),
  unique (id, instrument),
  check ((ended_at is null) = (ended_by is null) and (ended_at is null) = (ended_reason is null))
);
create unique index one_pack_now on assessment.pack (instrument) where ended_at is null;
grant select, insert on assessment.pack to keyworker_app;
grant select on assessment.pack to keyworker_work;
grant update (ended_at, ended_by, ended_reason) on assessment.pack to keyworker_app;

-- By which words it was asked. Without a pack the licensed ones cannot be kept at all.
alter table assessment.assessment add column pack_id uuid;
alter table assessment.assessment add constraint pack_of_its_instrument
  foreign key (pack_id, instrument) references assessment.pack (id, instrument);
alter table assessment.assessment add constraint licensed_by_a_pack
  check ((instrument in ('swemwbs', 'barthel-100', 'barthel-20', 'ipos')) = (pack_id is not null));
create index on assessment.assessment (pack_id) where pack_id is not null;
