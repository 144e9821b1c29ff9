-- Why:   whoever was put on the staff list before there was an identity provider could never sign in with it, and nobody's
--        telephone could be put right: what was typed for somebody on the list already was lost.
-- Locks: none: a function is added.
-- Undo:  drop function access.know_staff.
-- Safe while the previous version is running: yes, it does not ask it.

-- Writes down somebody's telephone, and who they are to the identity provider; null leaves what there is.
-- False, and nothing is written, where they have another reference already or are the local administrator: a reference says
-- who may be this worker, and is never changed for another's.
create function access.know_staff(p_staff uuid, p_telephone text, p_issuer text, p_subject text) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker(); v_issuer text; v_subject text; v_local boolean;
begin
  if v.staff_id is null then raise exception 'nobody is signed in' using errcode = 'KW003'; end if;
  select s.issuer, s.subject, s.is_local_administrator into v_issuer, v_subject, v_local
    from organisations.staff s where s.id = p_staff for update;
  if not found then return false; end if;
  if p_subject is not null and (v_local or (v_subject is not null and (v_issuer, v_subject) is distinct from (p_issuer, p_subject))) then
    return false;
  end if;
  update organisations.staff s set telephone = coalesce(p_telephone, s.telephone), issuer = coalesce(p_issuer, s.issuer),
    subject = coalesce(p_subject, s.subject) where s.id = p_staff;
  return true;
end $$;
revoke all on function access.know_staff from public;
grant execute on function access.know_staff to keyworker_app;
