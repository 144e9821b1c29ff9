-- Why:   whoever objects is on no list, so somebody added by hand who objects was "added" and never shown to any GP, and a decline
--        of somebody who had objected meanwhile was kept and read by nobody.
-- Locks: a new function.
-- Undo:  drop function case_finding.open_person_objects.
-- Safe while the previous version is running: yes.

-- Whether the person who is open objects to being looked for, by the policy that lists go by. Of nobody open: no.
create function case_finding.open_person_objects() returns boolean
language sql stable security definer set search_path = '' as $$
  select coalesce(population.objects(access.person(), 'case-finding'), false)
$$;
revoke all on function case_finding.open_person_objects from public;
grant execute on function case_finding.open_person_objects to keyworker_app;
