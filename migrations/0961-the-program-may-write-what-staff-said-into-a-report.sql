-- Why:   a report written from the command line is written by the program, which could not read what staff said of a place.
-- Locks: none: one function is replaced.
-- Undo:  put back evaluation.staff_said of 0831.
-- Safe while the previous version is running: yes: whoever is signed in reads what they read before.

-- The same counts and the same tenths, small places left out, for somebody signed in or for the program by its work's name.
create or replace function evaluation.staff_said() returns table (place_id uuid, place_name text, quarter date, people integer,
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
      select p.place_id, p.quarter, p.n from place p where p.n >= 8
      union all
      select null, p.quarter, sum(p.n)::bigint from place p group by p.quarter
      having sum(p.n) >= 8 and coalesce(sum(p.n) filter (where p.n < 8), 0) not between 1 and 7
    )
    select d.place_id, coalesce(o.name, 'All together'), d.quarter, d.n::integer, t.question,
      least(9, greatest(1, round(10.0 * coalesce(sum(t.answered) filter (where t.value >= 4), 0) / d.n)))::integer,
      least(9, greatest(1, round(10.0 * coalesce(sum(t.answered) filter (where t.value in (1, 2)), 0) / d.n)))::integer
    from told d left join organisations.organisation o on o.id = d.place_id
    join evaluation.staff_tally t on t.quarter = d.quarter and (d.place_id is null or t.place_id = d.place_id)
    group by d.place_id, o.name, d.quarter, d.n, t.question order by d.quarter desc, d.place_id is null, o.name, t.question;
end $$;
