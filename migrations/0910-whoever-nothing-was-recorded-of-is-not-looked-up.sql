-- Why:   to count and order a practice's part of a list, who stands behind every pseudonym of it was looked up, and whatever is
--        known of them. Of most nothing was recorded here since they came onto a list: they are to judge. Now only the others
--        are looked up, and those a page shows; whoever is not shown stays a pseudonym.
-- Locks: suggestion is written anew with one column more; triggers on judgements, episodes, registrations, wishes, people,
--        merges, pseudonyms and staff, each waiting for writers of its table.
-- Undo:  drop the triggers, their functions, case_finding.part_of_list, people_at_ranks and open_listed, the tables with_history and
--        judged_of, the column in_brief and its function; people_to_judge of 0522 is as it was.
-- Safe while the previous version is running: yes, it asks people_to_judge.

-- Pseudonyms of whoever something is recorded of here that their standing on a list may hang on: a judgement, an episode, a
-- move, a death, an objection, a record joined to another, a pseudonym out of use. A pseudonym stays in it once it is: to be
-- looked up without need costs time and nothing else. Written by the triggers below, and for a new list when it is made.
create table case_finding.with_history (pseudonym uuid primary key);
grant select on case_finding.with_history to keyworker_app;

-- Where everybody judged for a programme is, was or will be registered: wider than who is there today, which is asked.
create table case_finding.judged_of (
  programme_id uuid not null,
  practice_id uuid not null,
  person_id uuid not null references people.person,
  primary key (programme_id, practice_id, person_id)
);
select access.guard('case_finding.judged_of');

-- What counts, narrows and orders a list, as one text: written once, with the suggestion, and read by the hundred.
create function case_finding.in_brief(p_admissions integer, p_conditions text[], p_last_on date, p_care_home boolean,
  p_alone boolean, p_returned boolean, p_risk double precision, p_rising boolean, p_flags text[], p_visits integer, p_usual integer) returns text
-- Immutable, for a date is written the same way in JSON whatever the session says.
language sql immutable parallel safe as $$
  select json_build_array(p_admissions, p_conditions, p_last_on, p_care_home, p_alone, p_returned, p_risk, p_rising, p_flags,
    p_visits, p_usual)::text
$$;

create function case_finding.note_history(p_people uuid[]) returns void
language sql volatile security definer set search_path = '' as $$
  insert into case_finding.with_history
    select m.pseudonym from population.pseudonym m where m.person_id = any (p_people) and m.purpose = 'case-finding'
    on conflict do nothing
$$;
revoke all on function case_finding.note_history from public;

create function case_finding.history_began() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform case_finding.note_history(array[new.person_id]);
  return null;
end $$;
create trigger history_began after insert on people.episode for each row execute function case_finding.history_began();
create trigger history_began after insert or update on people.wish
  for each row when (new.kind = 'objection') execute function case_finding.history_began();
create trigger history_began after update on population.pseudonym
  for each row when (new.retired_at is not null) execute function case_finding.history_began();

create function case_finding.life_ended() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform case_finding.note_history(array[new.id]);
  return null;
end $$;
create trigger life_ended after update on people.person
  for each row when (new.died_on is not null) execute function case_finding.life_ended();

create function case_finding.records_joined() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform case_finding.note_history(array[new.kept_person_id, new.joined_person_id]);
  return null;
end $$;
create trigger records_joined after insert or update on people.merge
  for each row execute function case_finding.records_joined();

-- Nobody judges their own record.
create function case_finding.own_record_known() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform case_finding.note_history(array[new.own_person_id]);
  return null;
end $$;
create trigger own_record_known after insert or update on organisations.staff
  for each row when (new.own_person_id is not null) execute function case_finding.own_record_known();

create function case_finding.first_judged() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform case_finding.note_history(array[new.person_id]);
  insert into case_finding.judged_of
    select new.programme_id, r.practice_id, new.person_id from people.registration r
      where r.person_id = new.person_id and r.ended_at is null
    union select new.programme_id, new.practice_id, new.person_id where new.practice_id is not null
    on conflict do nothing;
  return null;
end $$;
create trigger first_judged after insert on case_finding.judgement
  for each row execute function case_finding.first_judged();

