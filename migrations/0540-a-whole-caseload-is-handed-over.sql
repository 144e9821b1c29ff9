-- Why:   when a case manager left, their people, tasks and actions stayed in their name and stood in nobody’s day. A caseload
--        is handed over in one go, in a name and with a reason, and whose case manager has left is told to the team.
-- Locks: a new table and new functions only.
-- Undo:  drop the table and the functions.
-- Safe while the previous version is running: yes.

-- Who handed whose people over, and why. Never about a person in care: each episode’s own turn says who holds it since.
create table co_ordination.hand_over (
  id uuid primary key,
  organisation_id uuid not null references organisations.organisation,
  from_id uuid not null references organisations.staff,
  reason text not null check (reason <> ''),
  episodes integer not null check (episodes >= 0),
  tasks integer not null check (tasks >= 0),
  actions integer not null check (actions >= 0),
  made_by uuid not null references organisations.staff,
  made_at timestamptz not null,
  check (episodes + tasks + actions > 0)
);
create index on co_ordination.hand_over (organisation_id, made_at desc);
grant select, insert on co_ordination.hand_over to keyworker_app;

-- How many open episodes somebody is named for at a place: a count, never whose.
create function people.episodes_held(p_staff uuid, p_organisation uuid) returns integer
language sql stable security definer set search_path = '' as $$
  select count(*)::integer from people.episode e join people.episode_turn t on t.episode_id = e.id and t.n = e.turn
  where t.owner_id = p_staff and t.team_id = p_organisation and e.closed_on is null
$$;
revoke all on function people.episodes_held from public;
grant execute on function people.episodes_held to keyworker_app;

-- The case managers of the caller’s place with how many open episodes each is named for, and whether they still work
-- there: counts, never whose.
create function co_ordination.case_managers_here()
returns table (staff_id uuid, name text, held integer, is_here boolean)
language sql stable security definer set search_path = '' as $$
  with here as materialized (select (access.asker()).organisation_id as id)
  select s.id, s.name, h.held, exists (
      select from organisations.post p where p.staff_id = s.id and p.organisation_id = (select here.id from here)
        and p.during @> organisations.today())
    and (s.left_on is null or s.left_on > organisations.today())
  from (select n.owner_id, count(*)::integer as held from co_ordination.standing n
        where n.team_id = (select here.id from here) group by n.owner_id) h
  join organisations.staff s on s.id = h.owner_id order by s.name, s.id
$$;
revoke all on function co_ordination.case_managers_here from public;
grant execute on function co_ordination.case_managers_here to keyworker_app;

-- Everybody of the caller’s place of whom one colleague holds something: the open episode, a task, or an action of the
-- plan. Opened as a list, logged by its content; beside it those marked, of whom the caller has not said why.
create function co_ordination.open_caseload(p_staff uuid, p_purpose text, p_verb text)
returns table (people uuid[], asks uuid[])
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker(); v_people uuid[];
begin
  if v.staff_id is null then return; end if;
  select array_agg(d.person_id) into v_people from (
    select n.person_id from co_ordination.standing n where n.owner_id = p_staff and n.team_id = v.organisation_id
    union
    select n.person_id from co_ordination.standing n
      join co_ordination.task_turn u on u.person_id = n.person_id and u.owner_id = p_staff and u.state in ('to do', 'waiting')
      join co_ordination.task k on k.id = u.task_id and k.turn = u.n
      where n.team_id = v.organisation_id
    union
    select n.person_id from co_ordination.standing n
      join care_plan.line l on l.person_id = n.person_id and l.owner_id = p_staff and l.until_version is null
      where n.team_id = v.organisation_id
        and coalesce((select r.state from care_plan.remark r where r.plan_id = l.plan_id and r.line_id = l.line_id
                      order by r.made_at desc, r.id desc limit 1), 'in progress') = 'in progress'
  ) d where not exists (select from organisations.staff s where s.id = v.staff_id and s.own_person_id = d.person_id);
  people := co_ordination.open_set(v, v_people, p_purpose, p_verb, 'caseload');
  asks := array(select p from unnest(people) p where access.asks_why(v, p));
  return next;
end $$;
revoke all on function co_ordination.open_caseload from public;
grant execute on function co_ordination.open_caseload to keyworker_app;
