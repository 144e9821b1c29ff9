-- Why:   a page of 50 read all 500 of the team with all their facts, to count and to order them; now the database
--        counts, orders and opens only the people who are shown.
-- Locks: creates an index on contacts and one on registrations; waits for writers of them while it does.
-- Undo:  drop the functions and the indexes; the functions of 0502 are as they were.
-- Safe while the previous version is running: yes.

-- The newest standing contact of a person is one step into this index.
create index last_contact on co_ordination.contact (person_id, happened_at desc) where struck_at is null;

-- Letters without accents and case, so that Grazyna finds Grażyna and Lukasz finds Łukasz. Built-in functions alone and
-- no setting of its own, so that the planner reads through it and an index can hold what it gives.
create function people.plain(p_text text) returns text language sql immutable parallel safe as $$
  select regexp_replace(normalize(translate(lower(p_text), 'łøđıħ’', 'lodih'''), NFD), '[\u0300-\u036f]', '', 'g')
$$;
revoke all on function people.plain from public;
grant execute on function people.plain to keyworker_app, keyworker_work;

-- Whether a period holds a day.
create function people.covers(p_during daterange, p_day date) returns boolean
language sql immutable parallel safe as $$
  select not isempty(p_during) and coalesce(lower(p_during) <= p_day, true) and coalesce(upper(p_during) > p_day, true)
$$;
revoke all on function people.covers from public;
grant execute on function people.covers to keyworker_app, keyworker_work;

create index registration_now on people.registration (person_id) include (practice_id, during) where ended_at is null;

-- Where one person is registered on a day. "= any (array[…])" keeps the search from the index that forbids overlaps,
-- which the planner holds to be as good as the one above and which takes ten times as long. It reads as its caller.
create function people.registered_on(p_person uuid, p_day date) returns table (practice_id uuid)
language sql stable parallel safe as $$
  select r.practice_id from people.registration r
  where r.person_id = any (array[p_person]) and r.ended_at is null and people.covers(r.during, p_day)
$$;
revoke all on function people.registered_on from public;
grant execute on function people.registered_on to keyworker_app, keyworker_work;

-- A page of the caller's people: opens exactly those shown, and counts the rest without opening them. The caller's are
-- those of their team, their own, and those registered at their practice; each is listed by the open episode of the
-- caller's team, else by the one opened last.
-- p_find narrows to a number, a birth date or the beginnings of names; p_narrow is stage, owner, practice, silent, mine.
create function co_ordination.open_people_page(p_narrow jsonb, p_find jsonb, p_by_name boolean, p_from integer,
                                               p_most integer, p_purpose text, p_verb text)
returns table (people uuid[], about jsonb)
-- Planned once a connection: planning this anew takes longer than answering it.
language plpgsql volatile security definer set search_path = '' set plan_cache_mode = 'force_generic_plan' as $$
declare
  v access.asker := access.asker(); v_today date := organisations.today(); v_people uuid[]; v_about jsonb;
  v_own uuid := access.own_person(v.staff_id);
  v_stage text := p_narrow ->> 'stage'; v_owner uuid := (p_narrow ->> 'owner')::uuid;
  v_practice uuid := (p_narrow ->> 'practice')::uuid; v_mine boolean := coalesce((p_narrow ->> 'mine')::boolean, false);
  v_silent boolean := coalesce((p_narrow ->> 'silent')::boolean, false);
  v_number text := p_find ->> 'nhsNumber'; v_born date := (p_find ->> 'bornOn')::date;
  v_names text[] := (select array_agg(people.plain(w)) from jsonb_array_elements_text(p_find -> 'names') w);
begin
  if v.staff_id is null then return; end if;
  with programme as materialized (
    select distinct on (g.programme_id) g.programme_id, g.template -> 'reviewEveryDays' as review
    from organisations.programme_version g order by g.programme_id, g.version desc
  ), ours as materialized (
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
  ), everybody as materialized (
    select l.person_id, l.stage, l.owner_id, r.practice_id,
      greatest(0, v_today - coalesce((c.happened_at at time zone 'Europe/London')::date, l.opened_on)) as silent_days,
      (g.review ->> l.stage)::integer as review_days
    from listed l
    join programme g on g.programme_id = l.programme_id
    left join lateral people.registered_on(l.person_id, v_today) r on true
    left join lateral (select x.happened_at from co_ordination.contact x where x.person_id = l.person_id
      and x.struck_at is null order by x.happened_at desc limit 1) c on true
    where l.person_id is distinct from v_own
  ), counted as (
    select count(*) as everybody, count(*) filter (where e.owner_id = v.staff_id) as mine,
      count(*) filter (where e.stage = 'active') as active, count(*) filter (where e.stage = 'monitoring') as monitoring,
      count(*) filter (where e.silent_days > e.review_days) as silent,
      array_agg(distinct e.stage) as stages, array_agg(distinct e.owner_id) as owners,
      array_agg(distinct e.practice_id) as practices
    from everybody e
  ), found as materialized (
    select e.person_id, e.silent_days::real / e.review_days as overdue, n.family, n.given
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
    select f.person_id, row_number() over () as place from (
      select f.person_id from found f
      order by case when not p_by_name then f.overdue end desc nulls last, f.family, f.given, f.person_id
      limit p_most offset p_from) f
  )
  select coalesce((select array_agg(s.person_id order by s.place) from shown s), '{}'),
    jsonb_build_object('counts', jsonb_build_object('everybody', c.everybody, 'mine', c.mine, 'active', c.active,
        'monitoring', c.monitoring, 'silent', c.silent),
      'stages', coalesce(c.stages, '{}'),
      'owners', coalesce((select jsonb_agg(jsonb_build_object('value', s.id, 'words', s.name) order by s.name)
        from organisations.staff s where s.id = any (c.owners)), '[]'),
      'practices', coalesce((select jsonb_agg(jsonb_build_object('value', o.id, 'words', o.name) order by o.name)
        from organisations.organisation o where o.id = any (c.practices)), '[]'),
      'found', (select count(*) from found))
    into v_people, v_about from counted c;
  perform co_ordination.open_set(v, v_people, p_purpose, p_verb, 'my people');
  return query select v_people, v_about;
end $$;
revoke all on function co_ordination.open_people_page from public;
grant execute on function co_ordination.open_people_page to keyworker_app;
