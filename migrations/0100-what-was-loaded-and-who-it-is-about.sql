-- Why:   extracts loaded, rows refused, who stands behind a pseudonym, and the one door that moves identity in.
-- Locks: new tables only.
-- Undo:  drop schema population, population_landing cascade.
-- Safe while the previous version is running: yes.

create schema population;
grant usage on schema population to keyworker_app;

create table population.load (
  id uuid primary key,
  n bigint generated always as identity unique,
  folder text not null,
  index_on date not null,
  covered_to date not null,
  sources jsonb not null,
  files jsonb not null,
  people jsonb not null,
  left_out jsonb not null,
  policy_version integer not null,
  key_version integer not null,
  taken_at timestamptz not null,
  loaded_at timestamptz not null default clock_timestamp(),
  loaded_by uuid references organisations.staff,
  seconds real not null
);
grant select on population.load to keyworker_app;

-- A row that was not taken: where it stands and why, never what it said about anybody.
create table population.refused_row (
  load_id uuid not null references population.load,
  file text not null,
  line bigint not null check (line > 0),
  column_name text,
  reason text not null,
  primary key (load_id, file, line)
);
grant select on population.refused_row to keyworker_app;
grant insert on population.refused_row to keyworker_work;

-- What becomes of people who object, before scoring. No row for a kind of objection means they are left out.
create table population.policy (
  id uuid primary key,
  version integer not null unique check (version > 0),
  objection text not null,
  purpose text not null check (purpose in ('case-finding', 'evaluation')),
  rule text not null check (rule in ('exclude', 'include', 'hold')),
  signed_by uuid not null references organisations.staff,
  signed_at timestamptz not null,
  ended_at timestamptz
);
create unique index on population.policy (objection, purpose) where ended_at is null;
grant select on population.policy to keyworker_app;

-- Who stands behind a pseudonym. No policy and no grant: only the definer functions below read it.
create table population.pseudonym (
  pseudonym uuid primary key,
  person_id uuid not null references people.person,
  purpose text not null check (purpose in ('case-finding')),
  key_version integer not null,
  supplier text,
  recorded_at timestamptz not null,
  retired_at timestamptz
);
create index on population.pseudonym (person_id);
alter table population.pseudonym enable row level security;

-- Where identity lies for the length of the transaction that loads it. Emptied by the door that reads it.
create schema population_landing;
grant usage on schema population_landing to keyworker_work;
create unlogged table population_landing.practice (code text, name text, locality text, weighted_list_size integer);
create unlogged table population_landing.person (
  key text, pseudonym uuid, new_id uuid, nhs text, local text, shares_nhs text, is_whole boolean, family text, given text,
  born_on date, sex text, language text, died_on date, address text, postcode text, telephone text, email text,
  next_of_kin text, next_of_kin_telephone text, person_id uuid, differs_from uuid, is_new boolean not null default false);
create unlogged table population_landing.registration (key text, practice_code text, since date, until date);
create unlogged table population_landing.objection (key text, kind text, source text, since date, until date);
create unlogged table population_landing.allergy (key text, code_system text, code text, name text, reaction text, recorded_on date);
grant insert on population_landing.practice, population_landing.person, population_landing.registration,
  population_landing.objection, population_landing.allergy to keyworker_work;

-- Letters only, without accents: two spellings of one name are the same.
create function population.plain(p_name text) returns text language sql immutable parallel safe set search_path = '' as $$
  select nullif(regexp_replace(normalize(lower(p_name), NFKD), '[^[:alpha:]]', '', 'g'), '')
$$;
-- How a name sounds, roughly: first letter, then consonants, with spellings that sound alike made one. For the queue
-- of doubtful identities alone: nothing is ever joined by it.
create function population.sound(p_name text) returns text language sql immutable parallel safe set search_path = '' as $$
  select left(n, 1) || regexp_replace(regexp_replace(substr(n, 2), '[aeiouyh]', '', 'g'), '(.)\1+', '\1', 'g')
  from (select translate(replace(replace(replace(population.plain(p_name), 'ck', 'k'), 'ph', 'f'), 'cz', 'c'), 'wz', 'vs') as n) t
$$;

