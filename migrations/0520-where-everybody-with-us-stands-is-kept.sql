-- Why:   to count and to order a team's 500 people, three tables were asked about each of them on every page: two thirds
--        of what the page cost. What orders the list now has a row of its own for each open episode.
-- Locks: new tables; a trigger on episodes, turns, contacts, tasks and registrations, each waiting for writers of its table.
-- Undo:  drop the triggers and the tables; the function of 0510 is as it was.
-- Safe while the previous version is running: yes.

-- When each person was last heard from, and when the next thing to do for them is due. Its row is what two writers about
-- one person wait for, so that neither misses the other's.
create table co_ordination.clock (
  person_id uuid primary key references people.person,
  heard_on date,
  next_on date
);

-- Where everybody with an open episode stands: copies, which only the triggers below write, in the transaction of what they
-- copy. The practice is the one of every day from practice_from until before practice_until; of other days it is asked for.
create table co_ordination.standing (
  episode_id uuid primary key,
  person_id uuid not null references co_ordination.clock,
  programme_id uuid not null,
  opened_on date not null,
  stage text not null,
  owner_id uuid not null,
  team_id uuid not null,
  heard_on date,
  next_on date,
  practice_id uuid,
  practice_from date not null,
  practice_until date not null,
  foreign key (episode_id, person_id) references people.episode (id, person_id) on delete cascade
);
create index on co_ordination.standing (person_id);
create index on co_ordination.standing (team_id, person_id, opened_on desc);
create index on co_ordination.standing (owner_id);
create index on co_ordination.standing (practice_id);
create index on co_ordination.standing (practice_until);
create index on co_ordination.standing (practice_from);
select access.guard(('co_ordination.' || t)::regclass) from unnest(array['clock', 'standing']) t;

-- The practice of a person on a day, and from when until when that answer holds, be it none. "= any (array[…])" keeps the
-- search from the index that forbids overlaps, as in people.registered_on.
create function co_ordination.practice_around(p_person uuid, p_day date)
returns table (practice_id uuid, practice_from date, practice_until date)
language sql stable as $$
  select (array_agg(r.practice_id) filter (where r.during @> p_day))[1],
    coalesce(max(b.at) filter (where b.at <= p_day), '-infinity'), coalesce(min(b.at) filter (where b.at > p_day), 'infinity')
  from people.registration r cross join lateral (values (lower(r.during)), (upper(r.during))) b (at)
  where r.person_id = any (array[p_person]) and r.ended_at is null and not isempty(r.during)
$$;
revoke all on function co_ordination.practice_around from public;

-- Makes everybody who writes about these people wait for one another, always in the same order; and all of them for a load
-- in the moment it settles, which is why that lock comes first.
create function co_ordination.one_at_a_time(p_people uuid[]) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform pg_advisory_xact_lock_shared(72436);
  insert into co_ordination.clock (person_id) select distinct p from unnest(p_people) p order by p
    on conflict (person_id) do update set person_id = excluded.person_id;
end $$;
revoke all on function co_ordination.one_at_a_time from public;

-- Each statement after the wait sees what was kept while it waited.
create function co_ordination.keep_clock(p_people uuid[]) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform co_ordination.one_at_a_time(p_people);
  update co_ordination.clock k set heard_on = l.heard_on, next_on = l.next_on
    from unnest(p_people) p cross join lateral (select
        (select (c.happened_at at time zone 'Europe/London')::date from co_ordination.contact c
          where c.person_id = p and c.struck_at is null order by c.happened_at desc limit 1) as heard_on,
        (select min(u.due_on) from co_ordination.task_turn u join co_ordination.task t on t.id = u.task_id and t.turn = u.n
          where u.person_id = p and u.state in ('to do', 'waiting')) as next_on) l
    where k.person_id = p and (k.heard_on, k.next_on) is distinct from (l.heard_on, l.next_on);
  update co_ordination.standing s set heard_on = k.heard_on, next_on = k.next_on from co_ordination.clock k
    where k.person_id = s.person_id and s.person_id = any (p_people)
      and (s.heard_on, s.next_on) is distinct from (k.heard_on, k.next_on);
end $$;
revoke all on function co_ordination.keep_clock from public;

