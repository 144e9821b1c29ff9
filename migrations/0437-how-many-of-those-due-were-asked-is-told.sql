-- Why:   what people say is only as good as how many were asked, and nobody was told that.
-- Locks: one new function.
-- Undo:  drop assessment.asked.
-- Safe while the previous version is running: yes.

-- For each measure and moment of a programme: how many people it was due for, in weeks that ended in some whole months, and
-- how many of them gave an answer then. The weeks come from the one who asks (src/assessment/standing.ts), so that they are
-- the same as those on the lists. Groups of 8 or more alone.
create function assessment.asked(p_programme uuid, p_from date, p_before date, p_moments jsonb)
returns table (instrument text, moment text, due bigint, answered bigint)
language plpgsql stable security definer set search_path = '' as $$
declare v access.asker := access.asker(); v_today date := organisations.today();
begin
  if v.staff_id is null and v.system is null then raise exception 'nobody is signed in' using errcode = 'KW003'; end if;
  return query
    with wanted as (
      select w.* from jsonb_to_recordset(p_moments) w (instrument text, moment text, months integer, early integer, open integer)
    ), with_us as materialized (
      select e.id, e.opened_on, e.closed_on, i.died_on from people.episode e join people.person i on i.id = e.person_id
      where e.programme_id = p_programme and not population.objects(e.person_id, 'evaluation')
    ), given as materialized (
      select a.episode_id, a.instrument, a.answered_on from with_us e
      join assessment.assessment a on a.episode_id = e.id and a.struck_at is null
      where exists (select from assessment.answer w where w.assessment_id = a.id and w.value is not null)
        or exists (select from assessment.score c where c.assessment_id = a.id and c.value is not null)
    ), span as (
      select w.instrument, w.moment, e.id,
        case when w.months is null then e.closed_on else (e.opened_on + make_interval(months => w.months))::date end - w.early
          as from_on,
        case when w.months is null then e.closed_on else (e.opened_on + make_interval(months => w.months))::date end + w.open
          as until_on,
        case when w.months is not null then e.closed_on end as closed_on, e.died_on
      from wanted w cross join with_us e
    ), due as (
      -- Whoever left or died before the weeks were over could not be asked all the while, and is not counted.
      select s.instrument, s.moment, s.id, bool_or(g.answered_on is not null) as is_answered
      from span s
      left join given g on g.episode_id = s.id and g.instrument = s.instrument and g.answered_on between s.from_on and s.until_on
      where s.until_on >= date_trunc('month', p_from)::date and s.until_on < date_trunc('month', p_before)::date
        and s.until_on < v_today
        and (s.closed_on is null or s.closed_on > s.until_on) and (s.died_on is null or s.died_on > s.until_on)
      group by s.instrument, s.moment, s.id
    ), grouped as (
      select d.instrument, d.moment, count(*) as n,
        assessment.shown(array[count(*) filter (where d.is_answered), count(*) filter (where not d.is_answered)]) as cells
      from due d group by d.instrument, d.moment
    )
    select g.instrument, g.moment, g.n, g.cells[1] from grouped g where g.n >= 8;
end $$;
revoke all on function assessment.asked from public;
grant execute on function assessment.asked to keyworker_app, keyworker_work;
