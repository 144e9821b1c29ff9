-- Why:   how many of a list are asked was the programme's percentage alone; it may also be the model's number or the
--        places that are free, chosen by somebody, and changed without making the list anew.
-- Locks: new tables only.
-- Undo:  drop function case_finding.rank_asked_to; drop tables case_finding.free_places, case_finding.cut.
-- Safe while the previous version is running: yes.

-- How far down a programme's list people are asked. The newest holds; none: the whole list. Never changed.
create table case_finding.cut (
  programme_id uuid not null references organisations.programme,
  n integer not null check (n > 0),
  -- percent: the first so many of 100 considered. number: from so many in 100 by the model in use. places: so many
  -- people for each free place. all: the whole list.
  way text not null check (way in ('all', 'percent', 'number', 'places')),
  value numeric not null check (value >= 0 and value <= 100),
  chosen_by uuid not null references organisations.staff,
  chosen_at timestamptz not null,
  recorded_at timestamptz not null default now(),
  primary key (programme_id, n)
);
grant select, insert on case_finding.cut to keyworker_app;

-- How many places a programme has, as the rooms that have them counted. The newest holds.
create table case_finding.free_places (
  programme_id uuid not null references organisations.programme,
  n bigint generated always as identity,
  free integer not null check (free >= 0),
  capacity integer not null check (capacity >= free),
  counted_at timestamptz not null,
  primary key (programme_id, n)
);
grant select, insert on case_finding.free_places to keyworker_app;

-- The rank of the last of so many people who wait to be judged, from the first, in all practices: alive, not objecting,
-- not with us, and not judged from this list or set aside for later. Null when fewer wait. It opens nobody.
create function case_finding.rank_asked_to(p_programme uuid, p_run uuid, p_asks integer) returns integer
language plpgsql stable security definer set search_path = '' as $$
declare v_today date := organisations.today();
begin
  return (select w.rank from (
    select s.rank from case_finding.suggestion s
      cross join lateral (select population.kept(m.person_id) as id from population.pseudonym m
        where m.pseudonym = s.pseudonym and m.retired_at is null and m.purpose = 'case-finding') k
      where s.run_id = p_run and not s.is_returned
        and (select p.died_on from people.person p where p.id = k.id) is null
        and not population.objects(k.id, 'case-finding')
        and not exists (select from people.episode e where e.person_id = k.id and e.programme_id = p_programme
          and e.closed_on is null)
        and coalesce((select j.decision in ('added', 'taken back')
            or (j.decision = 'accepted' and j.run_id is distinct from p_run)
            or (j.decision in ('deferred', 'declined') and j.show_again_on <= v_today)
          from case_finding.judgement j where j.person_id = k.id and j.programme_id = p_programme
          order by j.n desc limit 1), true)
      order by s.rank offset greatest(p_asks, 1) - 1 limit 1) w);
end $$;
revoke all on function case_finding.rank_asked_to from public;
grant execute on function case_finding.rank_asked_to to keyworker_app;
