-- Why:   the same objections sent again took minutes: each wish asked the whole landing table anew.
-- Locks: replaces a function; nothing else.
-- Undo:  the land_wishes of 0100.
-- Safe while the previous version is running: yes.

create or replace function population.land_wishes(p_at timestamptz, p_today date) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  create temp table wanted on commit drop as
    select l.person_id, o.kind, o.source, o.since, o.until from population_landing.objection o
    join population_landing.person l on l.key = o.key;
  create index on pg_temp.wanted (person_id, kind);
  analyze pg_temp.wanted;
  update people.wish w set ended_at = p_at,
      until = coalesce((select max(o.until) from pg_temp.wanted o where o.person_id = w.person_id and o.kind = w.purpose), p_today)
    from population_landing.person l
    where l.person_id = w.person_id and l.is_whole and w.kind = 'objection' and w.ended_at is null and w.source like 'extract: %'
      and not exists (select from pg_temp.wanted o where o.person_id = w.person_id and o.kind = w.purpose and o.until is null
        and o.since = w.since);
  insert into people.wish (id, person_id, kind, purpose, answer, source, since, recorded_at)
    select distinct on (o.person_id, o.kind) gen_random_uuid(), o.person_id, 'objection', o.kind, 'yes',
           'extract: ' || coalesce(o.source, 'not stated'), o.since, p_at
    from pg_temp.wanted o
    where o.until is null and not exists (select from people.wish w where w.person_id = o.person_id
      and w.kind = 'objection' and w.purpose = o.kind and w.ended_at is null)
    order by o.person_id, o.kind, o.since;
  drop table pg_temp.wanted;
end $$;