-- A load moves many at once, and before it knows the pseudonyms of those who are new: of these nothing is written.
create function case_finding.registrations_moved() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into case_finding.with_history
    select m.pseudonym from changed c join population.pseudonym m on m.person_id = c.person_id and m.purpose = 'case-finding'
    on conflict do nothing;
  insert into case_finding.judged_of
    select distinct j.programme_id, c.practice_id, c.person_id from changed c
      join case_finding.judgement j on j.person_id = c.person_id
    on conflict do nothing;
  return null;
end $$;
create trigger registrations_added after insert on people.registration referencing new table as changed
  for each statement execute function case_finding.registrations_moved();
create trigger registrations_changed after update on people.registration referencing new table as changed
  for each statement execute function case_finding.registrations_moved();
create trigger registrations_removed after delete on people.registration referencing old table as changed
  for each statement execute function case_finding.registrations_moved();

-- Whoever of some pseudonyms, suggested at a practice, is not plainly registered there, alive, and nothing else.
create function case_finding.history_among(p_pseudonyms uuid[], p_practice_codes text[]) returns setof uuid
language sql stable security definer set search_path = '' as $$
  select s.pseudonym from unnest(p_pseudonyms, p_practice_codes) s (pseudonym, practice_code)
    left join population.pseudonym m on m.pseudonym = s.pseudonym and m.purpose = 'case-finding' and m.retired_at is null
    left join people.person p on p.id = m.person_id
  where p.id is null or p.died_on is not null
    or not exists (select from people.registration r join organisations.organisation o on o.id = r.practice_id
      where r.person_id = p.id and r.ended_at is null and o.code = s.practice_code and upper_inf(r.during)
        and r.during @> (select organisations.today()))
    or exists (select from people.wish w where w.person_id = p.id and w.kind = 'objection' and w.ended_at is null)
    or exists (select from people.episode e where e.person_id = p.id)
    or exists (select from case_finding.judgement j where j.person_id = p.id)
    or exists (select from people.merge g where p.id in (g.kept_person_id, g.joined_person_id))
    or exists (select from organisations.staff t where t.own_person_id = p.id)
$$;
revoke all on function case_finding.history_among from public;

create function case_finding.people_listed() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into case_finding.with_history
    select h from (select array_agg(l.pseudonym) as pseudonyms, array_agg(l.practice_code) as codes from listed l) a,
      lateral case_finding.history_among(a.pseudonyms, a.codes) h
    on conflict do nothing;
  return null;
end $$;
create trigger people_listed after insert on case_finding.suggestion referencing new table as listed
  for each statement execute function case_finding.people_listed();

-- Whoever was judged and moved in the same moment is found with the next list.
create function case_finding.list_made() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into case_finding.judged_of
    select distinct j.programme_id, r.practice_id, j.person_id from case_finding.judgement j
      join people.registration r on r.person_id = j.person_id and r.ended_at is null
    where j.programme_id = new.programme_id
    on conflict do nothing;
  return null;
end $$;
create trigger list_made after insert on case_finding.run for each row execute function case_finding.list_made();

-- What was there before.
alter table case_finding.suggestion add in_brief text not null generated always as (case_finding.in_brief(
  emergency_admissions, conditions, last_admission_on, is_care_home, lives_alone, is_returned, risk, is_risk_rising, flags, ae_visits,
  usual_in_100)) stored;
insert into case_finding.with_history
  select h from (select array_agg(s.pseudonym) as pseudonyms, array_agg(s.practice_code) as codes from case_finding.suggestion s) a,
    lateral case_finding.history_among(a.pseudonyms, a.codes) h
  where a.pseudonyms is not null
  on conflict do nothing;
insert into case_finding.judged_of
  select distinct j.programme_id, r.practice_id, j.person_id from case_finding.judgement j
    join people.registration r on r.person_id = j.person_id and r.ended_at is null
  union select j.programme_id, j.practice_id, j.person_id from case_finding.judgement j where j.practice_id is not null
  on conflict do nothing;