create function population.land_places() returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  insert into organisations.organisation (id, kind, name, part_of)
    select gen_random_uuid(), 'locality', l.locality,
           (select o.id from organisations.organisation o where o.kind = 'umbrella' order by o.recorded_at limit 1)
    from (select distinct locality from population_landing.practice where locality is not null) l
    where not exists (select from organisations.organisation o where o.kind = 'locality' and o.name = l.locality);
  insert into organisations.organisation (id, kind, code, name, part_of, weighted_list_size)
    select gen_random_uuid(), 'practice', p.code, p.name,
           (select o.id from organisations.organisation o where o.kind = 'locality' and o.name = p.locality limit 1),
           p.weighted_list_size
    from population_landing.practice p
    on conflict (code) do update set name = excluded.name,
      part_of = coalesce(excluded.part_of, organisations.organisation.part_of),
      weighted_list_size = coalesce(excluded.weighted_list_size, organisations.organisation.weighted_list_size)
    where (organisations.organisation.name, organisations.organisation.part_of, organisations.organisation.weighted_list_size)
      is distinct from (excluded.name, coalesce(excluded.part_of, organisations.organisation.part_of),
                        coalesce(excluded.weighted_list_size, organisations.organisation.weighted_list_size));
end $$;
revoke all on function population.land_places from public;

-- Same person, by the program: same NHS number and same date of birth and family or given name agreeing. A number with
-- other details becomes a record of its own and a doubt.
create function population.recognise() returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  update population_landing.person l set person_id = i.person_id
    from people.identifier i
    join people.person p on p.id = i.person_id
    join people.name n on n.person_id = p.id and n.ended_at is null
    where i.system = 'nhs' and i.value = l.nhs and i.ended_at is null and p.born_on = l.born_on
      and (population.plain(n.family) = population.plain(l.family) or population.plain(n.given) = population.plain(l.given));
  update population_landing.person l set differs_from = i.person_id, nhs = null,
      local = 'differs:' || md5(concat_ws('|', l.nhs, l.born_on, population.plain(l.family), population.plain(l.given)))
    from people.identifier i
    where l.person_id is null and i.system = 'nhs' and i.value = l.nhs and i.ended_at is null;
  update population_landing.person l set person_id = i.person_id
    from people.identifier i
    where l.person_id is null and i.system = 'local' and i.value = l.local and i.ended_at is null;
  update population_landing.person set person_id = new_id, is_new = true where person_id is null;
  create index on population_landing.person (person_id);
  analyze population_landing.person;
end $$;
revoke all on function population.recognise from public;

create function population.land_people(p_at timestamptz, p_has_addresses boolean) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  insert into people.person (id, born_on, sex, language, died_on, recorded_at)
    select person_id, born_on, coalesce(sex, 'not known'), language, died_on, p_at
    from population_landing.person where is_new;
  insert into people.identifier (id, person_id, system, value, recorded_at)
    select gen_random_uuid(), person_id, case when nhs is null then 'local' else 'nhs' end, coalesce(nhs, local), p_at
    from population_landing.person where is_new;
  update people.person p set sex = coalesce(l.sex, p.sex), language = coalesce(l.language, p.language),
      died_on = coalesce(l.died_on, p.died_on)
    from population_landing.person l
    where p.id = l.person_id and not l.is_new and (p.sex, p.language, p.died_on) is distinct from
      (coalesce(l.sex, p.sex), coalesce(l.language, p.language), coalesce(l.died_on, p.died_on));
  update people.name n set ended_at = p_at from population_landing.person l
    where n.person_id = l.person_id and n.ended_at is null and not l.is_new and (n.family, n.given) <> (l.family, l.given);
  insert into people.name (id, person_id, family, given, recorded_at)
    select gen_random_uuid(), l.person_id, l.family, l.given, p_at from population_landing.person l
    where l.is_new or not exists (select from people.name n where n.person_id = l.person_id and n.ended_at is null);

  create temp table wanted on commit drop as
    select l.person_id, w.kind, w.value, w.postcode, w.telephone, l.is_new
    from population_landing.person l cross join lateral (values
      ('address', coalesce(l.address, 'Address not stated'), l.postcode, null),
      ('telephone', l.telephone, null, null),
      ('email', l.email, null, null),
      ('next of kin', l.next_of_kin, null, l.next_of_kin_telephone)) w(kind, value, postcode, telephone)
    where w.value is not null and (w.kind <> 'address' or l.address is not null or l.postcode is not null);
  create index on pg_temp.wanted (person_id);
  analyze pg_temp.wanted;
  update people.contact_point c set ended_at = p_at from population_landing.person l
    where c.person_id = l.person_id and not l.is_new and l.is_whole and c.ended_at is null
      and (p_has_addresses or (c.kind = 'address' and l.postcode is distinct from c.postcode))
      and not exists (select from pg_temp.wanted w where w.person_id = c.person_id and w.kind = c.kind
        and (w.value, w.postcode, w.telephone) is not distinct from (c.value, c.postcode, c.telephone));
  insert into people.contact_point (id, person_id, kind, value, postcode, telephone, recorded_at)
    select gen_random_uuid(), w.person_id, w.kind, w.value, w.postcode, w.telephone, p_at from pg_temp.wanted w
    where w.is_new or not exists (select from people.contact_point c
      where c.person_id = w.person_id and c.kind = w.kind and c.ended_at is null);
  drop table pg_temp.wanted;
