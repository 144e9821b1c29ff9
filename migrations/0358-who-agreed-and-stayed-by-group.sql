-- Why:   the page of groups ended at who was accepted: whether people of a group say yes when asked, and stay, was not seen.
-- Locks: adds columns without a default to a small table; a new function.
-- Undo:  drop function case_finding.judged_and_after; leave the columns.
-- Safe while the previous version is running: yes; it leaves the columns empty.

alter table case_finding.run_group
  add column agreed integer,
  -- Those of them who agreed at least 90 days before the count, and those of these who stayed 90 days.
  add column agreed_long_ago integer,
  add column stayed integer,
  add constraint funnel_narrows check (agreed <= accepted and agreed_long_ago <= agreed and stayed <= agreed_long_ago);

-- Who was judged for a programme and how, and what came after: agreed is to have been active with us in it, stayed is to
-- have been so for 90 days, still or until then. By pseudonym; only the ranking asks.
create function case_finding.judged_and_after(p_programme uuid)
returns table (pseudonym text, was_accepted boolean, has_agreed boolean, agreed_long_ago boolean, has_stayed boolean)
language sql stable security definer set search_path = '' as $$
  with begun as (
    select e.person_id, min((t.effective_at at time zone 'Europe/London')::date) as on_day,
           max(coalesce(e.closed_on, organisations.today())) as until_day
      from people.episode e join people.episode_turn t on t.episode_id = e.id
      where e.programme_id = p_programme and t.stage in ('active', 'monitoring') group by e.person_id, e.id)
  select j.pseudonym, j.was_accepted,
         coalesce(bool_or(b.on_day is not null), false),
         coalesce(bool_or(b.on_day + 90 <= organisations.today()), false),
         coalesce(bool_or(b.on_day + 90 <= b.until_day), false)
    from case_finding.judged_pseudonyms(p_programme) j
    join population.pseudonym m on m.pseudonym = j.pseudonym::uuid
    left join begun b on b.person_id = m.person_id
    group by j.pseudonym, j.was_accepted
$$;
revoke all on function case_finding.judged_and_after from public;
grant execute on function case_finding.judged_and_after to keyworker_work;