-- The caller's practice's part of a list, with the walls of people_to_judge of 0522. p_whole: everybody of it is looked up; else
-- only those with a history. Whoever was judged there is among the people in either case. All of it is written as JSON: hundreds
-- of rows cost ten times as much.
-- part: [rank, 1 with a history, and what is in brief] of everybody, by rank.
-- people: [person, rank, born, died, 1 their own, programmes of open episodes, judgements]; born only of the whole.
-- judgements: [n, decision, reason, shown again on, run, practice, judged by, judged at, risk, [day, sources] of the list].
create function case_finding.part_of_list(p_programme uuid, p_run uuid, p_whole boolean)
returns table (part text, people json, counts json, drawn json)
language plpgsql volatile security definer set search_path = '' set plan_cache_mode = 'force_generic_plan' as $$
declare
  v access.asker := access.asker(); v_today date := organisations.today(); v_own uuid := access.own_person(v.staff_id);
  v_code text := (select o.code from organisations.organisation o where o.id = v.organisation_id);
  v_aliases uuid[]; v_ranks integer[]; v_ids uuid[]; v_id_ranks integer[]; v_others uuid[]; v_heeded_not text[];
begin
  if v.staff_id is null then return; end if;
  select '[' || string_agg('[' || s.rank || s.known || substr(s.in_brief, 2), ',') || ']',
      array_agg(s.pseudonym) filter (where p_whole or s.known = ',1,'), array_agg(s.rank) filter (where p_whole or s.known = ',1,')
    into part, v_aliases, v_ranks
    from (
      select l.rank, l.pseudonym, l.in_brief,
        -- One at a time, by the index: as a set, the planner reads the whole table for every page.
        coalesce((select ',1,' from case_finding.with_history h where h.pseudonym = l.pseudonym), ',0,') as known
      from case_finding.suggestion l where l.run_id = p_run and l.practice_code = v_code order by l.rank offset 0) s;
  if v_aliases is not null then
    select array_agg(b.person_id), array_agg(a.rank) into v_ids, v_id_ranks
      from population.people_behind(v_aliases) b join unnest(v_aliases, v_ranks) a (alias, rank) on a.alias = b.pseudonym;
  end if;
  v_heeded_not := array(select p.objection from population.policy p
    where p.purpose = 'case-finding' and p.rule = 'include' and p.ended_at is null);
  v_others := array(
    select g.id from (
      select j.person_id as id from case_finding.judged_of j
        where j.programme_id = p_programme and j.practice_id = v.organisation_id
      except
      select b from unnest(v_ids) b) g
    where (select r.practice_id from people.registered_on(g.id, v_today) r) = v.organisation_id
      and not exists (select from people.wish w where w.person_id = g.id and w.kind = 'objection' and w.answer = 'yes'
        and w.ended_at is null and w.purpose <> all (v_heeded_not)));
  people := (
    select json_agg(json_build_array(e.id, e.rank, case when p_whole then (select p.born_on from people.person p where p.id = e.id) end,
      -- Nobody behind a pseudonym is dead: people_behind says so.
      case when e.rank is null then (select p.died_on from people.person p where p.id = e.id) end, (e.id is not distinct from v_own)::integer,
      (select json_agg(x.programme_id) from people.episode x where x.person_id = e.id and x.closed_on is null),
      (select json_agg(json_build_array(x.n, x.decision, x.reason, x.show_again_on, x.run_id, x.practice_id, x.judged_by,
          x.judged_at, x.risk,
          -- What only whoever was deferred or declined may come back by: the day and the sources of the list they were judged from.
          case when x.decision in ('deferred', 'declined') then (
            select json_build_array(n.index_on, (select json_agg(s -> 'source') from jsonb_array_elements(n.sources) s))
            from case_finding.run n where n.id = x.run_id) end) order by x.n)
        from case_finding.judgement x where x.person_id = e.id and x.programme_id = p_programme)))
    from (select * from unnest(v_ids, v_id_ranks) b (id, rank) union all select o, null from unnest(v_others) o) e);
  counts := (select json_build_object('considered', c.considered, 'listed', c.listed, 'withUs', c.with_us, 'objected', c.objected,
      'objecting', c.objecting) from case_finding.run_practice c where c.run_id = p_run and c.practice_code = v_code);
  drawn := (
    select json_agg(json_build_array(d.rank, d.drawn_on, d.is_drawn)) from (
      select distinct on (s.rank) s.rank, l.drawn_on, p.is_drawn
      from case_finding.lot l join case_finding.lot_person p on p.lot_id = l.id
      join case_finding.suggestion s on s.run_id = p_run and s.pseudonym = p.pseudonym
      where l.programme_id = p_programme and s.practice_code = v_code order by s.rank, l.n desc) d);
  return next;
