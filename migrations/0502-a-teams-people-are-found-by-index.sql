-- Why:   opening a team's list asked about every open episode of the installation whether its person was registered here.
-- Locks: replaces a function only.
-- Undo:  the function of migration 0500.
-- Safe while the previous version is running: yes.

create or replace function co_ordination.open_people(p_purpose text, p_verb text) returns uuid[]
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker(); v_people uuid[]; v_today date := organisations.today();
begin
  if v.staff_id is null then return null; end if;
  select array_agg(d.person_id) into v_people from (
    select e.person_id from people.episode_turn t
      join people.episode e on e.id = t.episode_id and e.turn = t.n and e.closed_on is null
      where t.team_id = v.organisation_id
    union
    select e.person_id from people.episode_turn t
      join people.episode e on e.id = t.episode_id and e.turn = t.n and e.closed_on is null
      where t.owner_id = v.staff_id
    union
    select e.person_id from people.registration r
      join people.episode e on e.person_id = r.person_id and e.closed_on is null
      where r.practice_id = v.organisation_id and r.ended_at is null and r.during @> v_today
  ) d where not exists (select from organisations.staff s where s.id = v.staff_id and s.own_person_id = d.person_id);
  return co_ordination.open_set(v, v_people, p_purpose, p_verb, 'my people');
end $$;
