-- Why:   how often the method says "effect" on this very population when nothing was done is shown beside its answer.
-- Locks: new table only.
-- Undo:  drop table evaluation.method_trial.
-- Safe while the previous version is running: yes.

-- Made-up services of people who did not join. Counts of services: nobody's row.
create table evaluation.method_trial (
  id uuid primary key,
  study_id uuid not null references evaluation.study,
  load_id uuid not null references population.load,
  ran_at timestamptz not null,
  services integer not null check (services > 0),
  withheld integer not null check (withheld >= 0),
  said_effect integer not null check (said_effect >= 0),
  check (withheld + said_effect <= services)
);
create index on evaluation.method_trial (study_id, ran_at);
grant select on evaluation.method_trial to keyworker_app;
grant insert on evaluation.method_trial to keyworker_work;
