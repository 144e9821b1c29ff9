-- Why:   a change of the access log by anybody, the owner of the database included, can be shown.
-- Locks: new table only.
-- Undo:  drop table access.log_seal; the log stays, unproved.
-- Safe while the previous version is running: yes.

-- A seal names its rows by ranges of id, so that a dump and a restore keep it. `waiting` holds ids passed over because
-- their transaction was open, each with when that was first seen. The high-water mark may only grow.
create table access.log_seal (
  n bigint primary key check (n > 0),
  sealed_at timestamptz not null,
  row_ranges int8multirange not null,
  digests bytea not null,
  waiting jsonb not null,
  high_water bigint not null,
  previous_n bigint,
  previous_high_water bigint,
  previous_hash bytea not null,
  hash bytea not null,
  signature bytea not null,
  unique (n, high_water),
  foreign key (previous_n, previous_high_water) references access.log_seal (n, high_water),
  check (n = coalesce(previous_n, 0) + 1),
  check (high_water >= coalesce(previous_high_water, 0))
);
grant usage on schema access to keyworker_work;
grant select on access.entry to keyworker_work;
grant select, insert on access.log_seal to keyworker_work;
