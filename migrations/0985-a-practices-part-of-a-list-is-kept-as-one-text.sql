-- Why:   to read a practice's part of a list, some hundreds of suggestions were read and put together for every page, each was
--        looked for among those with a history, and who stands behind a pseudonym was found by one question in another for each
--        person. The part is kept as it is read, by practice; history is asked of it as a set; and whoever stands behind
--        pseudonyms is followed by index, once, to the name a page shows.
-- Locks: suggestion loses a column; triggers on suggestion, waiting for its writers.
-- Undo:  drop the triggers, listed_part and population.behind; people_behind is in 0903, part_of_list, people_at_ranks and open_listed
--        in 0910, with the column in_brief.
-- Safe while the previous version is running: no, it reads part_of_list as it was.

-- A practice's part of a run as it is counted, narrowed and ordered: [rank, what is in brief], … by rank; and its pseudonyms.
-- Nobody reads it but part_of_list. Written with the suggestions, by the trigger below.
create table case_finding.listed_part (
  run_id uuid not null references case_finding.run,
  practice_code text not null,
  briefs text not null,
  pseudonyms uuid[] not null,
  primary key (run_id, practice_code)
);
-- Read whole, and often: not to be unpacked each time.
alter table case_finding.listed_part alter briefs set storage external, alter pseudonyms set storage external;

create function case_finding.write_parts(p_runs uuid[], p_codes text[]) returns void
language sql volatile security definer set search_path = '' as $$
  delete from case_finding.listed_part l using unnest(p_runs, p_codes) c (run_id, code)
    where l.run_id = c.run_id and l.practice_code = c.code;
  insert into case_finding.listed_part
    select s.run_id, s.practice_code,
      string_agg('[' || s.rank || ',' || substr(case_finding.in_brief(s.emergency_admissions, s.conditions, s.last_admission_on,
        s.is_care_home, s.lives_alone, s.is_returned, s.risk, s.is_risk_rising, s.flags, s.ae_visits, s.usual_in_100), 2), ','
        order by s.rank),
      array_agg(s.pseudonym)
    from unnest(p_runs, p_codes) c (run_id, code)
    join case_finding.suggestion s on s.run_id = c.run_id and s.practice_code = c.code
    group by s.run_id, s.practice_code;
$$;
revoke all on function case_finding.write_parts from public;

create function case_finding.parts_changed() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform case_finding.write_parts(array_agg(c.run_id), array_agg(c.practice_code))
    from (select distinct run_id, practice_code from changed) c;
  return null;
end $$;
create trigger parts_added after insert on case_finding.suggestion referencing new table as changed
  for each statement execute function case_finding.parts_changed();
create trigger parts_changed after update on case_finding.suggestion referencing new table as changed
  for each statement execute function case_finding.parts_changed();
create trigger parts_removed after delete on case_finding.suggestion referencing old table as changed
  for each statement execute function case_finding.parts_changed();

alter table case_finding.suggestion drop column in_brief;
select case_finding.write_parts(array_agg(s.run_id), array_agg(s.practice_code))
  from (select distinct run_id, practice_code from case_finding.suggestion) s;

-- Who stands behind some pseudonyms, of those plainly registered at a practice, alive, who do not object; n: which of them.
-- Part of the doors below, which record it. Each is followed by index: as a join, the planner may read a whole practice instead.
create function population.behind(p_pseudonyms uuid[], p_practice uuid, p_today date, p_heeded_not text[])
returns table (n bigint, pseudonym uuid, person_id uuid, born_on date, sex text) language sql stable as $$
  select k.n, k.pseudonym, k.id, p.born_on, p.sex
    from (select a.n, a.pseudonym, coalesce((select g.kept_person_id from people.merge g where g.joined_person_id = m.person_id
              and g.agreed_at is not null and g.undone_at is null order by g.agreed_at desc limit 1), m.person_id) as id
          from unnest(p_pseudonyms) with ordinality a (pseudonym, n)
          cross join lateral (select m.person_id from population.pseudonym m where m.pseudonym = a.pseudonym
            and m.retired_at is null and m.purpose = 'case-finding' limit 1) m offset 0) k
    cross join lateral (select from people.registration r where r.person_id = k.id and r.ended_at is null
      and r.practice_id = p_practice and people.covers(r.during, p_today) limit 1) r
    cross join lateral (select p.born_on, p.sex from people.person p where p.id = k.id and p.died_on is null limit 1) p
    where not exists (select from people.wish w where w.person_id = k.id and w.kind = 'objection' and w.answer = 'yes'
      and w.ended_at is null and w.purpose <> all (p_heeded_not))
