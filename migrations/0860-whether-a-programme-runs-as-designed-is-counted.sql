-- Why:   a board asks whether a programme is run as designed, and nothing was counted: only how many contacts there were.
-- Locks: one new function.
-- Undo:  drop evaluation.run_as_designed.
-- Safe while the previous version is running: yes.

-- Of each programme on a day: how many are with it, how many of them somebody was in touch with, or looked at on a ward round,
-- within the days its own template gives their stage, how many joined 28 days ago or more and have a plan that was agreed, and how many of those who
-- hold its people (workers, or teams where the template counts by team) hold more than its limit. Sums alone, for the
-- program's nightly work. Whoever objects to evaluation is not counted.
create function evaluation.run_as_designed(p_on date) returns table (programme_id uuid, with_us integer, in_touch integer,
  due_plan integer, with_plan integer, holders integer, over_limit integer, held_limit integer)
language plpgsql stable security definer set search_path = '' as $$
begin
  if (access.asker()).system is null then raise exception 'only the program counts how work is done' using errcode = 'KW003'; end if;
  return query
    with programme as (
      select distinct on (v.programme_id) v.programme_id, v.template from organisations.programme_version v
      order by v.programme_id, v.version desc
    ), standing as (
      select s.programme_id, s.person_id, s.owner_id, s.team_id, s.opened_on, g.template,
        (g.template -> 'reviewEveryDays' ->> s.stage)::integer as review_days, greatest(coalesce(s.heard_on, s.opened_on),
          (select max((d.discussed_at at time zone 'Europe/London')::date) from ward.discussion d
           where d.person_id = s.person_id and d.discussed_at < (p_on + 1)::timestamp at time zone 'Europe/London')) as heard_on
      from co_ordination.standing s join programme g on g.programme_id = s.programme_id
      where s.opened_on <= p_on and not population.objects(s.person_id, 'evaluation')
    ), counted as (
      select s.programme_id, count(*)::integer as with_us,
        (count(*) filter (where s.review_days is null or p_on - s.heard_on <= s.review_days))::integer as in_touch,
        (count(*) filter (where s.opened_on <= p_on - 28))::integer as due_plan,
        (count(*) filter (where s.opened_on <= p_on - 28 and exists (
          select from care_plan.version w where w.person_id = s.person_id and w.agreed_on <= p_on)))::integer as with_plan
      from standing s group by s.programme_id
    ), held as (
      select s.programme_id, case s.template -> 'caseload' ->> 'unit' when 'team' then s.team_id else s.owner_id end as holder,
        (s.template -> 'caseload' ->> 'limit')::integer as most, count(*) as held
      from standing s where s.template -> 'caseload' ->> 'unit' in ('worker', 'nurse', 'team') group by 1, 2, 3
    ), holding as (
      select h.programme_id, count(*)::integer as holders, (count(*) filter (where h.held > h.most))::integer as over_limit,
        max(h.most) as most
      from held h group by h.programme_id
    )
    select c.programme_id, c.with_us, c.in_touch, c.due_plan, c.with_plan, coalesce(h.holders, 0), coalesce(h.over_limit, 0), h.most
    from counted c left join holding h on h.programme_id = c.programme_id;
end $$;
revoke all on function evaluation.run_as_designed from public;
grant execute on function evaluation.run_as_designed to keyworker_work;
