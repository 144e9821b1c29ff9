-- Why:   a practice never heard what became of those it accepted, deferred and declined, nor whether those it added by hand
--        were the ones the list had missed. Each ranking counts it, 90 days after each decision.
-- Locks: a new table and a new function only.
-- Undo:  drop function case_finding.decided; drop table case_finding.run_later.
-- Safe while the previous version is running: yes.

-- Of one run and practice: those decided on at least 90 days before the list's day, and how many of them had an emergency
-- admission in the 90 days after. Counts, nobody's row.
create table case_finding.run_later (
  run_id uuid not null references case_finding.run,
  practice_code text not null,
  decision text not null check (decision in ('accepted', 'deferred', 'declined')),
  is_by_hand boolean not null,
  people integer not null check (people > 0),
  admitted integer not null check (admitted between 0 and people),
  primary key (run_id, practice_code, decision, is_by_hand)
);
grant select on case_finding.run_later to keyworker_app;
grant insert on case_finding.run_later to keyworker_work;

-- Of everybody decided on for a programme the newest decision that stands, its London day, the practice that took it, and
-- whether the person had been added by hand. Under every pseudonym of the person. Only the ranking asks.
create function case_finding.decided(p_programme uuid)
returns table (person_id uuid, pseudonym text, decision text, is_by_hand boolean, decided_on date, practice_code text)
language sql stable security definer set search_path = '' as $$
  select latest.person_id, replace(m.pseudonym::text, '-', ''), latest.decision,
         exists (select from case_finding.judgement a where a.person_id = latest.person_id
           and a.programme_id = p_programme and a.decision = 'added' and a.n < latest.n),
         (latest.judged_at at time zone 'Europe/London')::date, o.code
    from (select distinct on (j.person_id) j.* from case_finding.judgement j
            where j.programme_id = p_programme and j.decision <> 'added' order by j.person_id, j.n desc) latest
    join population.pseudonym m on m.person_id = latest.person_id and m.retired_at is null
    join organisations.organisation o on o.id = latest.practice_id
    where latest.decision <> 'taken back'
$$;
revoke all on function case_finding.decided from public;
grant execute on function case_finding.decided to keyworker_work;