$$;
revoke all on function population.behind from public;

-- The objections that are signed not to keep anybody off a list.
create function population.heeded_not() returns text[] language sql stable as $$
  select array(select p.objection from population.policy p
    where p.purpose = 'case-finding' and p.rule = 'include' and p.ended_at is null)
$$;
revoke all on function population.heeded_not from public;

create or replace function population.people_behind(p_pseudonyms uuid[]) returns table (pseudonym uuid, person_id uuid)
language plpgsql volatile security definer set search_path = '' set plan_cache_mode = 'force_generic_plan' as $$
declare
  v access.asker := access.asker(); v_today date := organisations.today(); v_heeded_not text[] := population.heeded_not();
  v_rows population.found[];
begin
  if v.staff_id is null then return; end if;
  select array_agg(row(b.pseudonym, b.person_id)::population.found) into v_rows
    from population.behind(p_pseudonyms, v.organisation_id, v_today, v_heeded_not) b;
  perform access.write_entry(v, 'direct care', 're-identify', null,
    access.keep_list((select array_agg(f.person_id) from unnest(v_rows) f)), 'registered', 'done');
  return query select f.pseudonym, f.person_id from unnest(v_rows) f;
end $$;

-- The caller's practice's part of a list, with the walls of people_behind. p_whole: everybody of it is looked up; else only those
-- with a history. Whoever was judged there is among the people in either case. All of it is written as JSON: hundreds of rows
-- cost ten times as much.
-- part: [rank, what is in brief] of everybody, by rank. asked: the ranks looked up.
-- people: [person, rank, born, died, 1 their own, programmes of open episodes, judgements]; born only of the whole.
-- judgements: [n, decision, reason, shown again on, run, practice, judged by, judged at, risk, [day, sources] of the list].
drop function case_finding.part_of_list;
create function case_finding.part_of_list(p_programme uuid, p_run uuid, p_whole boolean)
returns table (part text, asked integer[], people json, counts json, drawn json)
language plpgsql volatile security definer set search_path = '' set plan_cache_mode = 'force_generic_plan' as $$
declare
  v access.asker := access.asker(); v_today date := organisations.today(); v_own uuid := access.own_person(v.staff_id);
  v_heeded_not text[] := population.heeded_not();
  v_code text := (select o.code from organisations.organisation o where o.id = v.organisation_id);
  v_aliases uuid[]; v_ids uuid[]; v_id_ranks integer[]; v_others uuid[];
begin
  if v.staff_id is null then return; end if;
  select l.briefs, l.pseudonyms into part, v_aliases from case_finding.listed_part l
    where l.run_id = p_run and l.practice_code = v_code;
  if not p_whole then
    v_aliases := array(select h.pseudonym from case_finding.with_history h where h.pseudonym = any (v_aliases));
  end if;
  if cardinality(v_aliases) > 0 then
    select array_agg(s.pseudonym), array_agg(s.rank) into v_aliases, asked
      from unnest(v_aliases) a cross join lateral (
        select s.rank, s.pseudonym from case_finding.suggestion s where s.run_id = p_run and s.pseudonym = a limit 1) s;
    select array_agg(b.person_id), array_agg(asked[b.n]) into v_ids, v_id_ranks
      from population.behind(v_aliases, v.organisation_id, v_today, v_heeded_not) b;
    perform access.write_entry(v, 'direct care', 're-identify', null, access.keep_list(v_ids), 'registered', 'done');
  end if;
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
      -- Nobody behind a pseudonym is dead: population.behind says so.
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
  -- Of a list nobody drew from for this programme nothing is looked for.
  if exists (select from case_finding.lot l where l.programme_id = p_programme) then
    drawn := (
      select json_agg(json_build_array(d.rank, d.drawn_on, d.is_drawn)) from (
        select distinct on (s.rank) s.rank, l.drawn_on, p.is_drawn
        from case_finding.lot l join case_finding.lot_person p on p.lot_id = l.id
        join case_finding.suggestion s on s.run_id = p_run and s.pseudonym = p.pseudonym
        where l.programme_id = p_programme and s.practice_code = v_code order by s.rank, l.n desc) d);
  end if;
  return next;
