-- Why:   a goal was met or not, at closing alone; how far each was reached, in the person's own words, was kept nowhere.
-- Locks: new table and function only.
-- Undo:  drop reflection.goals_rated_seen, then reflection.goal_rating.
-- Safe while the previous version is running: yes.

-- How far one goal of a plan was reached on a day, from much less (-2) over as hoped (0) to much better (2). It is never
-- changed: a later one stands beside it, a wrong one is struck. The first of a goal is how things were at the start.
create table reflection.goal_rating (
  id uuid primary key,
  person_id uuid not null references people.person,
  -- The line of the plan, the same through every version it lives, and its words as they stood.
  goal_id uuid not null,
  goal_words text not null check (goal_words <> ''),
  is_start boolean not null,
  level integer not null check (level between -2 and 2),
  weight integer not null check (weight between 1 and 3),
  rated_by text not null check (rated_by in ('the person', 'the person and staff', 'family or friend', 'staff')),
  rated_on date not null,
  recorded_by uuid not null references organisations.staff,
  recorded_at timestamptz not null,
  struck_at timestamptz,
  struck_by uuid references organisations.staff,
  struck_reason text check (struck_reason <> ''),
  unique (id, person_id),
  check (not is_start or level in (-1, -2)),
  check ((struck_at is null) = (struck_by is null) and (struck_at is null) = (struck_reason is null))
);
create index on reflection.goal_rating (person_id);
create unique index one_start_a_goal on reflection.goal_rating (person_id, goal_id) where is_start and struck_at is null;
select access.guard('reflection.goal_rating');
grant select, insert on reflection.goal_rating to keyworker_app;
grant update (struck_at, struck_by, struck_reason) on reflection.goal_rating to keyworker_app;

-- Of the caller's own people (or the team's): what each episode's goals weighed, where they began and where they stand,
-- for those rated at the start and again. Nobody's row says who; whoever objects to evaluation is not in it.
create function reflection.goals_rated_seen(p_team boolean)
returns table (owner_id uuid, owner_name text, programme_id uuid, weights integer[], starts integer[], lasts integer[])
language plpgsql stable security definer set search_path = '' as $$
declare v access.asker := access.asker();
begin
  if v.staff_id is null then raise exception 'nobody is signed in' using errcode = 'KW003'; end if;
  return query
    with mine as (
      select e.id, e.person_id, e.programme_id, e.opened_on, e.closed_on, t.owner_id
      from people.episode e join people.episode_turn t on t.episode_id = e.id and t.n = e.turn
      where t.team_id = v.organisation_id and (t.owner_id = v.staff_id or p_team)
        and not population.objects(e.person_id, 'evaluation')
    ), ends as (
      select m.id, b.goal_id, b.weight, b.level as began, l.level as stands from mine m
      join reflection.goal_rating b on b.person_id = m.person_id and b.is_start and b.struck_at is null
        and b.rated_on >= m.opened_on and (m.closed_on is null or b.rated_on <= m.closed_on)
      join lateral (select r.level from reflection.goal_rating r where r.person_id = m.person_id and r.goal_id = b.goal_id
        and not r.is_start and r.struck_at is null and r.rated_on >= b.rated_on
        and (m.closed_on is null or r.rated_on <= m.closed_on + 28)
        order by r.rated_on desc, r.recorded_at desc, r.id desc limit 1) l on true
    )
    select m.owner_id, s.name, m.programme_id, array_agg(e.weight order by e.goal_id), array_agg(e.began order by e.goal_id),
      array_agg(e.stands order by e.goal_id)
    from mine m join ends e on e.id = m.id join organisations.staff s on s.id = m.owner_id
    group by m.id, m.owner_id, s.name, m.programme_id order by s.name;
end $$;
revoke all on function reflection.goals_rated_seen from public;
grant execute on function reflection.goals_rated_seen to keyworker_app;
