-- Why:   with an index at the start and a year later, evaluation tells the quality-adjusted life years of the first year.
-- Locks: one new function.
-- Undo:  drop assessment.quality_years.
-- Safe while the previous version is running: yes.

-- The first year of each episode whose year ended in some whole months: the area under the index, joined by straight
-- lines, falling to 0 at death. Counted are people with an index in the first 6 weeks and one at a year (from 4 weeks before
-- to 6 weeks after it), or who died within it; one value set is never joined to another. How many were not asked again is told beside
-- it. Groups of 8 or more alone: nobody's row leaves.
create function assessment.quality_years(p_programme uuid, p_from date, p_before date)
returns table (version text, is_own boolean, people bigint, mean_years double precision, alive_and_died bigint[],
  not_asked_again bigint)
language plpgsql stable security definer set search_path = '' as $$
declare v access.asker := access.asker(); v_today date := organisations.today();
begin
  if v.staff_id is null and v.system is null then raise exception 'nobody is signed in' using errcode = 'KW003'; end if;
  return query
    with point as (
      select distinct on (c.episode_id, c.version, c.is_own, c.answered_on) c.episode_id, c.person_id, c.version, c.is_own,
        c.answered_on, s.value
      from assessment.counted(p_programme, p_before) c
      join assessment.score s on s.assessment_id = c.id and s.scale = 'index' and s.value is not null
      where c.instrument in ('eq-5d-5l', 'eq-5d-3l')
      order by c.episode_id, c.version, c.is_own, c.answered_on, c.recorded_at desc, c.id desc
    ), begun as (
      -- The first index of an episode, where it is within 6 weeks of its opening, and where its year is over.
      select p.episode_id, p.version, p.is_own, min(p.answered_on) as start_on, i.died_on
      from point p join people.episode e on e.id = p.episode_id join people.person i on i.id = p.person_id
      group by p.episode_id, p.version, p.is_own, e.opened_on, i.died_on
      having min(p.answered_on) <= e.opened_on + 42
        and min(p.answered_on) + 365 >= date_trunc('month', p_from)::date
        and min(p.answered_on) + 365 < date_trunc('month', p_before)::date
        and min(p.answered_on) + 365 < v_today
        and (i.died_on is null or i.died_on > min(p.answered_on))
    ), year as (
      select b.*, b.died_on - b.start_on as died_at, b.died_on is not null and b.died_on <= b.start_on + 365 as has_died
      from begun b
    ), known as (
      select y.episode_id, y.version, y.is_own, y.has_died, p.answered_on - y.start_on as t, p.value as u
      from year y join point p using (episode_id, version, is_own)
      where (not y.has_died or p.answered_on < y.died_on) and p.answered_on <= y.start_on + 365 + 42
    ), ending as (
      -- At death the line is at 0; a last index up to 4 weeks early is carried to the end of the year.
      select y.episode_id, y.version, y.is_own, y.has_died, y.died_at as t, 0::double precision as u from year y where y.has_died
      union all
      (select distinct on (k.episode_id, k.version, k.is_own) k.episode_id, k.version, k.is_own, false, 365, k.u from known k
      where not k.has_died and k.t between 337 and 364
        and not exists (select from known l where l.episode_id = k.episode_id and l.version = k.version
          and l.is_own = k.is_own and l.t > 364)
      order by k.episode_id, k.version, k.is_own, k.t desc)
    ), line as (
      select k.episode_id, k.version, k.is_own, k.has_died, k.t, k.u,
        lead(k.t) over w as t2, lead(k.u) over w as u2
      from (select * from known union all select * from ending) k
      window w as (partition by k.episode_id, k.version, k.is_own order by k.t)
    ), summed as (
      select l.episode_id, l.version, l.is_own, bool_or(l.has_died) as has_died, max(l.t) as last_t,
        sum(case when l.t2 is null or l.t >= 365 then 0
          when l.t2 <= 365 then (l.u + l.u2) / 2 * (l.t2 - l.t)
          else (l.u + l.u + (l.u2 - l.u) * (365 - l.t) / (l.t2 - l.t)) / 2 * (365 - l.t) end) / 365.0 as years
      from line l group by l.episode_id, l.version, l.is_own
    ), grouped as (
      select s.version, s.is_own, count(*) filter (where s.has_died or s.last_t >= 365) as n,
        avg(s.years) filter (where s.has_died or s.last_t >= 365) as mean,
        count(*) filter (where not s.has_died and s.last_t >= 365) as n_alive, count(*) filter (where s.has_died) as n_died,
        count(*) filter (where not s.has_died and s.last_t < 365) as n_not_again
      from summed s group by s.version, s.is_own
    )
    select g.version, g.is_own, g.n, g.mean, assessment.shown(array[g.n_alive, g.n_died]),
      case when g.n_not_again not between 1 and 7 then g.n_not_again end
    from grouped g where g.n >= 8 order by g.version, g.is_own desc;
end $$;
revoke all on function assessment.quality_years from public;
grant execute on function assessment.quality_years to keyworker_app, keyworker_work;
