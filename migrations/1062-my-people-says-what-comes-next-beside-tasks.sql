-- Why:   My people said "Nothing planned" of somebody whose first contact is due, and of somebody whose plan says what a worker
--        does and when: the list a co-ordinator looks down to see who needs something left out what was agreed.
-- Locks: a new function.
-- Undo:  drop the function.
-- Safe while the previous version is running: yes.

-- Of the people given, whose rows a permit has opened, what comes next beside their tasks: until when somebody is to be in touch
-- first, the soonest of their open episodes (those heard from are not in it), and the soonest day on which a worker does what the
-- plan says. It reads as its caller.
create function co_ordination.next_beside_tasks(p_people uuid[]) returns table (person_id uuid, kind text, on_day date)
language sql stable set search_path = '' as $$
  select f.person_id, 'first contact', min(r.by_on)
  from referral.triage f
    join people.episode e on e.id = f.episode_id and e.person_id = f.person_id and e.closed_on is null
    cross join lateral (select x.by_on from referral.triage x where x.episode_id = f.episode_id order by x.n desc limit 1) r
  where f.person_id = any (p_people) and f.n = 1 and not co_ordination.heard_since(f.episode_id, f.from_at)
  group by f.person_id
  union all
  select l.person_id, 'plan', min(l.due_on)
  from care_plan.line l
    join care_plan.line g on g.plan_id = l.plan_id and g.line_id = l.goal_id and g.until_version is null
    left join lateral (select r.state from care_plan.remark r where r.plan_id = l.plan_id and r.line_id = l.line_id
      order by r.made_at desc, r.id desc limit 1) r on true
  where l.person_id = any (p_people) and l.kind = 'action' and l.until_version is null and l.owner_id is not null
    and l.due_on is not null and coalesce(r.state, 'in progress') = 'in progress'
  group by l.person_id
$$;
revoke all on function co_ordination.next_beside_tasks from public;
grant execute on function co_ordination.next_beside_tasks to keyworker_app;
