-- Why:   who stands behind 400 pseudonyms was asked one person at a time, and a page of 50 opened all 400 with their
--        names to count the tabs. Now they are found as a set, with what their standing needs; names are for those shown.
-- Locks: creates indexes on registrations and judgements; waits for writers of those tables while it does.
-- Undo:  the function of 0102 and of 0100; drop function case_finding.candidates_here and the indexes.
-- Safe while the previous version is running: yes.

create index judged_at_practice on case_finding.judgement (practice_id, programme_id);
create index judged_when on case_finding.judgement (programme_id, judged_at);
-- Who came to a practice since a day.
create index registration_since on people.registration (practice_id, lower(during)) include (person_id) where ended_at is null;

create or replace function population.people_behind(p_pseudonyms uuid[]) returns table (pseudonym uuid, person_id uuid)
language plpgsql volatile security definer set search_path = '' set plan_cache_mode = 'force_generic_plan' as $$
declare
  v access.asker := access.asker(); v_today date := organisations.today(); v_rows population.found[];
  v_heeded_not text[] := array(select p.objection from population.policy p
    where p.purpose = 'case-finding' and p.rule = 'include' and p.ended_at is null);
begin
  if v.staff_id is null then return; end if;
  select array_agg(row(k.pseudonym, k.id)::population.found) into v_rows
    from (select m.pseudonym, coalesce((select g.kept_person_id from people.merge g where g.joined_person_id = m.person_id
              and g.agreed_at is not null and g.undone_at is null order by g.agreed_at desc limit 1), m.person_id) as id
          from population.pseudonym m
          where m.pseudonym = any (p_pseudonyms) and m.retired_at is null and m.purpose = 'case-finding' offset 0) k
    where (select r.practice_id from people.registered_on(k.id, v_today) r) = v.organisation_id
      and (select p.died_on from people.person p where p.id = k.id) is null
      and not exists (select from people.wish w where w.person_id = k.id and w.kind = 'objection' and w.answer = 'yes'
        and w.ended_at is null and w.purpose <> all (v_heeded_not));
  perform access.write_entry(v, 'direct care', 're-identify', null,
    access.keep_list((select array_agg(f.person_id) from unnest(v_rows) f)), 'registered', 'done');
  return query select f.pseudonym, f.person_id from unnest(v_rows) f;
end $$;

-- Whole people at a time: the ones asked for and the ones joined to them.
create or replace function population.pseudonyms_of(p_people uuid[]) returns table (person_id uuid, pseudonym uuid)
language sql stable security definer set search_path = '' as $$
  select m.person_id, m.pseudonym from population.pseudonym m
    where m.retired_at is null and m.purpose = 'case-finding'
      and m.person_id in (select unnest(p_people) union
        select g.joined_person_id from people.merge g
          where g.kept_person_id = any (p_people) and g.agreed_at is not null and g.undone_at is null
            and population.kept(g.joined_person_id) = any (p_people))
$$;

-- Everybody of a list who is the caller's practice's to judge, or was judged there: what their standing needs, and
-- no name. Re-identifying is recorded by people_behind; judgements leave out the words written.
create function case_finding.candidates_here(p_programme uuid, p_run uuid)
returns table (person_id uuid, pseudonym uuid, born_on date, died_on date, judged jsonb, programmes uuid[], is_own boolean)
language plpgsql volatile security definer set search_path = '' set plan_cache_mode = 'force_generic_plan' as $$
declare
  v access.asker := access.asker(); v_today date := organisations.today(); v_own uuid := access.own_person(v.staff_id);
  v_oldest date; v_pseudonyms uuid[]; v_heeded_not text[];
