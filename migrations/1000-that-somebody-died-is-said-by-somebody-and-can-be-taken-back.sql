-- Why:   a death was a day on the person and nothing else: nobody knew who had said so, nobody was asked, and nobody could take
--        it back (hazards HZ21 and HZ22). Now whoever says it is a row; the day stands while one of them stands.
-- Locks: a new table, filled once from the days there are (one row for each person who died); two functions replaced.
-- Undo:  people.tie of 0003; drop table people.death_said and the functions below. The day on the person stays.
-- Safe while the previous version is running: yes: a load of it writes the day alone, and the page says that nobody is known to
--        have said it.

-- That somebody died, as a source or a worker said it. Nothing is ever changed but how it ended: taken back by a worker, another
-- day said, answered by a worker who said another day, or no longer sent. Withdrawn: its source sends it no more, and a worker
-- is asked; until then it stands.
create table people.death_said (
  id uuid primary key,
  n bigint generated always as identity unique,
  person_id uuid not null references people.person,
  died_on date not null,
  supplier text,
  load_id uuid references population.load deferrable initially deferred,
  known_by text check (known_by in ('seen by one of us', 'family or carer', 'practice', 'hospital or ward', 'care home', 'coroner')),
  words text check (length(words) <= 500),
  said_by uuid references organisations.staff,
  said_at timestamptz not null,
  withdrawn_at timestamptz,
  ended_at timestamptz,
  ended_why text check (ended_why in ('taken back', 'another day', 'answered', 'no longer sent')),
  ended_by uuid references organisations.staff,
  alive_by text check (alive_by in ('spoken with', 'seen', 'practice says so', 'wrong person', 'typed wrongly')),
  ended_words text check (length(ended_words) <= 500),
  check ((said_by is null) = (known_by is null)),
  check ((said_by is null) = (supplier is not null)),
  check ((ended_at is null) = (ended_why is null)),
  check (ended_why is distinct from 'taken back' or (ended_by is not null and alive_by is not null and ended_words <> '')),
  check (ended_why is distinct from 'answered' or ended_by is not null)
);
create index on people.death_said (person_id);
create unique index said_once on people.death_said (person_id, supplier, died_on) where ended_at is null and supplier is not null;
select access.guard('people.death_said');
grant select on people.death_said to keyworker_app;

insert into people.death_said (id, person_id, died_on, supplier, said_at)
  select gen_random_uuid(), p.id, p.died_on, coalesce((select m.supplier from population.pseudonym m
    where m.person_id = p.id and m.retired_at is null and m.supplier is not null limit 1), 'not known'), now()
  from people.person p where p.died_on is not null;

-- How it stands that the open person died: whether a worker has confirmed it and nothing has come since that differs; which
-- sources say so; which no longer do; another day that is said.
create function people.death_of(p_person uuid) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_strip_nulls(jsonb_build_object(
    'isConfirmed', coalesce(bool_or(s.said_by is not null), false)
      and not coalesce(bool_or(s.supplier is not null and (s.withdrawn_at is not null or s.died_on <> p.died_on)), false),
    'suppliers', coalesce(jsonb_agg(distinct s.supplier) filter (where s.supplier is not null and s.withdrawn_at is null
      and s.died_on = p.died_on), '[]'),
    'withdrawnBy', (array_agg(s.supplier) filter (where s.withdrawn_at is not null))[1],
    'otherDayOn', (array_agg(s.died_on) filter (where s.supplier is not null and s.died_on <> p.died_on))[1]))
  from people.person p left join people.death_said s on s.person_id = p.id and s.ended_at is null
  where p.id = p_person
$$;
revoke all on function people.death_of from public;
grant execute on function people.death_of to keyworker_app;

-- The day that stands: of a worker, the newest said; else of a source, the newest said; else none.
create function people.day_said(p_person uuid) returns date language sql stable security definer set search_path = '' as $$
  select s.died_on from people.death_said s where s.person_id = p_person and s.ended_at is null
    order by s.said_by is null, s.n desc limit 1
$$;
revoke all on function people.day_said from public;

-- What a form about somebody’s death was drawn from: it changes with everything that is said or ended.
create function people.death_version(p_person uuid) returns text language sql stable set search_path = '' as $$
  select concat_ws('.', count(*), count(s.withdrawn_at), count(s.ended_at)) from people.death_said s where s.person_id = p_person
