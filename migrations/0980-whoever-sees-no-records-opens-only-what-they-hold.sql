-- Why:   a day opened everybody the whole team has an unclaimed task for, clinical words among them, also to a help desk that
--        may see no record. Whoever may not opens only the people of tasks in their own name.
-- Locks: one new function.
-- Undo:  drop the function.
-- Safe while the previous version is running: yes.
create function co_ordination.open_own_tasks(p_purpose text, p_verb text) returns uuid[]
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker(); v_people uuid[];
begin
  if v.staff_id is null then return null; end if;
  select array_agg(distinct k.person_id) into v_people
  from co_ordination.task_turn u join co_ordination.task k on k.id = u.task_id and k.turn = u.n
  where u.owner_id = v.staff_id and u.state in ('to do', 'waiting')
    and exists (select from access.tie(v.staff_id, v.organisation_id, k.person_id) t where t <> 'listed')
    and not exists (select from organisations.staff s where s.id = v.staff_id and s.own_person_id = k.person_id);
  return co_ordination.open_set(v, v_people, p_purpose, p_verb, 'my day');
end $$;
revoke all on function co_ordination.open_own_tasks from public;
grant execute on function co_ordination.open_own_tasks to keyworker_app;