end $$;
revoke all on function population.land_people from public;

-- Registrations wanted do not overlap one another. One that says otherwise ends and is cut where the new one begins.
create function population.land_registrations(p_at timestamptz, p_supplier text, p_extracted_on date) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare v_ended integer;
begin
  create temp table wanted on commit drop as
    select l.person_id, o.id as practice_id, daterange(r.since, r.until) as during, l.is_new
    from population_landing.registration r
    join population_landing.person l on l.key = r.key
    join organisations.organisation o on o.code = r.practice_code;
  create index on pg_temp.wanted (person_id);
  analyze pg_temp.wanted;
  create temp table changed on commit drop as
    select r.id, r.person_id, r.practice_id, r.during, min(lower(w.during)) as cut_on
    from people.registration r join pg_temp.wanted w on w.person_id = r.person_id and w.during && r.during and not w.is_new
    where r.ended_at is null and not exists (select from pg_temp.wanted s where s.person_id = r.person_id
      and s.practice_id = r.practice_id and s.during = r.during)
    group by r.id;
  insert into pg_temp.changed
    select r.id, r.person_id, r.practice_id, r.during, p_extracted_on
    from people.registration r join population.pseudonym m on m.person_id = r.person_id and m.retired_at is null
    where r.ended_at is null and m.supplier = p_supplier and (upper_inf(r.during) or upper(r.during) > p_extracted_on)
      and not exists (select from population_landing.person l where l.person_id = r.person_id and l.is_whole);
  get diagnostics v_ended = row_count;
  update people.registration r set ended_at = p_at from pg_temp.changed c where c.id = r.id;
  insert into people.registration (id, person_id, practice_id, during, recorded_at)
    select gen_random_uuid(), person_id, practice_id, daterange(lower(during), cut_on), p_at
    from pg_temp.changed where lower(during) < cut_on;
  insert into people.registration (id, person_id, practice_id, during, recorded_at)
    select gen_random_uuid(), w.person_id, w.practice_id, w.during, p_at from pg_temp.wanted w
    where w.is_new or not exists (select from people.registration r where r.person_id = w.person_id
      and r.practice_id = w.practice_id and r.during = w.during and r.ended_at is null)
    order by w.person_id;
  drop table pg_temp.wanted, pg_temp.changed;
  return v_ended;
end $$;
revoke all on function population.land_registrations from public;

create function population.land_wishes(p_at timestamptz, p_today date) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  update people.wish w set ended_at = p_at, until = coalesce(
      (select max(o.until) from population_landing.objection o join population_landing.person l on l.key = o.key
        where l.person_id = w.person_id and o.kind = w.purpose), p_today)
    where w.kind = 'objection' and w.ended_at is null and w.source like 'extract: %'
      and exists (select from population_landing.person l where l.person_id = w.person_id and l.is_whole)
      and not exists (select from population_landing.objection o join population_landing.person l on l.key = o.key
        where l.person_id = w.person_id and o.kind = w.purpose and o.until is null and o.since = w.since);
  insert into people.wish (id, person_id, kind, purpose, answer, source, since, recorded_at)
    select distinct on (l.person_id, o.kind) gen_random_uuid(), l.person_id, 'objection', o.kind, 'yes',
           'extract: ' || coalesce(o.source, 'not stated'), o.since, p_at
    from population_landing.objection o join population_landing.person l on l.key = o.key
    where o.until is null and not exists (select from people.wish w where w.person_id = l.person_id
      and w.kind = 'objection' and w.purpose = o.kind and w.ended_at is null)
    order by l.person_id, o.kind, o.since;