-- An episode's own facts. A turn is written after its episode: until then the row says what the turn before said.
create function co_ordination.keep_standing(p_episodes uuid[]) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform co_ordination.one_at_a_time((select array_agg(e.person_id) from people.episode e where e.id = any (p_episodes)));
  delete from co_ordination.standing s using people.episode e
    where s.episode_id = any (p_episodes) and e.id = s.episode_id and e.closed_on is not null;
  insert into co_ordination.standing
    select e.id, e.person_id, e.programme_id, e.opened_on, t.stage, t.owner_id, t.team_id, k.heard_on, k.next_on, p.*
    from people.episode e join people.episode_turn t on t.episode_id = e.id and t.n = e.turn
      join co_ordination.clock k on k.person_id = e.person_id
      cross join lateral co_ordination.practice_around(e.person_id, organisations.today()) p
    where e.id = any (p_episodes) and e.closed_on is null
    on conflict (episode_id) do update set person_id = excluded.person_id, programme_id = excluded.programme_id,
      opened_on = excluded.opened_on, stage = excluded.stage, owner_id = excluded.owner_id, team_id = excluded.team_id,
      heard_on = excluded.heard_on, next_on = excluded.next_on, practice_id = excluded.practice_id, practice_from = excluded.practice_from,
      practice_until = excluded.practice_until;
end $$;
revoke all on function co_ordination.keep_standing from public;

create function co_ordination.clocks_changed() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform co_ordination.keep_clock((select array_agg(distinct c.person_id) from changed c));
  return null;
end $$;
create function co_ordination.episodes_changed() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform co_ordination.keep_standing((select array_agg(distinct e.id) from changed e));
  return null;
end $$;
create function co_ordination.turns_changed() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform co_ordination.keep_standing((select array_agg(distinct t.episode_id) from changed t));
  return null;
end $$;

do $$
declare v_table text;
begin
  foreach v_table in array array['contact', 'task', 'task_turn'] loop
    execute format('create trigger clock_added after insert on co_ordination.%I referencing new table as changed
      for each statement execute function co_ordination.clocks_changed()', v_table);
    execute format('create trigger clock_changed after update on co_ordination.%I referencing new table as changed
      for each statement execute function co_ordination.clocks_changed()', v_table);
  end loop;
end $$;
create trigger standing_changed after update on people.episode referencing new table as changed
  for each statement execute function co_ordination.episodes_changed();
create trigger standing_added after insert on people.episode_turn referencing new table as changed
  for each statement execute function co_ordination.turns_changed();
create trigger standing_turned after update on people.episode_turn referencing new table as changed
  for each statement execute function co_ordination.turns_changed();

-- Registrations come by the hundred thousand, in a load that lasts minutes: nobody may wait for it, and who joins meanwhile
-- may not be missed. So they are settled as the load is kept, when nobody else is writing.
create table co_ordination.unsettled (transaction xid8 primary key);

create function co_ordination.registrations_changed() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into co_ordination.unsettled values (pg_current_xact_id()) on conflict do nothing;
  return null;
end $$;
create trigger practices_changed after insert or update or delete on people.registration
  for each statement execute function co_ordination.registrations_changed();

create function co_ordination.settle_as_it_is_kept() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform pg_advisory_xact_lock(72436);
  update co_ordination.standing s
    set practice_id = p.practice_id, practice_from = p.practice_from, practice_until = p.practice_until
    from co_ordination.standing o
      cross join lateral co_ordination.practice_around(o.person_id, organisations.today()) p
    where o.episode_id = s.episode_id and (s.practice_id, s.practice_from, s.practice_until)
      is distinct from (p.practice_id, p.practice_from, p.practice_until);
  delete from co_ordination.unsettled u where u.transaction = new.transaction;
  return null;
end $$;
create constraint trigger settle_as_it_is_kept after insert on co_ordination.unsettled deferrable initially deferred
  for each row execute function co_ordination.settle_as_it_is_kept();

revoke all on function co_ordination.clocks_changed, co_ordination.episodes_changed, co_ordination.turns_changed,
  co_ordination.registrations_changed, co_ordination.settle_as_it_is_kept from public;

select co_ordination.keep_clock((select array_agg(p.id) from people.person p
  where exists (select from co_ordination.contact c where c.person_id = p.id)
    or exists (select from co_ordination.task t where t.person_id = p.id)));
select co_ordination.keep_standing((select array_agg(e.id) from people.episode e where e.closed_on is null));
