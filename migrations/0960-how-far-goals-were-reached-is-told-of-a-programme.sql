-- Why:   how far goals were reached stood beside a case manager's own people alone; a board read of experience and use, not of it.
-- Locks: none: a new function only.
-- Undo:  drop function evaluation.goals_reached.
-- Safe while the previous version is running: yes.

-- Of everybody who joined a programme and whose goals were rated at the start and again: how many goals stand as hoped or
-- better, and the mean goal attainment then and now (Kiresuk and Sherman, Community Mental Health Journal 1968;4:443, as
-- corrected in the erratum to Turner-Stokes, Clinical Rehabilitation 2009;23:362; an episode counts once). Groups of fewer than 8 people are left out here, and the
-- smallest of the others with them where the rest could be worked out. Whoever objects to evaluation is not in it.
create function evaluation.goals_reached(p_programme uuid)
returns table (grouped_by text, name text, people bigint, goals bigint, reached bigint, mean_start double precision,
  mean_last double precision)
language plpgsql stable security definer set search_path = '' as $$
declare v access.asker := access.asker();
begin
  if v.staff_id is null and v.system is null then raise exception 'nobody is signed in' using errcode = 'KW003'; end if;
  return query
    with ends as (
      select e.id, e.person_id, e.opened_on, b.weight, b.level as began, l.level as stands
      from people.episode e
      join reflection.goal_rating b on b.person_id = e.person_id and b.is_start and b.struck_at is null
        and b.rated_on >= e.opened_on and (e.closed_on is null or b.rated_on <= e.closed_on)
      join lateral (select r.level from reflection.goal_rating r where r.person_id = e.person_id and r.goal_id = b.goal_id
        and not r.is_start and r.struck_at is null and r.rated_on >= b.rated_on
        and (e.closed_on is null or r.rated_on <= e.closed_on + 28)
        order by r.rated_on desc, r.recorded_at desc, r.id desc limit 1) l on true
      where e.programme_id = p_programme and not population.objects(e.person_id, 'evaluation')
    ), scored as (
      select e.id, e.person_id, e.opened_on, count(*) as goals, count(*) filter (where e.stands >= 0) as reached,
        50 + 10 * sum(e.weight * e.began) / sqrt(0.7 * sum(e.weight * e.weight) + 0.3 * sum(e.weight) ^ 2) as start_t,
        50 + 10 * sum(e.weight * e.stands) / sqrt(0.7 * sum(e.weight * e.weight) + 0.3 * sum(e.weight) ^ 2) as last_t
      from ends e group by e.id, e.person_id, e.opened_on
    ), placed as (
      select s.*, o.name as practice, h.name as locality,
        extract(year from s.opened_on - interval '3 months')::int as year
      from scored s left join people.registration r on r.person_id = s.person_id and r.ended_at is null
        and r.during @> s.opened_on
      left join organisations.organisation o on o.id = r.practice_id
      left join organisations.organisation h on h.id = o.part_of and h.kind = 'locality'
    ), grouped as (
      select g.by, g.name, count(distinct p.person_id) as people, sum(p.goals)::bigint as goals,
        sum(p.reached)::bigint as reached, avg(p.start_t)::double precision as start_t, avg(p.last_t)::double precision as last_t
      from placed p cross join lateral (values ('everybody', 'Everybody'), ('locality', coalesce(p.locality, 'Not known')),
        ('practice', coalesce(p.practice, 'Not known')), ('year', 'April ' || p.year || ' to March ' || p.year + 1)) g (by, name)
      group by g.by, g.name
    ), counted as (
      select g.*, sum(g.people) filter (where g.people < 8) over (partition by g.by) as hidden,
        row_number() over (partition by g.by, g.people >= 8 order by g.people, g.name) as place
      from grouped g
    )
    select c.by, c.name, c.people, c.goals,
      case when c.reached = 0 or c.goals = c.reached or (c.reached >= 8 and c.goals - c.reached >= 8) then c.reached end,
      c.start_t, c.last_t
    from counted c
    where c.people >= 8 and not (coalesce(c.hidden, 0) between 1 and 7 and c.place = 1)
    order by array_position(array['everybody', 'year', 'locality', 'practice'], c.by), c.name;
end $$;
revoke all on function evaluation.goals_reached from public;
grant execute on function evaluation.goals_reached to keyworker_app;
