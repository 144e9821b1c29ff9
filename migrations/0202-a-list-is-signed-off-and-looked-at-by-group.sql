-- Why:   a rise of risk since somebody was judged brings them back; a practice signs its list off; who is found, by group.
-- Locks: adds one column without a default to judgement; new tables otherwise.
-- Undo:  drop tables case_finding.sign_off, case_finding.run_group; leave the column.
-- Safe while the previous version is running: yes.

-- The number on the page the person was judged from, where there was one.
alter table case_finding.judgement add risk double precision check (risk > 0 and risk < 1);

-- A practice has judged everybody of one list: who says so, and how it came out.
create table case_finding.sign_off (
  id uuid primary key,
  run_id uuid not null references case_finding.run,
  practice_id uuid not null references organisations.organisation,
  accepted integer not null check (accepted >= 0),
  deferred integer not null check (deferred >= 0),
  declined integer not null check (declined >= 0),
  signed_by uuid not null references organisations.staff,
  signed_at timestamptz not null,
  unique (run_id, practice_id)
);
grant select, insert on case_finding.sign_off to keyworker_app;

-- Of one run, how many of each group were considered, found by the list, offered and accepted. Counts, nobody's row.
create table case_finding.run_group (
  run_id uuid not null references case_finding.run,
  by_what text not null,
  group_name text not null,
  considered integer not null,
  found integer not null,
  judged integer not null,
  accepted integer not null,
  primary key (run_id, by_what, group_name)
);
grant select on case_finding.run_group to keyworker_app;
grant insert on case_finding.run_group to keyworker_work;

-- Who was judged for a programme and how, by pseudonym, for the counts by group. Only the ranking asks.
create function case_finding.judged_pseudonyms(p_programme uuid) returns table (pseudonym text, was_accepted boolean)
language sql stable security definer set search_path = '' as $$
  select replace(m.pseudonym::text, '-', ''), bool_or(latest.decision = 'accepted')
    from (select distinct on (j.person_id) j.person_id, j.decision from case_finding.judgement j
            where j.programme_id = p_programme and j.decision <> 'added' order by j.person_id, j.n desc) latest
    join population.pseudonym m on m.person_id = latest.person_id and m.retired_at is null
    where latest.decision <> 'taken back'
    group by m.pseudonym
$$;
revoke all on function case_finding.judged_pseudonyms from public;
grant execute on function case_finding.judged_pseudonyms to keyworker_work;
