-- Why:   "not the same person" said by mistake could not be taken back; a join could.
-- Locks: a new function only.
-- Undo:  drop function population.ask_again.
-- Safe while the previous version is running: yes.

create function population.ask_again(p_doubt uuid, p_at timestamptz) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker();
begin
  if v.staff_id is null then raise exception 'a doubt is asked again by staff' using errcode = 'KW003'; end if;
  update people.doubt set answer = 'not sure', answered_at = p_at, answered_by = v.staff_id
    where id = p_doubt and answer = 'not the same person';
  return case when found then 'done' else 'answered' end;
end $$;
revoke all on function population.ask_again from public;
grant execute on function population.ask_again to keyworker_app;
