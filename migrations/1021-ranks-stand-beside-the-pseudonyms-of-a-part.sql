-- Why:   whoever something is recorded of was looked for in the list once more for their rank, each by themselves, and the list
--        they were judged from was put together anew for each of them: half a millisecond of each page of a practice's list.
-- Locks: listed_part is rewritten; it holds a row a practice and list.
-- Undo:  part_of_list and write_parts as in 0985; alter table case_finding.listed_part drop column ranks.
-- Safe while the previous version is running: no, it reads part_of_list as it was.

alter table case_finding.listed_part add column ranks integer[];
alter table case_finding.listed_part alter ranks set storage external;

-- As in 0985, with the ranks of the pseudonyms, in their order.
create or replace function case_finding.write_parts(p_runs uuid[], p_codes text[]) returns void
language sql volatile security definer set search_path = '' as $$
  delete from case_finding.listed_part l using unnest(p_runs, p_codes) c (run_id, code)
    where l.run_id = c.run_id and l.practice_code = c.code;
  insert into case_finding.listed_part (run_id, practice_code, briefs, pseudonyms, ranks)
    select s.run_id, s.practice_code,
      string_agg('[' || s.rank || ',' || substr(case_finding.in_brief(s.emergency_admissions, s.conditions, s.last_admission_on,
        s.is_care_home, s.lives_alone, s.is_returned, s.risk, s.is_risk_rising, s.flags, s.ae_visits, s.usual_in_100), 2), ','
        order by s.rank),
      array_agg(s.pseudonym order by s.rank), array_agg(s.rank order by s.rank)
    from unnest(p_runs, p_codes) c (run_id, code)
    join case_finding.suggestion s on s.run_id = c.run_id and s.practice_code = c.code
    group by s.run_id, s.practice_code;
$$;

update case_finding.listed_part l set pseudonyms = s.pseudonyms, ranks = s.ranks
  from (select run_id, practice_code, array_agg(pseudonym order by rank) as pseudonyms, array_agg(rank order by rank) as ranks
        from case_finding.suggestion group by run_id, practice_code) s
  where l.run_id = s.run_id and l.practice_code = s.practice_code;
alter table case_finding.listed_part alter ranks set not null;

-- As in 0985, but for ranks and runs.
-- The caller's practice's part of a list, with the walls of people_behind. p_whole: everybody of it is looked up; else only those
-- with a history. Whoever was judged there is among the people in either case. All of it is written as JSON: hundreds of rows
-- cost ten times as much.
-- part: [rank, what is in brief] of everybody, by rank. asked: the ranks looked up.
-- people: [person, rank, born, died, 1 their own, programmes of open episodes, judgements]; born only of the whole.
-- judgements: [n, decision, reason, shown again on, run, practice, judged by, judged at, risk].
-- runs: [run, day, sources] of the lists whoever was deferred or declined was judged from: what they may come back by.
drop function case_finding.part_of_list;
create function case_finding.part_of_list(p_programme uuid, p_run uuid, p_whole boolean)
returns table (part text, asked integer[], people json, runs json, counts json, drawn json)
language plpgsql volatile security definer set search_path = '' set plan_cache_mode = 'force_generic_plan' as $$
declare
  v access.asker := access.asker(); v_today date := organisations.today(); v_own uuid := access.own_person(v.staff_id);
  v_heeded_not text[] := population.heeded_not();
  v_code text := (select o.code from organisations.organisation o where o.id = v.organisation_id);
  v_aliases uuid[]; v_ranks integer[]; v_ids uuid[]; v_id_ranks integer[]; v_others uuid[];
begin
  if v.staff_id is null then return; end if;
  select l.briefs, l.pseudonyms, l.ranks into part, v_aliases, v_ranks from case_finding.listed_part l
    where l.run_id = p_run and l.practice_code = v_code;
  if p_whole then
    asked := v_ranks;
  else
    -- As an array first: hundreds are looked for in one walk of the index.
    select array_agg(a.pseudonym), array_agg(a.rank) into v_aliases, asked
      from unnest(v_aliases, v_ranks) a (pseudonym, rank)
      join (select h.pseudonym from case_finding.with_history h where h.pseudonym = any (v_aliases) offset 0) h using (pseudonym);
  end if;
  if cardinality(v_aliases) > 0 then
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
          x.judged_at, x.risk) order by x.n)
        from case_finding.judgement x where x.person_id = e.id and x.programme_id = p_programme)))
    from (select * from unnest(v_ids, v_id_ranks) b (id, rank) union all select o, null from unnest(v_others) o) e);
  runs := (
    select json_agg(json_build_array(n.id, n.index_on, (select json_agg(s -> 'source') from jsonb_array_elements(n.sources) s)))
    from case_finding.run n where n.id = any (array(
      select x.run_id from case_finding.judgement x where x.person_id = any (v_ids || v_others) and x.programme_id = p_programme
        and x.decision in ('deferred', 'declined'))));
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
