-- Why:   the case-finding list: each ranking run, whom it suggests by pseudonym, and what people judged.
-- Locks: new tables only.
-- Undo:  drop schema case_finding cascade.
-- Safe while the previous version is running: yes.

create schema case_finding;
grant usage on schema case_finding to keyworker_app;

-- One ranking of the whole installation for one programme. Counts in = listed + left out, by reason.
create table case_finding.run (
  id uuid primary key,
  n bigint generated always as identity unique,
  programme_id uuid not null,
  programme_version integer not null,
  load_id uuid not null references population.load,
  index_on date not null,
  covered_to date not null,
  sources jsonb not null,
  percent numeric not null check (percent > 0 and percent <= 100),
  from_age integer not null,
  considered integer not null check (considered >= 0),
  cut integer not null check (cut >= 0),
  listed integer not null check (listed >= 0),
  with_us integer not null check (with_us >= 0),
  objected integer not null check (objected >= 0),
  returned integer not null default 0 check (returned >= 0),
  admissions_mean double precision not null,
  admissions_variance double precision not null,
  ranked_at timestamptz not null,
  recorded_at timestamptz not null default now(),
  foreign key (programme_id, programme_version) references organisations.programme_version (programme_id, version),
  check (cut = listed + with_us + objected)
);
create index on case_finding.run (programme_id, n desc);
-- Ranking the same load by the same rules twice gives one run.
create unique index one_run_a_load on case_finding.run (programme_id, programme_version, load_id, index_on, percent);

create table case_finding.run_practice (
  run_id uuid not null references case_finding.run,
  practice_code text not null,
  considered integer not null,
  listed integer not null,
  with_us integer not null,
  objected integer not null,
  -- Registered and objecting: they never reach the store, so they are not among those considered.
  objecting integer not null,
  primary key (run_id, practice_code)
);

-- By pseudonym: who this is, only the person's own practice can ask, one list at a time.
create table case_finding.suggestion (
  run_id uuid not null references case_finding.run,
  rank integer not null check (rank > 0),
  pseudonym uuid not null,
  practice_code text not null,
  emergency_admissions integer not null check (emergency_admissions >= 0),
  ae_visits integer not null check (ae_visits >= 0),
  conditions text[] not null,
  last_admission_on date,
  is_care_home boolean,
  lives_alone boolean,
  -- Beyond the cut, shown again because of an emergency admission after somebody deferred or declined them.
  is_returned boolean not null default false,
  primary key (run_id, rank)
);
create unique index on case_finding.suggestion (run_id, pseudonym);
create index on case_finding.suggestion (run_id, practice_code, rank);

-- The dated records behind each suggestion, as the load had them. Nobody reads the table: a page asks for the one
-- person it has open.
create table case_finding.evidence (
  run_id uuid not null references case_finding.run,
  pseudonym uuid not null,
  records jsonb not null,
  primary key (run_id, pseudonym)
);

-- What a named human decided of one person for one programme. Never changed: a new decision is the next number, and
-- the number a page was drawn from is what its form carries back.
create table case_finding.judgement (
  person_id uuid not null references people.person,
  programme_id uuid not null references organisations.programme,
  n integer not null check (n > 0),
  id uuid not null unique,
  decision text not null check (decision in ('accepted', 'deferred', 'declined', 'added', 'taken back')),
  reason text not null,
  words text,
  show_again_on date,
  run_id uuid references case_finding.run,
  practice_id uuid references organisations.organisation,
  judged_by uuid not null references organisations.staff,
  judged_at timestamptz not null,
  recorded_at timestamptz not null default now(),
  primary key (person_id, programme_id, n),
  unique (id, person_id),
  check ((decision in ('deferred', 'declined')) = (show_again_on is not null))
);
select access.guard('case_finding.judgement');

grant select on case_finding.run, case_finding.run_practice, case_finding.suggestion, case_finding.judgement
  to keyworker_app;
grant insert on case_finding.judgement to keyworker_app;
grant insert on case_finding.run, case_finding.run_practice, case_finding.suggestion, case_finding.evidence
  to keyworker_work;

-- Who may not be listed for a programme whatever their rank. Only the ranking asks, for the whole installation.
create function case_finding.not_to_list(p_programme uuid) returns table (person_id uuid, reason text)
language sql stable security definer set search_path = '' as $$
  select distinct w.person_id, 'objected' from people.wish w
    where w.kind = 'objection' and w.ended_at is null and population.objects(w.person_id, 'case-finding')
  union all
  select e.person_id, 'with us' from people.episode e where e.programme_id = p_programme and e.closed_on is null
$$;
revoke all on function case_finding.not_to_list from public;
grant execute on function case_finding.not_to_list to keyworker_work;

-- Those deferred or declined for now, and the list's day they were judged from: an emergency admission on it or later
-- brings them back.
create function case_finding.watched(p_programme uuid) returns table (person_id uuid, since date)
language sql stable security definer set search_path = '' as $$
  select person_id, since from (
    select distinct on (j.person_id) j.person_id, j.decision, coalesce(r.index_on, j.judged_at::date) as since
    from case_finding.judgement j left join case_finding.run r on r.id = j.run_id
    where j.programme_id = p_programme order by j.person_id, j.n desc) latest
  where decision in ('deferred', 'declined')
$$;
revoke all on function case_finding.watched from public;
grant execute on function case_finding.watched to keyworker_work;

-- Whom somebody judged or added, among those registered today at the caller's practice and not objecting now.
create function case_finding.judged_here(p_programme uuid) returns setof uuid
language sql stable security definer set search_path = '' as $$
  select distinct j.person_id from case_finding.judgement j
    join people.registration r on r.person_id = j.person_id and r.ended_at is null
      and r.during @> (select organisations.today())
    where j.programme_id = p_programme and r.practice_id = (select (access.asker()).organisation_id)
      and not population.objects(j.person_id, 'case-finding')
$$;
revoke all on function case_finding.judged_here from public;
grant execute on function case_finding.judged_here to keyworker_app;

-- How many people registered today at each practice object to being looked for. Counts, for the ranking.
create function case_finding.objecting() returns table (practice_code text, people bigint)
language sql stable security definer set search_path = '' as $$
  select o.code, count(*) from (
    select distinct w.person_id from people.wish w
      where w.kind = 'objection' and w.ended_at is null and population.objects(w.person_id, 'case-finding')) w
  join people.registration r on r.person_id = w.person_id and r.ended_at is null
    and r.during @> (select organisations.today())
  join organisations.organisation o on o.id = r.practice_id
  group by o.code
$$;
revoke all on function case_finding.objecting from public;
grant execute on function case_finding.objecting to keyworker_work;

-- The suggestion of the one person open now, with the records behind it. A record joined to another answers for it.
create function case_finding.of_open_person(p_run uuid)
returns table (pseudonym uuid, rank integer, records jsonb)
language sql stable security definer set search_path = '' as $$
  select s.pseudonym, s.rank, e.records
    from population.pseudonym m
    join case_finding.suggestion s on s.run_id = p_run and s.pseudonym = m.pseudonym
    left join case_finding.evidence e on e.run_id = s.run_id and e.pseudonym = s.pseudonym
    where m.retired_at is null and not population.objects(access.person(), 'case-finding')
      and m.person_id in (select access.person() union all
        select g.joined_person_id from people.merge g
          where g.kept_person_id = access.person() and g.agreed_at is not null and g.undone_at is null)
    order by s.rank limit 1
$$;
revoke all on function case_finding.of_open_person from public;
grant execute on function case_finding.of_open_person to keyworker_app;
