-- Why:   whoever is recorded as died was counted as not heard from for too long, and stood first on My people, although
--        nobody may ring them: the count could only be brought down by closing, which waits for the death to be confirmed.
-- Locks: replaces a function.
-- Undo:  the function of 0542.
-- Safe while the previous version is running: yes, it is called as before.

-- As 0542, with the same walls, and: whoever is recorded as died is silent for 0 days. Asked only of those who are overdue: a
-- look-up for everybody of a team would cost every page, and of whoever is not overdue nothing hangs on it.
create or replace function co_ordination.open_my_people(p_narrow jsonb, p_find jsonb, p_by_name boolean, p_from integer,
                                                        p_most integer, p_purpose text, p_verb text)
returns table (people uuid[], about jsonb, facts json)
-- Planned once a connection: planning this anew takes longer than answering it.
language plpgsql volatile security definer set search_path = '' set plan_cache_mode = 'force_generic_plan' as $$
declare
  v access.asker := access.asker(); v_today date := organisations.today();
  v_own uuid := access.own_person(v.staff_id); v_further uuid[];
  v_stage text := p_narrow ->> 'stage'; v_owner uuid := (p_narrow ->> 'owner')::uuid;
  v_practice uuid := (p_narrow ->> 'practice')::uuid; v_mine boolean := coalesce((p_narrow ->> 'mine')::boolean, false);
  v_silent boolean := coalesce((p_narrow ->> 'silent')::boolean, false);
  v_number text := p_find ->> 'nhsNumber'; v_born date := (p_find ->> 'bornOn')::date;
  v_names text[]; v_is_search boolean; v_matching uuid[];
