-- Why:   experience is reported question by question, as how many call it excellent or very good, and of how many.
-- Locks: one new function.
-- Undo:  drop assessment.best_answers.
-- Safe while the previous version is running: yes.

-- Of each question of an instrument, the newest answer of each person in some whole months: how many answered, and how many
-- of them chose one of the best. Groups of 8 or more alone; one of the two counts from 1 to 7 withholds both.
create function assessment.best_answers(p_programme uuid, p_from date, p_before date, p_instrument text, p_best integer[])
returns table (version text, item text, is_own boolean, people bigint, best bigint)
language plpgsql stable security definer set search_path = '' as $$
declare v access.asker := access.asker();
begin
  if v.staff_id is null and v.system is null then raise exception 'nobody is signed in' using errcode = 'KW003'; end if;
  return query
    with newest as (
      select distinct on (c.person_id, c.version, c.is_own, w.item) c.version, c.is_own, w.item, w.value
      from assessment.counted(p_programme, p_before) c
      join assessment.answer w on w.assessment_id = c.id and w.value is not null
      where c.instrument = p_instrument and c.answered_on >= date_trunc('month', p_from)::date
      order by c.person_id, c.version, c.is_own, w.item, c.answered_on desc, c.recorded_at desc, c.id desc
    ), grouped as (
      select n.version, n.is_own, n.item, count(*) as all_of,
        assessment.shown(array[count(*) filter (where n.value = any (p_best)),
          count(*) filter (where n.value <> all (p_best))]) as cells
      from newest n group by n.version, n.is_own, n.item
    )
    select g.version, g.item, g.is_own, g.all_of, g.cells[1] from grouped g where g.all_of >= 8
    order by g.version, g.is_own desc, g.item;
end $$;
revoke all on function assessment.best_answers from public;
grant execute on function assessment.best_answers to keyworker_app, keyworker_work;
