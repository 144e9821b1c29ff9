-- Why:   a list finds those the records show; a group that is seen less is found less. Each run now says which groups are
--        with us less than others with records like theirs, and who comes first among those it passed over.
-- Locks: new tables only.
-- Undo:  drop tables case_finding.mirror, case_finding.mirror_group.
-- Safe while the previous version is running: yes.

-- Of one run and one group: how many are with us or were accepted, and how many would be if its people were served like
-- everybody with records like theirs. Counts, nobody's row.
create table case_finding.mirror_group (
  run_id uuid not null references case_finding.run,
  by_what text not null,
  group_name text not null,
  considered integer not null check (considered >= 0),
  served integer not null check (served >= 0),
  expected double precision not null check (expected >= 0),
  is_missed boolean not null,
  primary key (run_id, by_what, group_name)
);

-- Those of the missed groups whom the list did not reach, the ones most like those served first. By pseudonym: who this
-- is, only the person's own practice can ask.
create table case_finding.mirror (
  run_id uuid not null references case_finding.run,
  place integer not null check (place > 0),
  pseudonym uuid not null,
  practice_code text not null,
  groups text[] not null check (cardinality(groups) > 0),
  emergency_admissions integer not null,
  ae_visits integer not null,
  conditions integer not null,
  -- Of everybody considered with records like theirs: how many there are, and how many are served.
  alike integer not null check (alike > 0),
  alike_served integer not null check (alike_served >= 0 and alike_served <= alike),
  primary key (run_id, place),
  unique (run_id, pseudonym)
);
create index on case_finding.mirror (run_id, practice_code, place);
grant select on case_finding.mirror_group, case_finding.mirror to keyworker_app;
grant insert on case_finding.mirror_group, case_finding.mirror to keyworker_work;
