-- Why:   a volunteer broker had a list of tasks and the team's unclaimed ones, clinical words among them, and no way to say
--        whether somebody was found. A team asks, with the person's leave; the broker answers; the team learns what came of it.
-- Locks: new tables and functions; access.tie is rewritten to ask one more.
-- Undo:  drop the tables and functions after taking co_ordination.ask_tie out of access.tie_source.
-- Safe while the previous version is running: yes.

-- What is asked of volunteers for one person. It holds all that a broker is told of them, beside who and where they are.
create table co_ordination.ask (
  id uuid primary key,
  person_id uuid not null references people.person,
  organisation_id uuid not null references organisations.organisation,
  kind text not null check (kind in ('company', 'shopping', 'lift', 'home and garden', 'group', 'carer', 'other')),
  what text not null check (what <> ''),
  to_know text,
  wanted_by date not null,
  turn integer not null check (turn > 0),
  asked_by uuid not null references organisations.staff,
  recorded_at timestamptz not null,
  unique (id, person_id)
);
create index on co_ordination.ask (person_id);
create index on co_ordination.ask (organisation_id);

-- Each hand of it, never changed. A volunteer is named as the broker calls them.
create table co_ordination.ask_turn (
  ask_id uuid not null,
  n integer not null check (n > 0),
  person_id uuid not null,
  state text not null check (state in ('asked', 'looking', 'offered', 'arranged', 'declined', 'ended', 'taken back')),
  volunteer text,
  starts_on date,
  reason text,
  words text,
  by uuid not null references organisations.staff,
  recorded_at timestamptz not null,
  primary key (ask_id, n),
  foreign key (ask_id, person_id) references co_ordination.ask (id, person_id),
  check ((state not in ('offered', 'arranged')) or volunteer <> ''),
  check ((state <> 'arranged') or starts_on is not null),
  check ((state not in ('declined', 'ended')) or reason <> '')
);
create index on co_ordination.ask_turn (person_id);
alter table co_ordination.ask add constraint turn_always
  foreign key (id, turn) references co_ordination.ask_turn (ask_id, n) deferrable initially deferred;

select access.guard(('co_ordination.' || t)::regclass) from unnest(array['ask', 'ask_turn']) t;
grant select, insert on co_ordination.ask, co_ordination.ask_turn to keyworker_app;
grant update (turn) on co_ordination.ask to keyworker_app;

-- What is with a broker: open, or over for 28 days at most, so that what came of it can be put right.
create function co_ordination.asks_with(p_organisation uuid) returns setof uuid
language sql stable security definer set search_path = '' as $$
  select a.person_id from co_ordination.ask a join co_ordination.ask_turn t on t.ask_id = a.id and t.n = a.turn
  where a.organisation_id = p_organisation
    and (t.state in ('asked', 'looking', 'offered', 'arranged')
      or t.state in ('declined', 'ended') and t.recorded_at > organisations.today()::timestamptz - interval '28 days')
$$;
revoke all on function co_ordination.asks_with from public;

-- A broker has to do with whoever they were asked about, and with nobody else.
create function co_ordination.ask_tie(p_staff uuid, p_organisation uuid, p_person uuid) returns setof text
language sql stable security definer set search_path = '' as $$
  select 'referral' where p_person in (select co_ordination.asks_with(p_organisation))
    and exists (select from organisations.post p where p.staff_id = p_staff and p.organisation_id = p_organisation
                  and p.role = 'volunteer broker' and p.during @> organisations.today())
$$;
revoke all on function co_ordination.ask_tie from public;
select access.add_tie('co_ordination.ask_tie');

create function co_ordination.open_asks(p_purpose text, p_verb text) returns uuid[]
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker(); v_people uuid[];
begin
  if v.staff_id is null then return null; end if;
  select array_agg(distinct w) into v_people from co_ordination.asks_with(v.organisation_id) w
    where exists (select from co_ordination.ask_tie(v.staff_id, v.organisation_id, w))
      and not exists (select from organisations.staff s where s.id = v.staff_id and s.own_person_id = w);
  return co_ordination.open_set(v, v_people, p_purpose, p_verb, 'asks');
end $$;
revoke all on function co_ordination.open_asks from public;
grant execute on function co_ordination.open_asks to keyworker_app;

-- Where volunteers can be asked for: the places where a broker works today.
create function co_ordination.broker_places() returns table (id uuid, name text, brokers text)
language sql stable security definer set search_path = '' as $$
  select o.id, o.name, string_agg(s.name, ', ' order by s.name)
  from organisations.post p join organisations.organisation o on o.id = p.organisation_id
  join organisations.staff s on s.id = p.staff_id
  where p.role = 'volunteer broker' and organisations.works_at(p.staff_id, p.organisation_id)
    and p.during @> organisations.today()
  group by o.id, o.name order by o.name
$$;
revoke all on function co_ordination.broker_places from public;
grant execute on function co_ordination.broker_places to keyworker_app;