end $$;
revoke all on function case_finding.part_of_list from public;
grant execute on function case_finding.part_of_list to keyworker_app;

-- Opens some people of a list: those at some ranks, and those looked up already with the ranks they have, 0 for none. Who
-- they are, and the reasons of a number; the log rows that open them are written before anything is given back.
-- lines: those at ranks, those known: [person, rank, family name, given name, born, sex, died, NHS number, reasons of a number].
create or replace function case_finding.open_listed(p_run uuid, p_ranks integer[], p_people uuid[], p_people_ranks integer[],
                                                    p_purpose text, p_verb text)
returns table (people uuid[], lines json)
language plpgsql volatile security definer set search_path = '' set plan_cache_mode = 'force_generic_plan' as $$
declare
  v access.asker := access.asker(); v_today date := organisations.today(); v_own uuid := access.own_person(v.staff_id);
  v_heeded_not text[] := population.heeded_not();
  v_told boolean := (select r.model_id is not null from case_finding.run r where r.id = p_run);
  v_aliases uuid[]; v_ranks integer[]; v_met uuid[]; v_behind json; v_known json; v_hash bytea;
begin
  if v.staff_id is null then return; end if;
  if cardinality(p_ranks) > 0 then
    select array_agg(s.pseudonym), array_agg(s.rank) into v_aliases, v_ranks
      from case_finding.suggestion s where s.run_id = p_run and s.rank = any (p_ranks)
        and s.practice_code = (select o.code from organisations.organisation o where o.id = v.organisation_id);
    select array_agg(b.person_id), json_agg(json_build_array(b.person_id, v_ranks[b.n], n.family, n.given, b.born_on, b.sex, null,
        i.value, case when v_told then (select s.told from case_finding.suggestion s where s.run_id = p_run and s.rank = v_ranks[b.n]) end))
      into people, v_behind
      from population.behind(v_aliases, v.organisation_id, v_today, v_heeded_not) b
        cross join lateral (select n.family, n.given from people.name n where n.person_id = b.person_id and n.ended_at is null limit 1) n
        left join lateral (select i.value from people.identifier i where i.person_id = b.person_id and i.system = 'nhs'
          and i.ended_at is null limit 1) i on true
      where b.person_id is distinct from v_own;
    v_hash := access.keep_list(people);
    perform access.write_entry(v, 'direct care', 're-identify', null, v_hash, 'registered', 'done');
  end if;
  if v_hash is null or cardinality(p_people) > 0 then
    select array_agg(l.id), json_agg(json_build_array(l.id, l.rank, n.family, n.given, p.born_on, p.sex, p.died_on, i.value,
        case when v_told then (select s.told from case_finding.suggestion s where s.run_id = p_run and s.rank = l.rank) end))
      into v_met, v_known
      from (select * from unnest(p_people, p_people_ranks) g (id, rank)
          where g.id is distinct from v_own
            and (select r.practice_id from people.registered_on(g.id, v_today) r) = v.organisation_id offset 0) l
        cross join lateral (select p.born_on, p.sex, p.died_on from people.person p where p.id = l.id limit 1) p
        cross join lateral (select n.family, n.given from people.name n where n.person_id = l.id and n.ended_at is null limit 1) n
        left join lateral (select i.value from people.identifier i where i.person_id = l.id and i.system = 'nhs'
          and i.ended_at is null limit 1) i on true;
    people := people || v_met;
    v_hash := access.keep_list(people);
  end if;
  people := coalesce(people, '{}');
  perform access.write_entry(v, p_purpose, p_verb, null, v_hash, 'practice', 'done');
  perform access.set_scope('list', encode(v_hash, 'hex'));
  lines := json_build_array(v_behind, v_known);
  return next;
end $$;