begin
  if v.staff_id is null then return; end if;
  v_pseudonyms := array(select s.pseudonym from case_finding.suggestion s where s.run_id = p_run
    and s.practice_code = (select o.code from organisations.organisation o where o.id = v.organisation_id));
  v_oldest := (select min(j.judged_at)::date from case_finding.judgement j where j.programme_id = p_programme);
  v_heeded_not := array(select p.objection from population.policy p
    where p.purpose = 'case-finding' and p.rule = 'include' and p.ended_at is null);
  return query
  with behind as materialized (
    select b.person_id as id, b.pseudonym as alias from population.people_behind(v_pseudonyms) b
  ), judged_ever as (
    select j.person_id as id from case_finding.judgement j
      where j.programme_id = p_programme and j.practice_id = v.organisation_id
    union
    select r.person_id from people.registration r
      where r.practice_id = v.organisation_id and r.ended_at is null
        -- Judged elsewhere before they came here. A year, for a move may reach us late.
        and lower(r.during) >= v_oldest - 366
        and exists (select from case_finding.judgement j where j.person_id = r.person_id and j.programme_id = p_programme)
    except
    select b.id from behind b
  ), everybody as (
    select b.id, b.alias from behind b
    union all
    select g.id, null from judged_ever g
      where (select r.practice_id from people.registered_on(g.id, v_today) r) = v.organisation_id
        and not exists (select from people.wish w where w.person_id = g.id and w.kind = 'objection' and w.answer = 'yes'
          and w.ended_at is null and w.purpose <> all (v_heeded_not))
  ), made as materialized (
    select n.id, n.index_on, coalesce((select jsonb_agg(s -> 'source') from jsonb_array_elements(n.sources) s), '[]') as sources
    from case_finding.run n where n.programme_id = p_programme
  )
  select e.id, e.alias, p.born_on, p.died_on, j.judged, (select array_agg(x.programme_id) from people.episode x
      where x.person_id = e.id and x.closed_on is null), e.id is not distinct from v_own
    from everybody e
    cross join lateral (select x.born_on, x.died_on from people.person x where x.id = e.id limit 1) p
    left join lateral (select jsonb_agg(jsonb_build_object('id', x.id, 'personId', x.person_id, 'n', x.n,
        'decision', x.decision, 'reason', x.reason, 'showAgainOn', x.show_again_on, 'runId', x.run_id,
        'runIndexOn', (select m.index_on from made m where m.id = x.run_id),
        'runSources', coalesce((select m.sources from made m where m.id = x.run_id), '[]'), 'practiceId', x.practice_id,
        'judgedById', x.judged_by, 'judgedByName', (select t.name from organisations.staff t where t.id = x.judged_by),
        'judgedAt', x.judged_at, 'risk', x.risk) order by x.n) as judged
      from case_finding.judgement x where x.person_id = e.id and x.programme_id = p_programme) j on true;
end $$;
revoke all on function case_finding.candidates_here from public;
grant execute on function case_finding.candidates_here to keyworker_app;

-- The same two walls as 0015 wrote; the practice's people are found by the index on the person.
create or replace function access.open_list(p_circle text, p_ids uuid[], p_purpose text, p_verb text) returns uuid[]
language plpgsql volatile security definer set search_path = '' as $$
declare
  v access.asker := access.asker(); v_people uuid[]; v_hash bytea; v_today date := organisations.today();
begin
  if v.staff_id is null and v.system is null then return null; end if;
  if v.system is not null then
    v_people := p_ids;
  elsif p_circle = 'practice' and p_ids is null then
    select array_agg(distinct r.person_id) into v_people from people.registration r
      where r.practice_id = v.organisation_id and r.ended_at is null and people.covers(r.during, v_today);
  elsif p_circle = 'practice' then
    select array_agg(distinct i) into v_people from unnest(p_ids) i
      where (select r.practice_id from people.registered_on(i, v_today) r) = v.organisation_id;
  elsif p_circle = 'team' then
    select array_agg(distinct e.person_id) into v_people
      from people.episode e join people.episode_turn t on t.episode_id = e.id and t.n = e.turn
      where (t.team_id = v.organisation_id or t.owner_id = v.staff_id)
        and (e.closed_on is null or e.closed_on + 28 >= v_today)
        and (p_ids is null or e.person_id = any (p_ids));
  elsif p_circle in ('tied', 'listed') and cardinality(p_ids) <= 50 then
    select array_agg(i) into v_people from unnest(p_ids) i
      where exists (select from access.tie(v.staff_id, v.organisation_id, i) t
                    where t <> 'listed' or p_circle = 'listed');
  else
    return null;
  end if;
  if v.staff_id is not null then
    v_people := array_remove(v_people, access.own_person(v.staff_id));
  end if;
  v_people := coalesce(v_people, '{}');
  v_hash := access.keep_list(v_people);
  perform access.write_entry(v, p_purpose, p_verb, null, v_hash, p_circle, 'done');
  perform access.set_scope('list', encode(v_hash, 'hex'));
  return v_people;
end $$;