end $$;
revoke all on function population.land_wishes from public;

create function population.land_allergies(p_at timestamptz, p_supplier text) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  update people.allergy a set ended_at = p_at from population_landing.person l
    where a.person_id = l.person_id and l.is_whole and a.ended_at is null and a.source = p_supplier
      and not exists (select from population_landing.allergy w where w.key = l.key and (w.code_system, w.code, w.name,
        w.reaction, w.recorded_on) is not distinct from (a.code_system, a.code, a.name, a.reaction, a.recorded_on));
  insert into people.allergy (id, person_id, code_system, code, name, reaction, recorded_on, source, recorded_at)
    select distinct on (l.person_id, w.name, w.code, w.reaction, w.recorded_on)
           gen_random_uuid(), l.person_id, w.code_system, w.code, w.name, w.reaction, w.recorded_on, p_supplier, p_at
    from population_landing.allergy w join population_landing.person l on l.key = w.key
    where l.is_new or not exists (select from people.allergy a where a.person_id = l.person_id and a.ended_at is null
      and a.source = p_supplier and (w.code_system, w.code, w.name, w.reaction, w.recorded_on)
        is not distinct from (a.code_system, a.code, a.name, a.reaction, a.recorded_on));
end $$;
revoke all on function population.land_allergies from public;

-- Perhaps the same: an NHS number with other details, or no number on one side and three of given name, family name,
-- date of birth and postcode. Two different NHS numbers are never even asked about.
create function population.raise_doubts(p_at timestamptz) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare v_raised integer;
begin
  with unnumbered as (
    select l.person_id, l.born_on, l.postcode, population.sound(l.family) as family, population.sound(l.given) as given,
           l.family as family_name, l.given as given_name
    from population_landing.person l where l.nhs is null
  ), pairs as (
    select u.person_id, p.id as other_id from unnumbered u
      join people.person p on p.born_on = u.born_on
      join people.contact_point c on c.person_id = p.id and c.kind = 'address' and c.ended_at is null and c.postcode = u.postcode
    union
    select u.person_id, n.person_id from unnumbered u
      join people.name n on n.ended_at is null and lower(n.family) = lower(u.family_name) and lower(n.given) = lower(u.given_name)
    union
    select u.person_id, c.person_id from unnumbered u
      join people.contact_point c on c.kind = 'address' and c.ended_at is null and c.postcode = u.postcode
      where u.born_on is null
  ), weighed as (
    select u.person_id, o.id as other_id,
      (population.sound(n.family) in (u.family, u.given)) as is_family, (population.sound(n.given) in (u.given, u.family)) as is_given,
      o.born_on = u.born_on as is_birth,
      exists (select from people.contact_point c where c.person_id = o.id and c.kind = 'address' and c.ended_at is null
        and c.postcode = u.postcode) as is_postcode
    from pairs x join unnumbered u on u.person_id = x.person_id join people.person o on o.id = x.other_id
    join people.name n on n.person_id = o.id and n.ended_at is null
    where x.other_id <> x.person_id
  ), found as (
    select person_id, other_id, 'no NHS number on one side; the same ' || concat_ws(', ', case when is_given then 'given name' end,
        case when is_family then 'family name' end, case when is_birth then 'date of birth' end,
        case when is_postcode then 'postcode' end) as why
    from weighed where coalesce(is_family, false)::int + coalesce(is_given, false)::int + coalesce(is_birth, false)::int
      + coalesce(is_postcode, false)::int >= 3
    union all
    select person_id, differs_from, 'the same NHS number with other details' from population_landing.person
      where differs_from is not null
    union all
    select l.person_id, i.person_id, 'the same NHS number with other details' from population_landing.person l
      join people.identifier i on i.system = 'nhs' and i.value = l.shares_nhs and i.ended_at is null
      where l.shares_nhs is not null
  )
  insert into people.doubt (id, person_id, other_person_id, why, raised_at)
    select distinct on (least(f.person_id, f.other_id), greatest(f.person_id, f.other_id))
           gen_random_uuid(), f.person_id, f.other_id, f.why, p_at
    from found f
    where f.person_id <> f.other_id and not exists (select from people.doubt d
      where (d.person_id, d.other_person_id) in ((f.person_id, f.other_id), (f.other_id, f.person_id)))
    order by least(f.person_id, f.other_id), greatest(f.person_id, f.other_id), f.why;
  get diagnostics v_raised = row_count;
  return v_raised;
