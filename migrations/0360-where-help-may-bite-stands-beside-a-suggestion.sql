-- Why:   whether care outside hospital could have kept somebody out of it, whether usual care is missing, and whether end of
--        life care is recorded, was for the reader to dig out of the records.
-- Locks: adds a column without a default; a new table.
-- Undo:  drop table case_finding.run_flag; leave the column, nothing reads it.
-- Safe while the previous version is running: yes; it leaves the column empty.

-- The flags somebody has; the dated records behind them stand with the others. Of an earlier version's run it is null.
alter table case_finding.suggestion add flags text[] check (flags <@ array['acsc', 'gap', 'end of life']);

-- Of one run and one group, how many of those listed have each flag. Counts, nobody's row.
create table case_finding.run_flag (
  run_id uuid not null references case_finding.run,
  by_what text not null,
  group_name text not null,
  listed integer not null check (listed > 0),
  acsc integer not null check (acsc between 0 and listed),
  gap integer not null check (gap between 0 and listed),
  end_of_life integer not null check (end_of_life between 0 and listed),
  primary key (run_id, by_what, group_name)
);
grant select on case_finding.run_flag to keyworker_app;
grant insert on case_finding.run_flag to keyworker_work;
