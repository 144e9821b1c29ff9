-- Why:   place of care and death is compared with what the person wished, and neither was kept.
-- Locks: new table and functions only.
-- Undo:  drop the three functions, then assessment.place.
-- Safe while the previous version is running: yes.

-- A wish as it was said on a day, or where somebody died. It is never changed: a later wish stands beside it, a wrong one
-- is struck. Places are the national codes of the Data Dictionary; a wish may also be undecided or not for telling.
create table assessment.place (
  id uuid primary key,
  person_id uuid not null references people.person,
  kind text not null check (kind in ('care', 'death', 'died')),
  place text not null check (place in ('10', '20', '21', '22', '30', '40', '41', '42', '50', 'undecided', 'not said')),
  said_by text check (said_by in ('the person', 'somebody who may decide for them', 'family or friend', 'staff')),
  said_on date not null,
  words text check (words <> ''),
  recorded_by uuid not null references organisations.staff,
  recorded_at timestamptz not null,
  struck_at timestamptz,
  struck_by uuid references organisations.staff,
  struck_reason text check (struck_reason <> ''),
  unique (id, person_id),
  check ((kind = 'died') = (said_by is null)),
  check (kind <> 'died' or place ~ '^[0-9]{2}$'),
  check ((struck_at is null) = (struck_by is null) and (struck_at is null) = (struck_reason is null))
);
create index on assessment.place (person_id);
create unique index died_in_one_place on assessment.place (person_id) where kind = 'died' and struck_at is null;
select access.guard('assessment.place');
grant select, insert on assessment.place to keyworker_app;
grant update (struck_at, struck_by, struck_reason) on assessment.place to keyworker_app;

-- Whether a death was where it was wished. Places are recorded coarsely or finely: a coarse wish is met by any finer place
-- of its kind, a fine one only by the same; a coarse record of a fine wish cannot tell.
create function assessment.place_met(p_wished text, p_died text) returns text
language sql immutable set search_path = '' as $$
  select case when p_wished is null or p_wished !~ '^[0-9]{2}$' then 'no wish'
    when p_died is null then 'not recorded'
    when p_wished = p_died then 'met'
    when left(p_wished, 1) <> left(p_died, 1) then 'not met'
    when right(p_wished, 1) = '0' then 'met'
    when right(p_died, 1) = '0' then 'cannot tell'
    else 'not met' end
$$;

-- Of a programme's people who died in some whole months, with it or within 28 days of leaving: how many died where they
-- wished. The wish is the last said by the day of death and recorded before it was over, never one written afterwards.
create function assessment.places_of_death(p_programme uuid, p_from date, p_before date)
returns table (people bigint, counts bigint[])
language plpgsql stable security definer set search_path = '' as $$
declare v access.asker := access.asker();
begin
  if v.staff_id is null and v.system is null then raise exception 'nobody is signed in' using errcode = 'KW003'; end if;
  return query
    with died as (
      select distinct i.id, i.died_on from people.episode e join people.person i on i.id = e.person_id
      where e.programme_id = p_programme and i.died_on >= e.opened_on
        and (e.closed_on is null or i.died_on <= e.closed_on + 28)
        and i.died_on >= date_trunc('month', p_from)::date and i.died_on < date_trunc('month', p_before)::date
        and not population.objects(i.id, 'evaluation')
    ), answered as (
      select assessment.place_met(
        (select w.place from assessment.place w where w.person_id = d.id and w.kind = 'death' and w.struck_at is null
          and w.said_on <= d.died_on and (w.recorded_at at time zone 'Europe/London')::date <= d.died_on
          order by w.said_on desc, w.recorded_at desc, w.id desc limit 1),
        (select w.place from assessment.place w where w.person_id = d.id and w.kind = 'died' and w.struck_at is null)) as met
      from died d
    )
    select count(*), assessment.shown(array[count(*) filter (where a.met = 'met'), count(*) filter (where a.met = 'not met'),
      count(*) filter (where a.met = 'cannot tell'), count(*) filter (where a.met = 'not recorded'),
      count(*) filter (where a.met = 'no wish')])
    from answered a having count(*) >= 8;
end $$;
revoke all on function assessment.places_of_death from public;
grant execute on function assessment.places_of_death to keyworker_app, keyworker_work;
revoke all on function assessment.place_met from public;