$$;
revoke all on function people.death_version from public;
grant execute on function people.death_version to keyworker_app;

-- A worker says that the open person died, or confirms what a source says. What sources said of another day, or say no more, is
-- answered by it. 'before': this very form was kept already. 'changed': somebody was first since it was drawn, and nothing is kept.
create function people.say_died(p_id uuid, p_drawn_from text, p_died_on date, p_known_by text, p_words text, p_at timestamptz)
returns text language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker(); v_person uuid := access.person();
begin
  if v.staff_id is null or v_person is null then raise exception 'a death is said by staff, of the open person' using errcode = 'KW003'; end if;
  perform from people.person p where p.id = v_person for update;
  if exists (select from people.death_said s where s.id = p_id and s.person_id = v_person) then return 'before'; end if;
  if people.death_version(v_person) <> p_drawn_from then return 'changed'; end if;
  update people.death_said s set ended_at = p_at, ended_why = 'answered', ended_by = v.staff_id
    where s.person_id = v_person and s.ended_at is null
      and (s.died_on <> p_died_on or s.withdrawn_at is not null);
  insert into people.death_said (id, person_id, died_on, known_by, words, said_by, said_at)
    values (p_id, v_person, p_died_on, p_known_by, nullif(p_words, ''), v.staff_id, p_at);
  update people.person p set died_on = people.day_said(v_person) where p.id = v_person;
  return 'done';
end $$;
revoke all on function people.say_died from public;
grant execute on function people.say_died to keyworker_app;

-- A registration that ended because of a death, the day after it, goes on as it stood before the load that ended it.
create function people.reopen_registration(p_person uuid, p_died_on date, p_at timestamptz) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare r people.registration; v_until date; v_next date;
begin
  select * into r from people.registration x
    where x.person_id = p_person and x.ended_at is null and upper(x.during) = p_died_on + 1;
  if not found then return; end if;
  select upper(b.during) into v_until from people.registration b
    where b.person_id = p_person and b.practice_id = r.practice_id and lower(b.during) = lower(r.during) and b.id <> r.id
      and b.ended_at is not null and (upper_inf(b.during) or upper(b.during) > p_died_on + 1)
    order by b.ended_at desc limit 1;
  select min(lower(n.during)) into v_next from people.registration n
    where n.person_id = p_person and n.ended_at is null and lower(n.during) > p_died_on;
  update people.registration x set ended_at = p_at where x.id = r.id;
  insert into people.registration (id, person_id, practice_id, during, recorded_at)
    values (gen_random_uuid(), p_person, r.practice_id, daterange(lower(r.during), least(v_until, v_next)), p_at);
end $$;
revoke all on function people.reopen_registration from public;

-- A worker says that the open person is alive: everything that was said is ended, the day is off, and their registration goes on.
create function people.take_death_back(p_drawn_from text, p_alive_by text, p_words text, p_at timestamptz) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker(); v_person uuid := access.person(); v_died_on date;
begin
  if v.staff_id is null or v_person is null then raise exception 'a death is taken back by staff, of the open person' using errcode = 'KW003'; end if;
  select p.died_on into v_died_on from people.person p where p.id = v_person for update;
  if v_died_on is null or people.death_version(v_person) <> p_drawn_from then return 'changed'; end if;
  if not exists (select from people.death_said s where s.person_id = v_person and s.ended_at is null) then
    insert into people.death_said (id, person_id, died_on, supplier, said_at)
      values (gen_random_uuid(), v_person, v_died_on, 'not known', p_at);
  end if;
  update people.death_said s set ended_at = p_at, ended_why = 'taken back', ended_by = v.staff_id, alive_by = p_alive_by,
      ended_words = p_words
    where s.person_id = v_person and s.ended_at is null;
  update people.person p set died_on = null where p.id = v_person;
  perform people.reopen_registration(v_person, v_died_on, p_at);
  return 'done';
end $$;
revoke all on function people.take_death_back from public;
grant execute on function people.take_death_back to keyworker_app;

