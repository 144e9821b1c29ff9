-- Why:   a load says of whom it changed what against the record before it; somebody looks at it and says so.
-- Locks: new tables and functions; replaces population.take_people; nothing is rewritten.
-- Undo:  the take_people of 0103; drop table population.review, population.change.
-- Safe while the previous version is running: yes: a load of it keeps no changes.

-- What a load changed about one person. Names and addresses are not repeated here: the record keeps what was before.
create table population.change (
  load_id uuid not null references population.load deferrable initially deferred,
  person_id uuid not null references people.person,
  kind text not null check (kind in ('new', 'gone', 'moved', 'died', 'back', 'name', 'address', 'telephone', 'email',
    'next of kin', 'sex', 'language')),
  was text,
  became text,
  primary key (load_id, person_id, kind)
);
create index on population.change (person_id);
select access.guard('population.change');
grant select on population.change to keyworker_app;

create table population.review (
  load_id uuid primary key references population.load,
  reviewed_by uuid not null references organisations.staff,
  reviewed_at timestamptz not null,
  remark text check (length(remark) <= 500)
);
grant select on population.review to keyworker_app;

-- What is written over in place, before it is: whoever died, and sex and language. Of the first load nothing is a change.
create function population.keep_written_over(p_load uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  insert into population.change (load_id, person_id, kind, was, became)
    select p_load, p.id, c.kind, c.was, c.became
    from population_landing.person l join people.person p on p.id = l.person_id
    cross join lateral (values ('died', p.died_on::text, l.died_on::text), ('sex', p.sex, l.sex),
      ('language', p.language, l.language)) c(kind, was, became)
    where not l.is_new and c.became is not null and c.became is distinct from c.was
      and (p.sex, p.language, p.died_on) is distinct from
        (coalesce(l.sex, p.sex), coalesce(l.language, p.language), coalesce(l.died_on, p.died_on))
    on conflict do nothing;
end $$;
revoke all on function population.keep_written_over from public;

-- What has a history of its own is worked out from it, once it is written: from the rows this transaction wrote.
create function population.keep_changes(p_load uuid, p_on date) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare v_mine xid := pg_current_xact_id()::xid;
begin
  insert into population.change (load_id, person_id, kind)
    select p_load, l.person_id, 'new' from population_landing.person l where l.is_new
    on conflict do nothing;
  insert into population.change (load_id, person_id, kind)
    select p_load, n.person_id, 'name' from people.name n where n.xmin = v_mine and n.ended_at is not null
    union
    select p_load, c.person_id, c.kind from people.contact_point c where c.xmin = v_mine
      and not exists (select from population_landing.person l where l.person_id = c.person_id and l.is_new)
    on conflict do nothing;
  insert into population.change (load_id, person_id, kind, was, became)
    select p_load, t.person_id, case when t.became is null then 'gone' when t.was is null then 'back' else 'moved' end,
           a.name, b.name
    from (
      select r.person_id,
        max(r.practice_id::text) filter (where (r.xmin = v_mine) = (r.ended_at is not null))::uuid as was,
        max(r.practice_id::text) filter (where r.ended_at is null)::uuid as became
      from people.registration r
      where r.during @> p_on and r.person_id in
        (select x.person_id from people.registration x where x.xmin = v_mine)
      group by r.person_id) t
    join people.person p on p.id = t.person_id
    left join organisations.organisation a on a.id = t.was
    left join organisations.organisation b on b.id = t.became
    where t.was is distinct from t.became and not (t.became is null and p.died_on is not null)
      and not exists (select from population_landing.person l where l.person_id = t.person_id and l.is_new)
    on conflict do nothing;
end $$;
revoke all on function population.keep_changes from public;

create or replace function population.take_people(p_facts jsonb, p_at timestamptz, p_today date) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_asker access.asker := access.asker();
  v_ended integer; v_doubts integer; v_people jsonb;
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
  if v_load is not null then perform population.keep_written_over(v_load); end if;
  perform population.land_people(p_at, (p_facts ->> 'hasAddresses')::boolean);
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
                            'ended', v_ended, 'doubts', v_doubts) into v_people from population_landing.person;
  perform access.write_entry(v_asker, 'service administration', 'load an extract', null, null, 'system', 'done');
  drop index population_landing.person_person_id_idx;
  truncate population_landing.practice, population_landing.person, population_landing.registration,
    population_landing.objection, population_landing.allergy;
  return v_people;
end $$;

-- How many people, by what changed, and those with any changed detail once; nobody is named.
create function population.count_changes(p_load uuid) returns table (kind text, people integer)
language sql stable security definer set search_path = '' as $$
  select c.kind, count(*)::integer from population.change c
    where c.load_id = p_load and (access.asker()).staff_id is not null group by c.kind
  union all
  select 'details', count(distinct c.person_id)::integer from population.change c
    where c.load_id = p_load and (access.asker()).staff_id is not null
      and c.kind not in ('new', 'gone', 'moved', 'died', 'back')
$$;
revoke all on function population.count_changes from public;
grant execute on function population.count_changes to keyworker_app;

-- Opens the people of a load's changes to read, at most 500: of some kinds, and of a name or number where one is asked for. The log
-- row is written first. What comes back is in the order of names, with how many there are in all.
create function population.open_changes(p_load uuid, p_kinds text[], p_words text, p_from integer, p_most integer)
returns table (person_id uuid, place integer, total integer)
language plpgsql volatile security definer set search_path = '' as $$
declare
  v access.asker := access.asker(); v_people uuid[]; v_total integer;
  v_number text := regexp_replace(coalesce(p_words, ''), '[^0-9]', '', 'g');
  v_name text := population.plain(coalesce(p_words, ''));
begin
  if v.staff_id is null or p_most > 500 then
    raise exception 'changes are opened by staff, at most 500' using errcode = 'KW003';
  end if;
  with mine as (
    select distinct c.person_id as id from population.change c where c.load_id = p_load and c.kind = any (p_kinds)
  ), named as (
    select m.id, row_number() over (order by lower(n.family), lower(n.given), m.id) as n, count(*) over () as total
    from mine m left join people.name n on n.person_id = m.id and n.ended_at is null
    where p_words is null
      or v_name is not null and (starts_with(population.plain(n.family), v_name)
        or population.plain(n.family || n.given) = v_name or population.plain(n.given || n.family) = v_name)
      or length(v_number) = 10 and exists (select from people.identifier i
        where i.person_id = m.id and i.system = 'nhs' and i.value = v_number and i.ended_at is null)
  )
  select array_agg(x.id order by x.n), max(x.total) into v_people, v_total from (
    select * from named order by n offset p_from limit p_most) x;
  perform access.write_entry(v, 'service administration', 'read what a load changed', null, access.keep_list(v_people), null, 'done');
  perform access.set_scope('list', encode(access.keep_list(v_people), 'hex'));
  return query select u.id, u.at::integer, v_total from unnest(v_people) with ordinality u(id, at);
end $$;
revoke all on function population.open_changes from public;
grant execute on function population.open_changes to keyworker_app;

-- Somebody looked at what a load changed and says so: once.
create function population.review_load(p_load uuid, p_remark text, p_at timestamptz) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker();
begin
  if v.staff_id is null then raise exception 'a load is reviewed by staff' using errcode = 'KW003'; end if;
  insert into population.review (load_id, reviewed_by, reviewed_at, remark) values (p_load, v.staff_id, p_at, p_remark)
    on conflict do nothing;
  return found;
end $$;
revoke all on function population.review_load from public;
grant execute on function population.review_load to keyworker_app;
