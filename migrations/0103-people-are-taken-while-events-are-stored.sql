-- Why:   identity is taken while the store of events is still being written: one transaction, two steps, and half the wait.
-- Locks: replaces a function; nothing else.
-- Undo:  the function `population.take` of 0100.
-- Safe while the previous version is running: no: a load begun by it is refused and can be begun again.

drop function population.take;

-- The fourth door, its first step: moves a whole extract's identity from the landing tables into the record.
create function population.take_people(p_facts jsonb, p_at timestamptz, p_today date) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_asker access.asker := access.asker();
  v_ended integer; v_doubts integer; v_people jsonb;
  v_supplier text := p_facts ->> 'peopleSupplier';
begin
  if v_asker.system is null then raise exception 'only the loader takes a load' using errcode = 'KW003'; end if;
  perform pg_advisory_xact_lock(72433);
  perform population.refuse_other_load(p_facts);
  analyze population_landing.person;
  perform population.land_places();
  perform population.recognise();
  perform population.land_people(p_at, (p_facts ->> 'hasAddresses')::boolean);
  v_ended := population.land_registrations(p_at, v_supplier, (p_facts ->> 'peopleExtractedOn')::date);
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
                            'ended', v_ended, 'doubts', v_doubts) into v_people from population_landing.person;
  perform access.write_entry(v_asker, 'service administration', 'load an extract', null, null, 'system', 'done');
  drop index population_landing.person_person_id_idx;
  truncate population_landing.practice, population_landing.person, population_landing.registration,
    population_landing.objection, population_landing.allergy;
  return v_people;
end $$;

-- A load is worked out beside the one before it: where another came first it must be worked out again.
create function population.refuse_other_load(p_facts jsonb) returns void
language plpgsql stable security definer set search_path = '' as $$
begin
  if (select l.id from population.load l order by l.n desc limit 1) is distinct from (p_facts ->> 'after')::uuid then
    raise exception 'another load came first' using errcode = 'KW004';
  end if;
end $$;

-- Its second step, in the same transaction: makes the load the current one. Until it commits the old load stands whole.
create function population.keep_load(p_load uuid, p_facts jsonb, p_people jsonb, p_at timestamptz) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  if (access.asker()).system is null then raise exception 'only the loader takes a load' using errcode = 'KW003'; end if;
  perform pg_advisory_xact_lock(72433);
  perform population.refuse_other_load(p_facts);
  insert into population.load (id, folder, index_on, covered_to, sources, files, people, left_out, policy_version,
                               key_version, taken_at, loaded_by, seconds)
    values (p_load, p_facts ->> 'folder', (p_facts ->> 'indexOn')::date, (p_facts ->> 'coveredTo')::date,
            p_facts -> 'sources', p_facts -> 'files', p_people, p_facts -> 'leftOut', (p_facts ->> 'policyVersion')::integer,
            (p_facts ->> 'keyVersion')::integer, p_at, null, (p_facts ->> 'seconds')::real);
end $$;

revoke all on function population.take_people, population.refuse_other_load, population.keep_load from public;
grant execute on function population.take_people, population.keep_load to keyworker_work;