-- As in 0003, and: a registration that ended the day after a death ties the practice to that record still, or nobody there could
-- say that the person is alive.
create or replace function people.tie(p_staff uuid, p_organisation uuid, p_person uuid) returns setof text
language sql stable security definer set search_path = '' as $$
  select 'registered' from people.registration r
    where r.person_id = p_person and r.practice_id = p_organisation and r.ended_at is null
      and (r.during @> organisations.today()
        or upper(r.during) = (select p.died_on + 1 from people.person p where p.id = p_person))
  union all
  select case when e.closed_on is null then 'episode' else 'closed episode' end
    from people.episode e join people.episode_turn t on t.episode_id = e.id and t.n = e.turn
    where e.person_id = p_person and (t.team_id = p_organisation or t.owner_id = p_staff)
      and (e.closed_on is null or e.closed_on + 28 >= organisations.today())
$$;

-- Whether a team of ours has to do with somebody: an open episode, or kit that is still out.
create function people.is_with_us(p_person uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from people.episode e where e.person_id = p_person and e.closed_on is null)
    or exists (select from monitoring.loan l where l.person_id = p_person and upper_inf(l.during) and not isempty(l.during))
$$;
revoke all on function people.is_with_us from public;

-- Whoever is with us, is said to have died, and of whom no worker has confirmed it, as far as the asker has to do with them. It
-- begins with the people of the asker's place, by index: there are many more dead than people with us.
create function people.deaths_unconfirmed(p_asker access.asker) returns setof uuid
language sql stable security definer set search_path = '' as $$
  select w.id from (
    select s.person_id as id from co_ordination.standing s where s.team_id = p_asker.organisation_id
    union
    select s.person_id from co_ordination.standing s where s.owner_id = p_asker.staff_id
    union
    select s.person_id from co_ordination.covered_today(p_asker.staff_id, p_asker.organisation_id) c
      join co_ordination.standing s on s.owner_id = c
    union
    select s.person_id from co_ordination.standing s where s.practice_id = p_asker.organisation_id
    union
    select r.person_id from people.registration r join co_ordination.standing s on s.person_id = r.person_id
      where r.practice_id = p_asker.organisation_id and r.ended_at is null and not upper_inf(r.during)
    union
    select l.person_id from monitoring.kit k join monitoring.loan l on l.kit_id = k.id
      where k.organisation_id = p_asker.organisation_id and upper_inf(l.during) and not isempty(l.during)) w
  where (select p.died_on from people.person p where p.id = w.id) is not null
    and not (people.death_of(w.id) ->> 'isConfirmed')::boolean
    and exists (select from access.tie(p_asker.staff_id, p_asker.organisation_id, w.id) t
      where t in ('episode', 'registered', 'cover', 'closed episode'))
    and not exists (select from organisations.staff s where s.id = p_asker.staff_id and s.own_person_id = w.id)
$$;
revoke all on function people.deaths_unconfirmed from public;

-- Opens them to read, logged by its content.
create function people.open_deaths_unconfirmed(p_purpose text, p_verb text) returns uuid[]
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker(); v_people uuid[]; v_hash bytea;
begin
  if v.staff_id is null then return null; end if;
  select coalesce(array_agg(d), '{}') into v_people from people.deaths_unconfirmed(v) d;
  v_hash := access.keep_list(v_people);
  perform access.write_entry(v, p_purpose, p_verb, null, v_hash, 'my people', 'done');
  perform access.set_scope('list', encode(v_hash, 'hex'));
  return v_people;
end $$;
revoke all on function people.open_deaths_unconfirmed from public;
grant execute on function people.open_deaths_unconfirmed to keyworker_app;

-- How many they are. A count, never whose.
create function people.count_deaths_unconfirmed() returns integer
language sql stable security definer set search_path = '' as $$
  select count(*)::integer from people.deaths_unconfirmed(access.asker())
$$;
revoke all on function people.count_deaths_unconfirmed from public;
grant execute on function people.count_deaths_unconfirmed to keyworker_app;

-- Whoever is said to have died waits for no first contact that anybody could be late with.
create or replace function co_ordination.first_contacts_late(p_now timestamptz)
returns table (owner_id uuid, name text, late integer, since timestamptz)
language sql stable security definer set search_path = '' as $$
  with here as materialized (select (access.asker()).organisation_id as id)
  select s.id, s.name, count(*)::integer, min(w.late_from)
  from co_ordination.waiting_at((select here.id from here)) w join organisations.staff s on s.id = w.owner_id
  where w.team_id = (select here.id from here) and w.late_from <= p_now
    and (select p.died_on from people.person p where p.id = w.person_id) is null
  group by s.id, s.name order by min(w.late_from), s.name
$$;
