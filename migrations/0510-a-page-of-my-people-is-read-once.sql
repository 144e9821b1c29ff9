-- Why:   a page of my people worked out stage, case manager, practice and last contact of everybody to count and to order
--        them, and then asked four tables for the same of those shown. Now what was worked out comes back with them.
-- Locks: a new function.
-- Undo:  drop function co_ordination.open_my_people; the function of 0900 is as it was.
-- Safe while the previous version is running: yes.

-- As open_people_page of 0900, with the same walls. Beside the people it opens, in their order, stand the facts they were
-- counted and ordered by: of exactly those people, after the log row that opens them is written.
create function co_ordination.open_my_people(p_narrow jsonb, p_find jsonb, p_by_name boolean, p_from integer,
                                             p_most integer, p_purpose text, p_verb text)
returns table (people uuid[], about jsonb, facts json)
-- Planned once a connection: planning this anew takes longer than answering it. Days are London's: named here once, for
-- to name the zone for each contact takes longer than to find the contact.
language plpgsql volatile security definer set search_path = '' set plan_cache_mode = 'force_generic_plan'
set timezone = 'Europe/London' as $$
declare
  v access.asker := access.asker(); v_today date := organisations.today();
  v_own uuid := access.own_person(v.staff_id);
  v_stage text := p_narrow ->> 'stage'; v_owner uuid := (p_narrow ->> 'owner')::uuid;
  v_practice uuid := (p_narrow ->> 'practice')::uuid; v_mine boolean := coalesce((p_narrow ->> 'mine')::boolean, false);
  v_silent boolean := coalesce((p_narrow ->> 'silent')::boolean, false);
  v_number text := p_find ->> 'nhsNumber'; v_born date := (p_find ->> 'bornOn')::date;
  v_names text[] := (select array_agg(people.plain(w)) from jsonb_array_elements_text(p_find -> 'names') w);
begin
  if v.staff_id is null then return; end if;
  with ours as materialized (
    select distinct on (e.person_id) e.person_id, e.programme_id, e.opened_on, t.stage, t.owner_id
    from people.episode_turn t join people.episode e on e.id = t.episode_id and e.turn = t.n and e.closed_on is null
    where t.team_id = v.organisation_id
    order by e.person_id, e.opened_on desc
  ), further as (
    select e.person_id from people.episode_turn t
      join people.episode e on e.id = t.episode_id and e.turn = t.n and e.closed_on is null
      where t.owner_id = v.staff_id and t.team_id <> v.organisation_id
    union
    select e.person_id from people.registration r join people.episode e on e.person_id = r.person_id and e.closed_on is null
      where r.practice_id = v.organisation_id and r.ended_at is null and people.covers(r.during, v_today)
    except
    select o.person_id from ours o
  ), listed as (
    select o.* from ours o
    union all
    (select distinct on (e.person_id) e.person_id, e.programme_id, e.opened_on, t.stage, t.owner_id
     from further f join people.episode e on e.person_id = f.person_id and e.closed_on is null
       join people.episode_turn t on t.episode_id = e.id and t.n = e.turn
     order by e.person_id, e.opened_on desc)
  ), programme as materialized (
    select distinct on (p.programme_id) p.programme_id, p.template ->> 'name' as name,
      p.template -> 'reviewEveryDays' as review
    from organisations.programme_version p order by p.programme_id, p.version desc
  ), review as materialized (
    select g.programme_id, d.key as stage, d.value::integer as days from programme g, jsonb_each_text(g.review) d
  ), looked as materialized (
    select l.*, r.practice_id, (select x.happened_at::date from co_ordination.contact x where x.person_id = l.person_id
      and x.struck_at is null order by x.happened_at desc limit 1) as heard_on
    from listed l left join lateral people.registered_on(l.person_id, v_today) r on true
    where l.person_id is distinct from v_own
  ), everybody as materialized (
    select l.*, d.days as review_days, greatest(0, v_today - coalesce(l.heard_on, l.opened_on)) as silent_days
    from looked l left join review d on d.programme_id = l.programme_id and d.stage = l.stage
  ), grouped as materialized (
    select e.stage, e.owner_id, e.practice_id, count(*) as people,
      count(*) filter (where e.silent_days > e.review_days) as silent
    from everybody e group by e.stage, e.owner_id, e.practice_id
  ), found as materialized (
    select e.*, e.silent_days::real / e.review_days as overdue, n.family, n.given
    from everybody e
    -- Names are read only where something asks for them.
    left join lateral (select x.family, x.given from people.name x where x.person_id = e.person_id
      and x.ended_at is null and (p_by_name or v_names is not null) limit 1) n on true
    where (v_stage is null or e.stage = v_stage) and (v_owner is null or e.owner_id = v_owner)
      and (v_practice is null or e.practice_id = v_practice) and (not v_mine or e.owner_id = v.staff_id)
      and (not v_silent or e.silent_days > e.review_days)
      and (v_number is null or exists (select from people.identifier i where i.person_id = e.person_id
        and i.system = 'nhs' and i.value = v_number and i.ended_at is null))
      and (v_born is null or exists (select from people.person p where p.id = e.person_id and p.born_on = v_born))
      and (v_names is null or not exists (select from unnest(v_names) w
        where not exists (select from unnest(string_to_array(people.plain(n.family || ' ' || n.given), ' ')) part
                          where starts_with(part, w))))
  ), shown as (
    select f.* from found f
    order by case when not p_by_name then f.overdue end desc nulls last, f.family, f.given, f.person_id
    limit p_most offset p_from
  ), in_order as (
    select coalesce(array_agg(s.person_id), '{}') as people, coalesce(json_agg(row_to_json(line)), '[]') as facts
    from shown s, lateral (select s.programme_id as "programmeId", s.stage, s.owner_id as "ownerId",
      s.practice_id as "practiceId", s.opened_on as "openedOn", s.heard_on as "lastContactOn",
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
        from organisations.staff s where s.id in (select g.owner_id from grouped g)), '[]'),
      'practices', coalesce((select jsonb_agg(jsonb_build_object('value', o.id, 'words', o.name) order by o.name)
        from organisations.organisation o where o.id in (select g.practice_id from grouped g)), '[]'),
      'programmes', (select jsonb_agg(jsonb_build_object('value', g.programme_id, 'words', g.name)) from programme g),
      'found', (select count(*) from found)),
      i.facts
    into people, about, facts from in_order i;
  perform co_ordination.open_set(v, people, p_purpose, p_verb, 'my people');
  return next;
end $$;
revoke all on function co_ordination.open_my_people from public;
grant execute on function co_ordination.open_my_people to keyworker_app;
