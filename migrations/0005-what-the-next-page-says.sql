-- Why:   "Contact recorded." is said once, on the page after the one that saved it, and may name a person.
-- Locks: adds a column without a default; no rewrite.
-- Undo:  leave the column; nothing reads it.
-- Safe while the previous version is running: yes.

alter table access.session add column said jsonb;

create function access.leave_word(p_said jsonb) returns void language sql volatile security definer set search_path = '' as $$
  update access.session set said = p_said where id = (access.asker()).session_id
$$;
revoke all on function access.leave_word from public;
grant execute on function access.leave_word to keyworker_app;

create function access.take_word() returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare v jsonb; v_id uuid := (access.asker()).session_id;
begin
  select said into v from access.session where id = v_id;
  if v is not null then update access.session set said = null where id = v_id; end if;
  return v;
end $$;
revoke all on function access.take_word from public;
grant execute on function access.take_word to keyworker_app;
