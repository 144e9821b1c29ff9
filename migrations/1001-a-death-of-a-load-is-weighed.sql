-- Why:   a load wrote a death over whatever stood, and never took one back: a wrong death came again with every extract, and one
--        that the source itself had put right stayed (hazard HZ22).
-- Locks: new functions; replaces population.take_people and count_changes; a check of population.change is made wider.
-- Undo:  take_people and count_changes of 0320.
-- Safe while the previous version is running: yes: a load of it writes deaths as before.

alter table population.change drop constraint change_kind_check;
alter table population.change add constraint change_kind_check check (kind in ('new', 'gone', 'moved', 'died', 'back', 'name',
  'address', 'telephone', 'email', 'next of kin', 'sex', 'language', 'death withdrawn', 'death held back'));

-- What this load says of deaths, against what was said before, of people known before it. What a worker here has answered is held
-- back: the same source with the same day. What its own source sends no more is taken off where nobody here has to do with the
-- person and nobody else says it; else it stands, and a worker is asked. Where the file has no days of death, or most of what
-- was sent before is missing at once, nothing is believed to be withdrawn.
create function population.weigh_deaths(p_load uuid, p_keeps boolean, p_supplier text, p_has_deaths boolean, p_at timestamptz) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare v_held integer; v_missing integer; v_said integer; v_off integer := 0; v_asked integer := 0;
begin
  create temp table held on commit drop as
    select l.key, l.person_id, l.died_on, s.ended_why from population_landing.person l
      join lateral (select x.ended_why from people.death_said x where x.person_id = l.person_id and x.supplier = p_supplier
        and x.died_on = l.died_on and x.ended_why in ('taken back', 'answered') order by x.n desc limit 1) s on true
      where not l.is_new and l.died_on is not null
        and not exists (select from people.death_said x where x.person_id = l.person_id and x.supplier = p_supplier
          and x.died_on = l.died_on and x.ended_at is null);
  -- The leaving that came with such a death is no leaving.
  update population_landing.registration r set until = null from pg_temp.held h
    where r.key = h.key and h.ended_why = 'taken back' and r.until between h.died_on and h.died_on + 1
      and not exists (select from population_landing.registration n where n.key = r.key and n.since > r.since);
  update population_landing.person l set died_on = null from pg_temp.held h where h.key = l.key;
  select count(distinct h.person_id) into v_held from pg_temp.held h where h.ended_why = 'taken back';

  create temp table missing on commit drop as
    select s.id, s.person_id, s.died_on, people.is_with_us(s.person_id) or exists (select from people.death_said o
        where o.person_id = s.person_id and o.ended_at is null and o.id <> s.id and o.withdrawn_at is null) as is_asked
    from population_landing.person l join people.death_said s on s.person_id = l.person_id
    where p_has_deaths and l.is_whole and not l.is_new and l.died_on is null and s.supplier = p_supplier and s.ended_at is null
      and s.withdrawn_at is null and not exists (select from pg_temp.held h where h.person_id = l.person_id);
  select count(*) into v_missing from pg_temp.missing;
  select count(*) into v_said from population_landing.person l join people.death_said s on s.person_id = l.person_id
    where l.is_whole and s.supplier = p_supplier and s.ended_at is null;
  if v_missing < 8 or v_missing * 2 <= v_said then
    update people.death_said s set withdrawn_at = p_at from pg_temp.missing m where m.id = s.id and m.is_asked;
    get diagnostics v_asked = row_count;
    update people.death_said s set ended_at = p_at, ended_why = 'no longer sent' from pg_temp.missing m
      where m.id = s.id and not m.is_asked;
    get diagnostics v_off = row_count;
    update people.person p set died_on = people.day_said(p.id) from pg_temp.missing m where m.person_id = p.id and not m.is_asked;
    if p_keeps then
      insert into population.change (load_id, person_id, kind, was, became)
        select p_load, m.person_id, 'death withdrawn', m.died_on, case when m.is_asked then 'asked' else 'taken off' end
        from pg_temp.missing m on conflict do nothing;
    end if;
    v_missing := 0;
  end if;

  -- A worker’s day stands over a source’s: the other day is kept beside it, and asked about.
  update people.death_said s set withdrawn_at = null from population_landing.person l
    where s.person_id = l.person_id and not l.is_new and s.supplier = p_supplier and s.died_on = l.died_on and s.ended_at is null
      and s.withdrawn_at is not null;
  update people.death_said s set ended_at = p_at, ended_why = 'another day' from population_landing.person l
    where s.person_id = l.person_id and not l.is_new and s.supplier = p_supplier and l.died_on <> s.died_on and s.ended_at is null;
  insert into people.death_said (id, person_id, died_on, supplier, load_id, said_at)
    select distinct on (l.person_id) gen_random_uuid(), l.person_id, l.died_on, p_supplier, p_load, p_at from population_landing.person l
    where not l.is_new and l.died_on is not null on conflict do nothing;
  update population_landing.person l set died_on = null
    where not l.is_new and l.died_on is not null and exists (select from people.death_said s where s.person_id = l.person_id
      and s.said_by is not null and s.ended_at is null);
  if p_keeps then
    insert into population.change (load_id, person_id, kind, was)
      select p_load, h.person_id, 'death held back', h.died_on from pg_temp.held h where h.ended_why = 'taken back'
      on conflict do nothing;
  end if;
  drop table pg_temp.held, pg_temp.missing;
  return jsonb_strip_nulls(jsonb_build_object('heldBack', nullif(v_held, 0), 'takenOff', nullif(v_off, 0),
    'asked', nullif(v_asked, 0), 'notBelieved', nullif(v_missing, 0)));
