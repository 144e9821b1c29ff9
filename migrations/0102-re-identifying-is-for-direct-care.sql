-- Why:   a name behind a pseudonym is for whoever may offer that person care; the log says so by its purpose.
-- Locks: replaces a function.
-- Undo:  the function of 0100.
-- Safe while the previous version is running: yes.

create or replace function population.people_behind(p_pseudonyms uuid[]) returns table (pseudonym uuid, person_id uuid)
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker(); v_rows population.found[];
begin
  if v.staff_id is null then return; end if;
  select array_agg(row(m.pseudonym, k.id)::population.found) into v_rows
    from population.pseudonym m cross join lateral (select population.kept(m.person_id) as id) k
    join people.registration r on r.person_id = k.id and r.practice_id = v.organisation_id and r.ended_at is null
      and r.during @> organisations.today()
    join people.person p on p.id = k.id and p.died_on is null
    where m.pseudonym = any (p_pseudonyms) and m.retired_at is null and m.purpose = 'case-finding'
      and not population.objects(k.id, 'case-finding');
  perform access.write_entry(v, 'direct care', 're-identify', null,
    access.keep_list((select array_agg(f.person_id) from unnest(v_rows) f)), 'registered', 'done');
  return query select f.pseudonym, f.person_id from unnest(v_rows) f;
end $$;
