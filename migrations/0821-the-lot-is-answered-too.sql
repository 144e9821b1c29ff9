-- Why:   where places were drawn by lot, those drawn are compared with those not drawn: nothing but chance parted them.
-- Locks: evaluation.result for as long as adding an empty column takes.
-- Undo:  drop the column and the function.
-- Safe while the previous version is running: yes.

-- Counts of groups, as they were on the night of the answer.
alter table evaluation.result add column lot jsonb;

-- Who was in a programme's draws by lot, by the population store's pseudonym. Only for the program's nightly work, and
-- written in the access log as a list. Whoever objects to evaluation is not in it.
create function evaluation.in_lots(p_programme uuid)
  returns table (lot_id uuid, drawn_on date, person text, is_drawn boolean)
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker();
begin
  if v.system is null then raise exception 'only the program reads who was in a draw' using errcode = 'KW003'; end if;
  perform access.write_entry(v, 'evaluation', 'read who was in a draw by lot', null,
    access.keep_list((select array_agg(distinct d.person_id) from case_finding.drawn(p_programme) d)), 'system', 'done');
  return query
    select d.lot_id, l.drawn_on, replace(m.pseudonym::text, '-', ''), d.is_drawn
    from case_finding.drawn(p_programme) d
    join case_finding.lot l on l.id = d.lot_id
    join population.pseudonym m on m.person_id = d.person_id and m.purpose = 'case-finding' and m.retired_at is null
    where not population.objects(d.person_id, 'evaluation');
end $$;
revoke all on function evaluation.in_lots from public;
grant execute on function evaluation.in_lots to keyworker_work;
