-- Why:   how far judges agree was told of one practice only; what became of people by the reason they were declined for, and
--        of those nobody judged, not at all; and nobody could see a list that was accepted from top to bottom in seconds.
-- Locks: adds a column without a default to judgement; new tables and functions.
-- Undo:  drop the functions and tables below; leave the column, nothing else reads it.
-- Safe while the previous version is running: yes; it leaves the column empty.

-- From the first time the judge opened the person in the half hour before, to the decision; unknown where they had not.
alter table case_finding.judgement add seconds_open integer check (seconds_open >= 0);

-- By the access log, so that no page can say otherwise. What this very transaction opened does not count.
create function case_finding.seconds_open(p_person uuid) returns integer
language sql stable security definer set search_path = '' as $$
  select floor(extract(epoch from now() - min(e.at)))::integer from access.entry e
    where e.person_id = p_person and e.staff_id = (access.asker()).staff_id and e.outcome = 'done'
      and e.at < now() and e.at >= now() - interval '30 minutes'
$$;
revoke all on function case_finding.seconds_open from public;
grant execute on function case_finding.seconds_open to keyworker_app;

-- Of one run and practice: of people judged by two, how many each said yes and no to.
create table case_finding.run_agreement (
  run_id uuid not null references case_finding.run,
  practice_code text not null,
  both_yes integer not null check (both_yes >= 0),
  first_yes integer not null check (first_yes >= 0),
  second_yes integer not null check (second_yes >= 0),
  both_no integer not null check (both_no >= 0),
  primary key (run_id, practice_code)
);

-- Of one run and practice, by decision and its reason, and of those nobody judged: how many had an emergency admission in the
-- 90 days after.
create table case_finding.run_later_reason (
  run_id uuid not null references case_finding.run,
  practice_code text not null,
  decision text not null check (decision in ('accepted', 'deferred', 'declined', 'never judged')),
  reason text not null,
  people integer not null check (people > 0),
  admitted integer not null check (admitted between 0 and people),
  primary key (run_id, practice_code, decision, reason),
  check ((decision = 'never judged') = (reason = ''))
);

-- Of one run and practice: the decisions of 90 days, how many were to accept, and how long the page stood, by the middle one.
create table case_finding.run_pace (
  run_id uuid not null references case_finding.run,
  practice_code text not null,
  decisions integer not null check (decisions > 0),
  accepted integer not null check (accepted between 0 and decisions),
  timed integer not null check (timed between 0 and decisions),
  median_seconds integer,
  primary key (run_id, practice_code)
);
grant select on case_finding.run_agreement, case_finding.run_later_reason, case_finding.run_pace to keyworker_app;
grant insert on case_finding.run_agreement, case_finding.run_later_reason, case_finding.run_pace to keyworker_work;

-- Everything judged for a programme, without words or names of judges: only the ranking counts it.
create function case_finding.everything_judged(p_programme uuid)
returns table (person_id uuid, n integer, decision text, reason text, judged_by uuid, practice_code text)
language sql stable security definer set search_path = '' as $$
  select j.person_id, j.n, j.decision, j.reason, j.judged_by, o.code
    from case_finding.judgement j join organisations.organisation o on o.id = j.practice_id
    where j.programme_id = p_programme order by j.person_id, j.n
$$;

-- The newest decision that stands of each, with its reason, under every pseudonym: as case_finding.decided has it.
create function case_finding.decided_why(p_programme uuid)
returns table (person_id uuid, pseudonym text, decision text, reason text, decided_on date, practice_code text)
language sql stable security definer set search_path = '' as $$
  select d.person_id, d.pseudonym, d.decision,
         (select j.reason from case_finding.judgement j where j.person_id = d.person_id and j.programme_id = p_programme
            and j.decision <> 'added' order by j.n desc limit 1),
         d.decided_on, d.practice_code
    from case_finding.decided(p_programme) d
$$;

-- Whom the newest list of a day or before had, not held out by chance, and nobody has judged or added for the programme.
create function case_finding.never_judged(p_programme uuid, p_by date)
returns table (pseudonym text, listed_on date, practice_code text)
language sql stable security definer set search_path = '' as $$
  with listed as (
    select r.id, r.index_on from case_finding.run r where r.programme_id = p_programme and r.index_on <= p_by
      order by r.index_on desc, (r.model_id is not null) desc, r.n desc limit 1)
  select replace(s.pseudonym::text, '-', ''), l.index_on, s.practice_code
    from listed l join case_finding.suggestion s on s.run_id = l.id and not s.is_returned
    where not exists (select from case_finding.held_out h where h.pseudonym = s.pseudonym)
      and not exists (select from population.pseudonym m join case_finding.judgement j on j.person_id = m.person_id
        and j.programme_id = p_programme where m.pseudonym = s.pseudonym)
$$;

-- How fast and how often yes, by practice, of decisions that stand.
create function case_finding.pace(p_programme uuid, p_since timestamptz)
returns table (practice_code text, decisions integer, accepted integer, timed integer, median_seconds integer)
language sql stable security definer set search_path = '' as $$
  select o.code, count(*)::integer, count(*) filter (where j.decision = 'accepted')::integer,
         count(j.seconds_open)::integer, (percentile_disc(0.5) within group (order by j.seconds_open))::integer
    from case_finding.judgement j join organisations.organisation o on o.id = j.practice_id
    where j.programme_id = p_programme and j.judged_at >= p_since and j.decision in ('accepted', 'deferred', 'declined')
      and not exists (select from case_finding.judgement t where t.person_id = j.person_id
        and t.programme_id = j.programme_id and t.n = j.n + 1 and t.decision = 'taken back')
    group by o.code
$$;
revoke all on function case_finding.everything_judged, case_finding.decided_why, case_finding.never_judged,
  case_finding.pace from public;
grant execute on function case_finding.everything_judged, case_finding.decided_why, case_finding.never_judged,
  case_finding.pace to keyworker_work;