begin
  if v.staff_id is null then return; end if;
  -- Those who are the caller's in another way than by their team; of most callers nobody.
  v_further := array(
    select s.person_id from co_ordination.standing s where s.owner_id = v.staff_id and s.team_id <> v.organisation_id
    union all
    -- Said in a form that keeps the planner from the indexes on days, which nearly everybody matches.
    select s.person_id from co_ordination.standing s where s.practice_id = v.organisation_id
      and case when v_today >= s.practice_from then v_today < s.practice_until end
    union all
    -- Whose practice is another since the day it was kept, or before it. Of most days nobody, which the last day tells.
    select s.person_id from (
        select u.person_id from co_ordination.standing u where u.practice_until <= v_today
        union all
        select f.person_id from co_ordination.standing f
        where f.practice_from > v_today and (select max(l.practice_from) from co_ordination.standing l) > v_today) s
      where (select r.practice_id from people.registered_on(s.person_id, v_today) r) = v.organisation_id);
  -- A search is a statement of its own: making the rest ready for it took longer than answering the rest.
  if p_find <> '{}' then
    v_names := (select array_agg(people.plain(w)) from jsonb_array_elements_text(p_find -> 'names') w);
    v_is_search := num_nonnulls(v_number, v_born, v_names) > 0;
  end if;
  if v_is_search then
    v_matching := array(
      select s.person_id from co_ordination.standing s
      where (s.team_id = v.organisation_id or s.person_id = any (v_further))
        and (v_number is null or exists (select from people.identifier i where i.person_id = s.person_id
          and i.system = 'nhs' and i.value = v_number and i.ended_at is null))
        and (v_born is null or exists (select from people.person p where p.id = s.person_id and p.born_on = v_born))
        and (v_names is null or exists (select from people.name n where n.person_id = s.person_id and n.ended_at is null
          and not exists (select from unnest(v_names) w
            where not exists (select from unnest(string_to_array(people.plain(n.family || ' ' || n.given), ' ')) part
                              where starts_with(part, w))))));
  end if;
  with listed as (
    -- The team's own episode of somebody stands before another team's.
    select distinct on (s.person_id) s.* from co_ordination.standing s
    where s.team_id = v.organisation_id or s.person_id = any (v_further)
    order by s.person_id, (s.team_id = v.organisation_id) desc, s.opened_on desc
  ), programme as materialized (
    select distinct on (p.programme_id) p.programme_id, p.template ->> 'name' as name,
      p.template -> 'reviewEveryDays' as review
    from organisations.programme_version p order by p.programme_id, p.version desc
  ), review as materialized (
    select g.programme_id, d.key as stage, d.value::integer as days from programme g, jsonb_each_text(g.review) d
  ), everybody as materialized (
    select l.person_id, l.programme_id, l.opened_on, l.stage, l.owner_id, l.heard_on, l.next_on,
      case when v_today >= l.practice_from and v_today < l.practice_until then l.practice_id
        else (select r.practice_id from people.registered_on(l.person_id, v_today) r) end as practice_id,
      d.days as review_days,
      case when c.days > d.days and (select p.died_on from people.person p where p.id = l.person_id) is not null then 0
        else c.days end as silent_days
    from listed l left join review d on d.programme_id = l.programme_id and d.stage = l.stage
      cross join lateral (select greatest(0, v_today - coalesce(l.heard_on, l.opened_on)) as days) c
    where l.person_id is distinct from v_own
  ), grouped as materialized (
    select e.stage, e.owner_id, e.practice_id, count(*) as people,
      count(*) filter (where e.silent_days > e.review_days) as silent
    from everybody e group by e.stage, e.owner_id, e.practice_id
  ), found as not materialized (
    select e.* from everybody e
    where (v_stage is null or e.stage = v_stage) and (v_owner is null or e.owner_id = v_owner)
      and (v_practice is null or e.practice_id = v_practice) and (not v_mine or e.owner_id = v.staff_id)
      and (not v_silent or e.silent_days > e.review_days)
      and (v_matching is null or e.person_id = any (v_matching))
  ), shown as (
    select f.* from found f
    order by case when not p_by_name then f.silent_days::real / f.review_days end desc nulls last,
      -- Names are read only where the order asks for them.
      case when p_by_name then (select array[n.family, n.given] from people.name n
        where n.person_id = f.person_id and n.ended_at is null limit 1) end, f.person_id
    limit p_most offset p_from
  ), in_order as (
    select coalesce(array_agg(s.person_id), '{}') as people, coalesce(json_agg(row_to_json(line)), '[]') as facts
    from shown s, lateral (select s.person_id as "personId",
      (select array[n.family, n.given] from people.name n where n.person_id = s.person_id and n.ended_at is null limit 1) as name,
      (select p.born_on from people.person p where p.id = s.person_id) as "bornOn",
      (select i.value from people.identifier i where i.person_id = s.person_id and i.system = 'nhs'
         and i.ended_at is null) as "nhsNumber", s.programme_id as "programmeId", s.stage, s.owner_id as "ownerId",
      s.practice_id as "practiceId", s.opened_on as "openedOn", s.heard_on as "lastContactOn", s.next_on as "nextOn",
      s.review_days as "reviewEveryDays") line
  )
  select i.people, jsonb_build_object(
      'counts', (select jsonb_build_object('everybody', coalesce(sum(g.people), 0),
          'mine', coalesce(sum(g.people) filter (where g.owner_id = v.staff_id), 0),
          'active', coalesce(sum(g.people) filter (where g.stage = 'active'), 0),
          'monitoring', coalesce(sum(g.people) filter (where g.stage = 'monitoring'), 0),
          'silent', coalesce(sum(g.silent), 0)) from grouped g),
      'stages', coalesce((select jsonb_agg(distinct g.stage) from grouped g), '[]'),
      'owners', coalesce((select jsonb_agg(jsonb_build_object('value', s.id, 'words', s.name) order by s.name)
        from organisations.staff s where s.id = any (array(select g.owner_id from grouped g))), '[]'),
      'practices', coalesce((select jsonb_agg(jsonb_build_object('value', o.id, 'words', o.name) order by o.name)
        from organisations.organisation o where o.id = any (array(select g.practice_id from grouped g))), '[]'),
      'left', coalesce((select jsonb_agg(jsonb_build_object('name', s.name, 'held', h.held) order by s.name, s.id)
        from organisations.staff s, lateral (select count(*) as held from co_ordination.standing n
          where n.owner_id = s.id and n.team_id = v.organisation_id) h
        where s.id = any (array(select g.owner_id from grouped g)) and h.held > 0
          and s.id not in (select organisations.who_works_at(v.organisation_id))), '[]'),
      'programmes', (select jsonb_agg(jsonb_build_object('value', g.programme_id, 'words', g.name)) from programme g),
      'found', (select count(*) from found)),
      i.facts
    into people, about, facts from in_order i;
  perform co_ordination.open_set(v, people, p_purpose, p_verb, 'my people');
  return next;
end $$;