end $$;
revoke all on function population.weigh_deaths from public;

-- Whoever comes with their death is new: nobody here has to do with them, and it is written down who said so.
create function population.keep_deaths_of_new(p_load uuid, p_supplier text, p_at timestamptz) returns void
language sql volatile security definer set search_path = '' as $$
  insert into people.death_said (id, person_id, died_on, supplier, load_id, said_at)
    select gen_random_uuid(), l.person_id, l.died_on, p_supplier, p_load, p_at from population_landing.person l
    where l.is_new and l.died_on is not null on conflict do nothing
$$;
revoke all on function population.keep_deaths_of_new from public;

-- As in 0320, and deaths are weighed before anything is written over.
create or replace function population.take_people(p_facts jsonb, p_at timestamptz, p_today date) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_asker access.asker := access.asker();
  v_ended integer; v_doubts integer; v_people jsonb; v_deaths jsonb;
  v_supplier text := p_facts ->> 'peopleSupplier';
  v_extracted_on date := (p_facts ->> 'peopleExtractedOn')::date;
  v_load uuid := case when p_facts ->> 'after' is not null then (p_facts ->> 'loadId')::uuid end;
begin
  if v_asker.system is null then raise exception 'only the loader takes a load' using errcode = 'KW003'; end if;
  perform pg_advisory_xact_lock(72433);
  perform population.refuse_other_load(p_facts);
  analyze population_landing.person;
  perform population.land_places();
  perform population.recognise();
  v_deaths := population.weigh_deaths((p_facts ->> 'loadId')::uuid, v_load is not null, v_supplier,
    coalesce((p_facts ->> 'hasDeaths')::boolean, false), p_at);
  if v_load is not null then perform population.keep_written_over(v_load); end if;
  perform population.land_people(p_at, (p_facts ->> 'hasAddresses')::boolean);
  perform population.keep_deaths_of_new((p_facts ->> 'loadId')::uuid, v_supplier, p_at);
  v_ended := population.land_registrations(p_at, v_supplier, v_extracted_on);
  if v_load is not null then perform population.keep_changes(v_load, v_extracted_on); end if;
  if (p_facts ->> 'hasObjections')::boolean then perform population.land_wishes(p_at, p_today); end if;
  if p_facts ->> 'allergySupplier' is not null then
    perform population.land_allergies(p_at, p_facts ->> 'allergySupplier');
  end if;
  v_doubts := population.raise_doubts(p_at);
  insert into population.pseudonym (pseudonym, person_id, purpose, key_version, supplier, recorded_at)
    select l.pseudonym, coalesce(l.differs_from, l.person_id), 'case-finding', (p_facts ->> 'keyVersion')::integer,
           case when l.is_whole then v_supplier end, p_at
    from population_landing.person l
    on conflict (pseudonym) do update set supplier = excluded.supplier
    where excluded.supplier is not null and population.pseudonym.supplier is distinct from excluded.supplier;
  select jsonb_build_object('known', count(*) filter (where not is_new), 'added', count(*) filter (where is_new),
                            'ended', v_ended, 'doubts', v_doubts)
      || case when v_deaths = '{}' then '{}'::jsonb else jsonb_build_object('deaths', v_deaths) end into v_people from population_landing.person;
  perform access.write_entry(v_asker, 'service administration', 'load an extract', null, null, 'system', 'done');
  drop index population_landing.person_person_id_idx;
  truncate population_landing.practice, population_landing.person, population_landing.registration,
    population_landing.objection, population_landing.allergy;
  return v_people;
end $$;

-- As in 0320; what is said of a death is no detail.
create or replace function population.count_changes(p_load uuid) returns table (kind text, people integer)
language sql stable security definer set search_path = '' as $$
  select c.kind, count(*)::integer from population.change c
    where c.load_id = p_load and (access.asker()).staff_id is not null group by c.kind
  union all
  select 'details', count(distinct c.person_id)::integer from population.change c
    where c.load_id = p_load and (access.asker()).staff_id is not null
      and c.kind not in ('new', 'gone', 'moved', 'died', 'back', 'death withdrawn', 'death held back')
$$;

-- For the store that a load writes: whom a worker here says to be alive, against which source and day, and whom to have died.
create function population.deaths_here() returns table (pseudonym uuid, supplier text, said_on date, died_on date)
language sql stable security definer set search_path = '' as $$
  select m.pseudonym, s.supplier, s.died_on, null::date
    from people.death_said s join population.pseudonym m on m.person_id = s.person_id and m.retired_at is null
    where s.ended_why = 'taken back' and s.supplier is not null
      and not exists (select from people.death_said o where o.person_id = s.person_id and o.ended_at is null)
  union all
  select m.pseudonym, null, null, people.day_said(s.person_id)
    from people.death_said s join population.pseudonym m on m.person_id = s.person_id and m.retired_at is null
    where s.ended_at is null and s.said_by is not null
$$;
revoke all on function population.deaths_here from public;
grant execute on function population.deaths_here to keyworker_work;
