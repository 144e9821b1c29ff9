-- Why:   a score that another tool gave (ACG, a frailty index) could not be loaded with the records, nor held against what
--        came, beside our own on the same people.
-- Locks: a new table only.
-- Undo:  drop table case_finding.outside_score.
-- Safe while the previous version is running: yes.

-- One score and version of a load: what it says of itself, and how it came out in the newest year whose outcome is known. No
-- report where that cannot be told yet; then `facts` says why. Counts and rates of groups: nobody's row.
create table case_finding.outside_score (
  id uuid primary key,
  n bigint generated always as identity unique,
  load_id uuid not null references population.load,
  score text not null,
  version text not null,
  facts jsonb not null,
  report jsonb,
  checked_at timestamptz not null,
  unique (load_id, score, version)
);
grant select on case_finding.outside_score to keyworker_app;
grant insert on case_finding.outside_score to keyworker_work;
