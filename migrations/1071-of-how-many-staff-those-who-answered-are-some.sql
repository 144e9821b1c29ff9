-- Why:   what staff said was told as sure however few of them had answered: of how many they are some was not told.
-- Locks: none: one function is replaced.
-- Undo:  drop function evaluation.staff_said; put back that of 0961.
-- Safe while the previous version is running: yes, it reads the other columns by name.

-- As in 0961, with the staff: whoever held a post at the place in that quarter, or at any place where somebody answered in it.
drop function evaluation.staff_said;
create function evaluation.staff_said() returns table (place_id uuid, place_name text, quarter date, people integer, staff integer,
  question text, agree_tenths integer, disagree_tenths integer)
language plpgsql stable security definer set search_path = '' as $$
declare v access.asker := access.asker();
begin
  if v.staff_id is null and v.system is null then raise exception 'nobody is signed in' using errcode = 'KW003'; end if;
  return query
    with place as (
      select a.place_id, a.quarter, count(*) as n from evaluation.staff_answered a
      where a.quarter < date_trunc('quarter', organisations.today()) group by 1, 2
    ), told as (
      select p.place_id, p.quarter, p.n, array[p.place_id] as places from place p where p.n >= 8
      union all
      select null, p.quarter, sum(p.n)::bigint, array_agg(p.place_id) from place p group by p.quarter
      having sum(p.n) >= 8 and coalesce(sum(p.n) filter (where p.n < 8), 0) not between 1 and 7
    )
    select d.place_id, coalesce(o.name, 'All together'), d.quarter, d.n::integer,
      (select count(distinct p.staff_id) from organisations.post p where p.organisation_id = any (d.places)
         and p.during && daterange(d.quarter, (d.quarter + interval '3 months')::date))::integer,
      t.question,
      least(9, greatest(1, round(10.0 * coalesce(sum(t.answered) filter (where t.value >= 4), 0) / d.n)))::integer,
      least(9, greatest(1, round(10.0 * coalesce(sum(t.answered) filter (where t.value in (1, 2)), 0) / d.n)))::integer
    from told d left join organisations.organisation o on o.id = d.place_id
    join evaluation.staff_tally t on t.quarter = d.quarter and (d.place_id is null or t.place_id = d.place_id)
    group by d.place_id, o.name, d.quarter, d.n, d.places, t.question
    order by d.quarter desc, d.place_id is null, o.name, t.question;
end $$;
revoke all on function evaluation.staff_said from public;
grant execute on function evaluation.staff_said to keyworker_app;
