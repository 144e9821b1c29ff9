-- Why:   how much more those at the top of a list use than everybody, and what is spent on them, was on no page.
-- Locks: a new table only.
-- Undo:  drop table case_finding.run_profile.
-- Safe while the previous version is running: yes.

-- Of one run and tier: how many people, and what they used in the 365 days before. Sums of everybody: nobody's row.
create table case_finding.run_profile (
  run_id uuid not null references case_finding.run,
  place integer not null check (place between 1 and 3),
  tier text not null,
  people integer not null check (people >= 0),
  used jsonb not null,
  prices jsonb not null,
  primary key (run_id, place)
);
grant select on case_finding.run_profile to keyworker_app;
grant insert on case_finding.run_profile to keyworker_work;