end $$;
revoke all on function population.raise_doubts from public;

-- The fourth door: moves a whole extract's identity from the landing tables into the record, and makes the load the
-- current one. Until its transaction commits the old load stands whole.
create function population.take(p_load uuid, p_facts jsonb, p_at timestamptz, p_today date) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_asker access.asker := access.asker();
  v_ended integer; v_doubts integer; v_people jsonb;
  v_supplier text := p_facts ->> 'peopleSupplier';
begin
  if v_asker.system is null then raise exception 'only the loader takes a load' using errcode = 'KW003'; end if;
  perform pg_advisory_xact_lock(72433);
  if (select l.id from population.load l order by l.n desc limit 1) is distinct from (p_facts ->> 'after')::uuid then
    raise exception 'another load came first' using errcode = 'KW004';
  end if;
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
  insert into population.load (id, folder, index_on, covered_to, sources, files, people, left_out, policy_version,
                               key_version, taken_at, loaded_by, seconds)
    values (p_load, p_facts ->> 'folder', (p_facts ->> 'indexOn')::date, (p_facts ->> 'coveredTo')::date,
            p_facts -> 'sources', p_facts -> 'files', v_people, p_facts -> 'leftOut', (p_facts ->> 'policyVersion')::integer,
            (p_facts ->> 'keyVersion')::integer, p_at, null, (p_facts ->> 'seconds')::real);
  perform access.write_entry(v_asker, 'service administration', 'load an extract', null, null, 'system', 'done');
  drop index population_landing.person_person_id_idx;
  truncate population_landing.practice, population_landing.person, population_landing.registration,
    population_landing.objection, population_landing.allergy;
  return v_people;
end $$;
revoke all on function population.take from public;
grant execute on function population.take to keyworker_work;

-- Whether somebody objects today to being looked for, by the signed policy; without one, every objection counts.
create function population.objects(p_person uuid, p_purpose text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from people.wish w where w.person_id = p_person and w.kind = 'objection' and w.answer = 'yes'
    and w.ended_at is null and coalesce((select p.rule from population.policy p where p.objection = w.purpose
      and p.purpose = p_purpose and p.ended_at is null), 'exclude') <> 'include')
$$;
revoke all on function population.objects from public;

-- A record joined to another answers as the one it was joined to.
create function population.kept(p_person uuid) returns uuid language sql stable security definer set search_path = '' as $$
  select coalesce((select m.kept_person_id from people.merge m where m.joined_person_id = p_person
    and m.agreed_at is not null and m.undone_at is null order by m.agreed_at desc limit 1), p_person)
$$;
revoke all on function population.kept from public;

create type population.found as (pseudonym uuid, person_id uuid);

-- Re-identification: of some pseudonyms, those registered at the caller's own practice today, alive, who do not object.
-- It is recorded here, always.
create function population.people_behind(p_pseudonyms uuid[]) returns table (pseudonym uuid, person_id uuid)
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
  perform access.write_entry(v, 'case-finding', 're-identify', null,
    access.keep_list((select array_agg(f.person_id) from unnest(v_rows) f)), 'registered', 'done');
  return query select f.pseudonym, f.person_id from unnest(v_rows) f;
end $$;

revoke all on function population.people_behind from public;
grant execute on function population.people_behind to keyworker_app;

-- For the program's own work (leaving out open episodes, the evaluation): never for a page.
create function population.pseudonyms_of(p_people uuid[]) returns table (person_id uuid, pseudonym uuid)
language sql stable security definer set search_path = '' as $$
  select m.person_id, m.pseudonym from population.pseudonym m
    where m.retired_at is null and m.purpose = 'case-finding'
      and (m.person_id = any (p_people) or population.kept(m.person_id) = any (p_people))
$$;
revoke all on function population.pseudonyms_of from public;
grant execute on function population.pseudonyms_of to keyworker_work;