end $$;
revoke all on function case_finding.part_of_list from public;
grant execute on function case_finding.part_of_list to keyworker_app;

-- Who stands at some ranks of the caller's practice's part of a list. Re-identifying is recorded by people_behind.
create function case_finding.people_at_ranks(p_run uuid, p_ranks integer[])
returns table (rank integer, person_id uuid)
language plpgsql volatile security definer set search_path = '' set plan_cache_mode = 'force_generic_plan' as $$
declare
  v access.asker := access.asker(); v_own uuid := access.own_person(v.staff_id); v_aliases uuid[]; v_ranks integer[];
begin
  if v.staff_id is null then return; end if;
  select array_agg(s.pseudonym), array_agg(s.rank) into v_aliases, v_ranks from case_finding.suggestion s
    where s.run_id = p_run and s.rank = any (p_ranks)
      and s.practice_code = (select o.code from organisations.organisation o where o.id = v.organisation_id);
  if v_aliases is null then return; end if;
  return query select a.rank, b.person_id
    from population.people_behind(v_aliases) b join unnest(v_aliases, v_ranks) a (alias, rank) on a.alias = b.pseudonym
    where b.person_id is distinct from v_own;
end $$;
revoke all on function case_finding.people_at_ranks from public;
grant execute on function case_finding.people_at_ranks to keyworker_app;

-- Opens some people of a list: those at some ranks, and those looked up already with the ranks they have, 0 for none. Who
-- they are, and the reasons of a number; the log row that opens them is written before anything is given back.
-- lines: [person, rank, family name, given name, born, sex, died, NHS number, reasons of a number].
create function case_finding.open_listed(p_run uuid, p_ranks integer[], p_people uuid[], p_people_ranks integer[],
                                         p_purpose text, p_verb text)
returns table (people uuid[], lines json)
language plpgsql volatile security definer set search_path = '' set plan_cache_mode = 'force_generic_plan' as $$
declare
  v access.asker := access.asker(); v_today date := organisations.today(); v_own uuid := access.own_person(v.staff_id);
  v_told boolean := (select r.model_id is not null from case_finding.run r where r.id = p_run);
  v_ids uuid[]; v_ranks integer[]; v_hash bytea;
begin
  if v.staff_id is null then return; end if;
  -- Where those at ranks are registered was asked with who they are.
  select coalesce(array_agg(l.id), '{}'), array_agg(l.rank) into v_ids, v_ranks from (
    select a.person_id as id, a.rank from case_finding.people_at_ranks(p_run, p_ranks) a where cardinality(p_ranks) > 0
    union all
    select g.id, g.rank from unnest(p_people, p_people_ranks) g (id, rank)
      where g.id is distinct from v_own
        and (select r.practice_id from people.registered_on(g.id, v_today) r) = v.organisation_id) l;
  v_hash := access.keep_list(v_ids);
  perform access.write_entry(v, p_purpose, p_verb, null, v_hash, 'practice', 'done');
  perform access.set_scope('list', encode(v_hash, 'hex'));
  people := v_ids;
  lines := (
    select json_agg(json_build_array(l.id, l.rank, n.family, n.given, p.born_on, p.sex, p.died_on, i.value,
      case when v_told then (select s.told from case_finding.suggestion s where s.run_id = p_run and s.rank = l.rank) end))
    from unnest(v_ids, v_ranks) l (id, rank) join people.person p on p.id = l.id
      join people.name n on n.person_id = l.id and n.ended_at is null
      left join people.identifier i on i.person_id = l.id and i.system = 'nhs' and i.ended_at is null);
  return next;
end $$;
revoke all on function case_finding.open_listed from public;
grant execute on function case_finding.open_listed to keyworker_app;
