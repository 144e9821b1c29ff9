-- Why:   whether those who work down a list were taught what it says and what it does not, by a clinician and when, was written
--        nowhere.
-- Locks: a new table only.
-- Undo:  drop table case_finding.training_given.
-- Safe while the previous version is running: yes.

-- Somebody was taught to read the lists by the clinician who signs for it. A row is never changed; the newest of somebody holds.
create table case_finding.training_given (
  id uuid primary key,
  n bigint generated always as identity unique,
  staff_id uuid not null references organisations.staff,
  trained_on date not null,
  trained_by uuid not null references organisations.staff check (trained_by <> staff_id),
  -- The role the trainer was signed in with.
  trainer_role text not null,
  -- The model whose numbers they were shown; none: the list was by the rule.
  model_id uuid references case_finding.model,
  recorded_at timestamptz not null
);
create index on case_finding.training_given (staff_id, n);
grant select, insert on case_finding.training_given to keyworker_app;
