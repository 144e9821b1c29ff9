-- Why:   for each of a practice's suggested people the judgements, the episodes and the birth date were asked one by one,
--        half of what the case-finding list cost. They are three questions about all of them now.
-- Locks: a new function.
-- Undo:  drop function case_finding.people_to_judge; candidates_here of 0903 is as it was.
-- Safe while the previous version is running: yes.

-- As candidates_here of 0903, with the same walls. Everybody of a list who is the caller's practice's to judge, or was judged
-- there: what their standing needs, and no name. Re-identifying is recorded by people_behind; judgements leave out the words
-- written.
create function case_finding.people_to_judge(p_programme uuid, p_run uuid)
returns table (person_id uuid, pseudonym uuid, born_on date, died_on date, judged json, programmes uuid[], is_own boolean)
language plpgsql volatile security definer set search_path = '' set plan_cache_mode = 'force_generic_plan' as $$
declare
  v access.asker := access.asker(); v_today date := organisations.today(); v_own uuid := access.own_person(v.staff_id);
  v_oldest date; v_behind uuid[]; v_aliases uuid[]; v_others uuid[]; v_heeded_not text[];
begin
  if v.staff_id is null then return; end if;
  select array_agg(b.person_id), array_agg(b.pseudonym) into v_behind, v_aliases
    from population.people_behind(array(select s.pseudonym from case_finding.suggestion s where s.run_id = p_run
      and s.practice_code = (select o.code from organisations.organisation o where o.id = v.organisation_id))) b;
  v_oldest := (select min(j.judged_at)::date from case_finding.judgement j where j.programme_id = p_programme);
  v_heeded_not := array(select p.objection from population.policy p
    where p.purpose = 'case-finding' and p.rule = 'include' and p.ended_at is null);
  v_others := array(
    select g.id from (
      select j.person_id as id from case_finding.judgement j
        where j.programme_id = p_programme and j.practice_id = v.organisation_id
      union
      select r.person_id from people.registration r
        where r.practice_id = v.organisation_id and r.ended_at is null
          -- Judged elsewhere before they came here. A year, for a move may reach us late.
          and lower(r.during) >= v_oldest - 366
          and exists (select from case_finding.judgement j where j.person_id = r.person_id and j.programme_id = p_programme)
      except
      select b from unnest(v_behind) b) g
    where (select r.practice_id from people.registered_on(g.id, v_today) r) = v.organisation_id
      and not exists (select from people.wish w where w.person_id = g.id and w.kind = 'objection' and w.answer = 'yes'
        and w.ended_at is null and w.purpose <> all (v_heeded_not)));
  return query
  with made as materialized (
    select n.id, n.index_on, coalesce((select json_agg(s -> 'source') from jsonb_array_elements(n.sources) s), '[]') as sources
    from case_finding.run n where n.programme_id = p_programme
  ), judged as materialized (
    select x.person_id as id, json_agg(json_build_object('id', x.id, 'personId', x.person_id, 'n', x.n,
        'decision', x.decision, 'reason', x.reason, 'showAgainOn', x.show_again_on, 'runId', x.run_id,
        'runIndexOn', m.index_on, 'runSources', coalesce(m.sources, '[]'), 'practiceId', x.practice_id,
        'judgedById', x.judged_by, 'judgedByName', t.name, 'judgedAt', x.judged_at, 'risk', x.risk) order by x.n) as judged
      from case_finding.judgement x join organisations.staff t on t.id = x.judged_by left join made m on m.id = x.run_id
      where x.person_id = any (v_behind || v_others) and x.programme_id = p_programme group by x.person_id
  ), episode as materialized (
    select x.person_id as id, array_agg(x.programme_id) as programmes from people.episode x
      where x.person_id = any (v_behind || v_others) and x.closed_on is null group by x.person_id
  )
  select e.id, e.alias, p.born_on, p.died_on, j.judged, i.programmes, e.id is not distinct from v_own
    from (select * from unnest(v_behind, v_aliases) b (id, alias) union all select o, null from unnest(v_others) o) e
    join people.person p on p.id = e.id
    left join judged j on j.id = e.id left join episode i on i.id = e.id;
end $$;
revoke all on function case_finding.people_to_judge from public;
grant execute on function case_finding.people_to_judge to keyworker_app;
