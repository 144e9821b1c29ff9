-- Why:   an alert is an urgent task of one worker. Where that worker does not turn to it, nobody else knew (hazard HZ09):
--        whoever is named may be ill, in a car or asleep. What has stood an hour is told to the whole team, and anybody of
--        it may take it on.
-- Locks: an index is made on co_ordination.task, for the time it takes; new functions only.
-- Undo:  drop the functions and the index.
-- Safe while the previous version is running: yes.

create index task_urgent on co_ordination.task (person_id) where is_urgent;

-- The alerts of a team that still are as they were given, since before an instant: of everybody with an open episode of the
-- team, whoever holds them, and what the team itself holds of anybody. One that waits for somebody has been turned to, and
-- nobody is to ring because of somebody who is known to have died.
create function co_ordination.unanswered_at(p_organisation uuid, p_before timestamptz)
returns table (person_id uuid, owner_id uuid, since timestamptz)
language sql stable security definer set search_path = '' as $$
  with alert as (
    select k.id from co_ordination.standing n join co_ordination.task k on k.person_id = n.person_id and k.is_urgent
      where n.team_id = p_organisation
    union
    select u.task_id from co_ordination.task_turn u where u.team_id = p_organisation and u.state = 'to do')
  select k.person_id, u.owner_id, u.recorded_at
  from alert a join co_ordination.task k on k.id = a.id and k.is_urgent
    join co_ordination.task_turn u on u.task_id = k.id and u.n = k.turn
  where u.state = 'to do' and u.recorded_at <= p_before
    and ((select p.died_on from people.person p where p.id = k.person_id) is null
      or not (people.death_of(k.person_id) ->> 'isConfirmed')::boolean)
$$;
revoke all on function co_ordination.unanswered_at from public;

-- How many alerts of the caller's team nobody has turned to since before an instant, by who holds them, nobody's among
-- them, and since when the longest: counts, never whose.
create function co_ordination.alerts_unanswered(p_before timestamptz)
returns table (owner_id uuid, name text, alerts integer, since timestamptz)
language sql stable security definer set search_path = '' as $$
  select s.id, s.name, count(*)::integer, min(a.since)
  from co_ordination.unanswered_at((access.asker()).organisation_id, p_before) a
    left join organisations.staff s on s.id = a.owner_id
  group by s.id, s.name order by min(a.since), s.name
$$;
revoke all on function co_ordination.alerts_unanswered from public;
grant execute on function co_ordination.alerts_unanswered to keyworker_app;

-- Opens whoever those alerts are about, logged by its content.
create function co_ordination.open_unanswered(p_before timestamptz, p_purpose text, p_verb text) returns uuid[]
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker(); v_people uuid[];
begin
  if v.staff_id is null then return null; end if;
  select array_agg(distinct a.person_id) into v_people from co_ordination.unanswered_at(v.organisation_id, p_before) a
    where exists (select from access.tie(v.staff_id, v.organisation_id, a.person_id) t where t <> 'listed')
      and not exists (select from organisations.staff s where s.id = v.staff_id and s.own_person_id = a.person_id);
  return co_ordination.open_set(v, v_people, p_purpose, p_verb, 'my people');
end $$;
revoke all on function co_ordination.open_unanswered from public;
grant execute on function co_ordination.open_unanswered to keyworker_app;
