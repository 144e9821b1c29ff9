-- Why:   a death that a load brought about somebody nobody here has in care was asked about by nobody and told to nobody: a
--        wrong one took a living person off every list without anybody who knows them reading the name (hazard HZ22). Their
--        practice has a relationship with them, and reads it now: the newest 50 of 90 days.
-- Locks: a new function.
-- Undo:  drop the function; open_deaths_unconfirmed of 1000 is as it was.
-- Safe while the previous version is running: yes.

-- Opens, logged as one list: whoever is with us and said to have died (deaths_unconfirmed), and, to their practice, whoever a load
-- of the last 90 days said has died, of people known before it, who are with nobody here and of whom no worker has confirmed it.
create function people.open_deaths_here(p_purpose text, p_verb text)
returns table (people uuid[], "withNobody" uuid[], "withNobodyInAll" integer)
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker(); v_asked uuid[]; v_hash bytea;
begin
  if v.staff_id is null then return next; return; end if;
  select coalesce(array_agg(d), '{}') into v_asked from people.deaths_unconfirmed(v) d;
  select coalesce(array_agg(n.id order by n.said_at desc, n.id) filter (where n.place <= 50), '{}'), count(*)::integer
    into "withNobody", "withNobodyInAll"
    from (select w.id, w.said_at, row_number() over (order by w.said_at desc, w.id) as place
      from (select d.person_id as id, max(d.said_at) as said_at from people.registration r
          join people.death_said d on d.person_id = r.person_id and d.ended_at is null
            and d.said_at >= organisations.today() - 90
          where r.practice_id = v.organisation_id and r.ended_at is null
            and exists (select from population.change c
              where c.load_id = d.load_id and c.person_id = d.person_id and c.kind = 'died')
          group by d.person_id) w
      where (select p.died_on from people.person p where p.id = w.id) is not null
        and not (people.death_of(w.id) ->> 'isConfirmed')::boolean and not people.is_with_us(w.id)
        and exists (select from access.tie(v.staff_id, v.organisation_id, w.id) t where t = 'registered')
        and not exists (select from organisations.staff s where s.id = v.staff_id and s.own_person_id = w.id)) n;
  people := v_asked || "withNobody";
  v_hash := access.keep_list(people);
  perform access.write_entry(v, p_purpose, p_verb, null, v_hash, 'my people', 'done');
  perform access.set_scope('list', encode(v_hash, 'hex'));
  return next;
end $$;
revoke all on function people.open_deaths_here from public;
grant execute on function people.open_deaths_here to keyworker_app;
