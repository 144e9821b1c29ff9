-- Why:   what comes next beside tasks was asked of people given, through seven walls and a row each: a third of a page of My people.
-- Locks: replaces a function, where 1062 ran in the wording that already made this one too.
-- Undo:  drop the function, and the function of 1062.
-- Safe while the previous version is running: no, it asks the function of 1062.

drop function if exists co_ordination.next_beside_tasks(uuid[]);

-- Of the people of the list that this transaction has opened, what comes next beside their tasks, by person: until when somebody
-- is to be in touch first, the soonest of their open episodes (those heard from are not in it), and the soonest day on which a
-- worker does what the plan says. One text, of those opened alone: seven walls and a row each took a third of the page.
create or replace function co_ordination.next_beside_tasks() returns json
language plpgsql stable security definer set search_path = '' set plan_cache_mode = 'force_generic_plan' as $$
declare v_people uuid[] := array(select access.opened());
begin
  return (select json_build_object(
    'first', coalesce((select json_object_agg(d.person_id, d.by_on) from (
      select e.person_id, min(r.by_on) as by_on
      from unnest(v_people) p
        join people.episode e on e.person_id = p and e.closed_on is null
        join referral.triage f on f.episode_id = e.id and f.n = 1
        cross join lateral (select x.by_on from referral.triage x where x.episode_id = e.id order by x.n desc limit 1) r
      -- As co_ordination.heard_since, whose call for each of them took longer than the answer.
      where not exists (select from co_ordination.contact c where c.episode_id = e.id and c.struck_at is null
        and (c.happened_at >= f.from_at
          or c.happened_at = (f.from_at at time zone 'Europe/London')::date::timestamp at time zone 'Europe/London'))
      group by e.person_id) d), '{}'),
    'plan', coalesce((select json_object_agg(d.person_id, d.due_on) from (
      select l.person_id, min(l.due_on) as due_on
      from care_plan.line l
        join care_plan.line g on g.plan_id = l.plan_id and g.line_id = l.goal_id and g.until_version is null
      where l.person_id = any (v_people) and l.kind = 'action' and l.until_version is null and l.owner_id is not null
        and l.due_on is not null
        and coalesce((select r.state from care_plan.remark r where r.plan_id = l.plan_id and r.line_id = l.line_id
          order by r.made_at desc, r.id desc limit 1), 'in progress') = 'in progress'
      group by l.person_id) d), '{}')));
end $$;
revoke all on function co_ordination.next_beside_tasks from public;
grant execute on function co_ordination.next_beside_tasks to keyworker_app;
