-- Why:   the night was given the telephone of a case manager who had left; whether somebody still works at a place has one
--        definition, and a page that names them asks it.
-- Locks: a new function; one of 0540 is replaced.
-- Undo:  drop the function after putting co_ordination.case_managers_here back from 0540.
-- Safe while the previous version is running: yes.

create function organisations.works_at(p_staff uuid, p_organisation uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select from organisations.post p join organisations.staff s on s.id = p.staff_id
    where p.staff_id = p_staff and p.organisation_id = p_organisation and p.during @> organisations.today()
      and (s.left_on is null or s.left_on > organisations.today()))
$$;
revoke all on function organisations.works_at from public;
grant execute on function organisations.works_at to keyworker_app, keyworker_work;

-- As in 0540, by that definition.
create or replace function co_ordination.case_managers_here()
returns table (staff_id uuid, name text, held integer, is_here boolean)
language sql stable security definer set search_path = '' as $$
  with here as materialized (select (access.asker()).organisation_id as id)
  select s.id, s.name, h.held, organisations.works_at(s.id, (select here.id from here))
  from (select n.owner_id, count(*)::integer as held from co_ordination.standing n
        where n.team_id = (select here.id from here) group by n.owner_id) h
  join organisations.staff s on s.id = h.owner_id order by s.name, s.id
$$;
