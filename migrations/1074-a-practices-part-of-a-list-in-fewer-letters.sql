-- Why:   a practice's part of a list was kept as 107 letters a line, most of them the names of conditions and what is not known, and
--        read, sent and taken apart for every page; and what is recorded of its people was asked of one after another.
-- Locks: listed_part is rewritten; it holds a row a practice and list.
-- Undo:  write_parts and part_of_list as in 1021, in_brief as in 0910; then write_parts of every run and practice.
-- Safe while the previous version is running: no, it reads part_of_list as it was.

-- As in 1021, but for the lines: [conditions that anybody of the part has], then of everybody by rank
-- [rank, emergency admissions, A&E visits, conditions by their place in the first, last admission, what else is known].
create or replace function case_finding.write_parts(p_runs uuid[], p_codes text[]) returns void
language sql volatile security definer set search_path = '' as $$
  delete from case_finding.listed_part l using unnest(p_runs, p_codes) c (run_id, code)
    where l.run_id = c.run_id and l.practice_code = c.code;
  with part as (
    select s.run_id, s.practice_code, coalesce(array_agg(distinct k.key) filter (where k.key is not null), '{}') as keys
    from unnest(p_runs, p_codes) c (run_id, code)
    join case_finding.suggestion s on s.run_id = c.run_id and s.practice_code = c.code
    left join lateral unnest(s.conditions) k (key) on true
    group by s.run_id, s.practice_code
  )
  insert into case_finding.listed_part (run_id, practice_code, briefs, pseudonyms, ranks)
    select p.run_id, p.practice_code,
      '[' || array_to_json(p.keys) || ',' || string_agg(format('[%s,%s,%s,[%s],%s%s]', s.rank, s.emergency_admissions, s.ae_visits,
        (select string_agg((array_position(p.keys, k.key) - 1)::text, ',' order by k.n)
          from unnest(s.conditions) with ordinality k (key, n)),
        coalesce(to_json(s.last_admission_on)::text, 'null'), ',' || nullif(jsonb_strip_nulls(jsonb_build_object(
          'isCareHome', nullif(s.is_care_home, false), 'livesAlone', nullif(s.lives_alone, false),
          'isReturned', nullif(s.is_returned, false), 'risk', s.risk, 'isRiskRising', nullif(s.is_risk_rising, false),
          'flags', s.flags, 'usualIn100', s.usual_in_100))::text, '{}')), ',' order by s.rank) || ']',
      array_agg(s.pseudonym order by s.rank), array_agg(s.rank order by s.rank)
    from part p join case_finding.suggestion s on s.run_id = p.run_id and s.practice_code = p.practice_code
    group by p.run_id, p.practice_code, p.keys;
$$;

select case_finding.write_parts(array_agg(l.run_id), array_agg(l.practice_code)) from case_finding.listed_part l;
drop function case_finding.in_brief;

-- As in 1021, but for people.
-- The caller's practice's part of a list, with the walls of people_behind. p_whole: everybody of it is looked up; else only those
-- with a history. Whoever was judged there is among the people in either case. All of it is written as JSON: hundreds of rows
-- cost ten times as much.
-- part: everybody, by rank, as write_parts says. asked: the ranks looked up.
-- people: ids and their ranks, others on no rank, the caller's own; lives: [person, born, died], born only of the whole; episodes:
--   [person, programme] of those open; judged: [person, n, decision, reason, shown again on, run, practice, judged by, judged at, risk].
-- runs: [run, day, sources] of the lists whoever was deferred or declined was judged from: what they may come back by.
create or replace function case_finding.part_of_list(p_programme uuid, p_run uuid, p_whole boolean)
returns table (part text, asked integer[], people json, runs json, counts json, drawn json)
language plpgsql volatile security definer set search_path = '' set plan_cache_mode = 'force_generic_plan' as $$
declare
  v access.asker := access.asker(); v_today date := organisations.today(); v_own uuid := access.own_person(v.staff_id);
  v_heeded_not text[] := population.heeded_not();
  v_code text := (select o.code from organisations.organisation o where o.id = v.organisation_id);
  v_aliases uuid[]; v_ranks integer[]; v_ids uuid[]; v_id_ranks integer[]; v_others uuid[]; v_all uuid[];
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
  -- Each of it as a set: to be asked of one after another it took half as long again.
  v_all := v_ids || v_others;
  people := json_build_object('ids', v_ids, 'ranks', v_id_ranks, 'others', v_others, 'own', v_own,
    -- Nobody behind a pseudonym is dead: population.behind says so.
    'lives', (select json_agg(json_build_array(p.id, case when p_whole then p.born_on end, p.died_on))
      from people.person p where p.id = any (case when p_whole then v_all else v_others end)),
    'episodes', (select json_agg(json_build_array(x.person_id, x.programme_id))
      from people.episode x where x.person_id = any (v_all) and x.closed_on is null),
    'judged', (select json_agg(json_build_array(x.person_id, x.n, x.decision, x.reason, x.show_again_on, x.run_id, x.practice_id,
        x.judged_by, x.judged_at, x.risk) order by x.n)
      from case_finding.judgement x where x.person_id = any (v_all) and x.programme_id = p_programme));
  runs := (
    select json_agg(json_build_array(n.id, n.index_on, (select json_agg(s -> 'source') from jsonb_array_elements(n.sources) s)))
    from case_finding.run n where n.id = any (array(
      select x.run_id from case_finding.judgement x where x.person_id = any (v_all) and x.programme_id = p_programme
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
