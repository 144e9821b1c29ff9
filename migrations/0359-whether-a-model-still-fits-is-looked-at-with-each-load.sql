-- Why:   a model was tested once, when it was trained; whether its numbers still fit, whether the people are still those it was
--        tested on, and how much its lists change from one to the next was on no page.
-- Locks: two new tables only.
-- Undo:  drop table case_finding.run_movement; drop table case_finding.model_check.
-- Safe while the previous version is running: yes.

-- Of one model and one load: the newest complete year by it, and how far the people of the list's day lie from those it was
-- tested on. Counts and rates of everybody: nobody's row.
create table case_finding.model_check (
  id uuid primary key,
  n bigint generated always as identity unique,
  model_id uuid not null references case_finding.model,
  load_id uuid not null references population.load,
  index_on date not null,
  year_from date not null check (year_from < index_on),
  people integer not null check (people > 0),
  observed integer not null check (observed between 0 and people),
  expected double precision not null check (expected >= 0),
  figures jsonb not null,
  checked_at timestamptz not null,
  unique (model_id, load_id)
);
grant select on case_finding.model_check to keyworker_app;
grant insert on case_finding.model_check to keyworker_work;

-- How many of a list were on the one before it that was made in the same way. The first list has no row.
create table case_finding.run_movement (
  run_id uuid primary key references case_finding.run,
  before_id uuid not null references case_finding.run,
  before_on date not null,
  people integer not null,
  stayed integer not null check (stayed between 0 and people)
);
grant select on case_finding.run_movement to keyworker_app;
grant insert on case_finding.run_movement to keyworker_work;
