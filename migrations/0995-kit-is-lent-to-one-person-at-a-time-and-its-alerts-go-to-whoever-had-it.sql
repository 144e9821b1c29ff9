-- Why:   monitoring products send alerts by the serial of a piece of kit. Nothing said who had it at that moment, so an alert
--        could reach the case manager of whoever has it now (hazard HZ12). Loans have instants and never overlap; an alert is
--        bound to whoever held the kit when it happened, or waits in a queue with the reason.
-- Locks: new tables and functions; access.tie is rewritten to ask one more; a check of organisations.purpose_acceptance is
--        replaced, which reads its few rows once.
-- Undo:  drop schema monitoring after taking monitoring.tie out of access.tie_source; put the check back.
-- Safe while the previous version is running: yes.

create schema monitoring;
grant usage on schema monitoring to keyworker_app;

-- A serial or a product as two people would write it: capitals, blanks, dots and dashes do not tell two apart.
create function monitoring.key_of(p_text text) returns text language sql immutable set search_path = '' as $$
  select regexp_replace(upper(p_text), '[^A-Z0-9]', '', 'g')
$$;

-- Two makers may use one serial: it is a serial of a product that tells pieces of kit apart.
create table monitoring.kit (
  id uuid primary key,
  organisation_id uuid not null references organisations.organisation,
  kind text not null check (kind in ('pulse oximeter', 'blood pressure monitor', 'weighing scales', 'thermometer',
                                     'fall or movement sensor', 'tablet or hub', 'other')),
  maker text not null check (maker <> ''),
  product text not null check (product <> ''),
  serial text not null check (serial <> ''),
  product_key text not null generated always as (monitoring.key_of(product)) stored check (product_key <> ''),
  serial_key text not null generated always as (monitoring.key_of(serial)) stored check (serial_key <> ''),
  added_by uuid not null references organisations.staff,
  recorded_at timestamptz not null,
  unique (product_key, serial_key)
);
create index on monitoring.kit (organisation_id, serial_key);

-- Who has a piece of kit, from one instant until another. During stands here and in the newest turn, because only one
-- row can keep another out: nobody has it while somebody else does. A loan that never was is empty.
create table monitoring.loan (
  id uuid primary key,
  kit_id uuid not null references monitoring.kit,
  person_id uuid not null references people.person,
  during tstzrange not null,
  checked_with text not null check (checked_with in ('the person', 'a carer')),
  turn integer not null check (turn > 0),
  lent_by uuid not null references organisations.staff,
  recorded_at timestamptz not null,
  unique (id, person_id),
  check (isempty(during) or (lower(during) is not null and lower_inc(during) and not upper_inc(during))),
  constraint one_holder_at_a_time exclude using gist (kit_id with =, during with &&)
);
create index on monitoring.loan (person_id);

create table monitoring.loan_turn (
  loan_id uuid not null,
  n integer not null check (n > 0),
  person_id uuid not null,
  what text not null check (what in ('lent', 'taken back', 'corrected', 'struck')),
  during tstzrange not null,
  reason text,
  by uuid not null references organisations.staff,
  recorded_at timestamptz not null,
  primary key (loan_id, n),
  foreign key (loan_id, person_id) references monitoring.loan (id, person_id),
  check (what not in ('corrected', 'struck') or reason <> '')
);
create index on monitoring.loan_turn (person_id);
alter table monitoring.loan add constraint turn_always
  foreign key (id, turn) references monitoring.loan_turn (loan_id, n) deferrable initially deferred;

-- A file of alerts as it was taken in. Its name is not kept: it may name somebody.
create table monitoring.delivery (
  id uuid primary key,
  organisation_id uuid not null references organisations.organisation,
  read integer not null check (read >= 0),
  known integer not null check (known >= 0),
  refused jsonb not null default '[]',
  by uuid references organisations.staff,
  recorded_at timestamptz not null
);
create index on monitoring.delivery (organisation_id, recorded_at);

-- What a registered product said, as it said it. Never changed. Settled when it no longer waits for anybody.
create table monitoring.alert (
  id uuid primary key,
  delivery_id uuid not null references monitoring.delivery,
  organisation_id uuid not null references organisations.organisation,
  line integer not null,
  product text not null,
  serial text not null,
  product_key text not null generated always as (monitoring.key_of(product)) stored,
  serial_key text not null generated always as (monitoring.key_of(serial)) stored,
  message_id text not null check (message_id <> ''),
  happened_at timestamptz,
  happened_as_written text not null,
  level text not null,
  words text not null check (words <> ''),
  content text not null,
  is_other_words boolean not null default false,
  turn integer not null check (turn > 0),
  settled_at timestamptz,
  recorded_at timestamptz not null,
  unique (product_key, message_id, content),
  unique (id, organisation_id)
);
create index on monitoring.alert (organisation_id) where settled_at is null;
create index on monitoring.alert (product_key, serial_key);
create index on monitoring.alert (delivery_id);

-- Each hand of it. It names a person only where it was given to one: what waits is about nobody yet.
create table monitoring.alert_turn (
  alert_id uuid not null,
  n integer not null check (n > 0),
  organisation_id uuid not null,
  state text not null check (state in ('arrived', 'given', 'parked', 'in doubt', 'ask again', 'not ours', 'stays')),
  person_id uuid references people.person,
  loan_id uuid,
  task_id uuid,
  reason text,
  words text,
  happened_at timestamptz,
  by uuid references organisations.staff,
  recorded_at timestamptz not null,
  primary key (alert_id, n),
  foreign key (alert_id, organisation_id) references monitoring.alert (id, organisation_id),
  foreign key (loan_id, person_id) references monitoring.loan (id, person_id),
  foreign key (task_id, person_id) references co_ordination.task (id, person_id),
  check ((state = 'given') = (person_id is not null) and (state = 'given') = (task_id is not null)
    and (state = 'given') = (loan_id is not null)),
  check (state not in ('parked', 'in doubt') or reason <> ''),
  check (state not in ('not ours', 'stays') or (words <> '' and by is not null))
);
create index on monitoring.alert_turn (organisation_id) where state in ('not ours', 'stays');
create index on monitoring.alert_turn (person_id) where person_id is not null;
create index on monitoring.alert_turn (loan_id) where loan_id is not null;
create index on monitoring.alert_turn (task_id) where task_id is not null;
alter table monitoring.alert add constraint turn_always
  foreign key (id, turn) references monitoring.alert_turn (alert_id, n) deferrable initially deferred;

-- Whether a place is the asker's own; the program itself works for every place.
create function monitoring.is_own_place(p_organisation uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select coalesce((access.asker()).system is not null or (access.asker()).organisation_id = p_organisation, false)
$$;
revoke all on function monitoring.is_own_place from public;
grant execute on function monitoring.is_own_place to keyworker_app;

-- The same, to be asked once a question and not once a row.
create function monitoring.own_place() returns uuid
language sql stable security definer set search_path = '' as $$ select (access.asker()).organisation_id $$;
create function monitoring.is_program() returns boolean
language sql stable security definer set search_path = '' as $$ select (access.asker()).system is not null $$;
revoke all on function monitoring.own_place, monitoring.is_program from public;
grant execute on function monitoring.own_place, monitoring.is_program to keyworker_app;

select access.guard(('monitoring.' || t)::regclass) from unnest(array['loan', 'loan_turn']) t;

-- A turn that names somebody opens with them, as any row about a person; one that names nobody, to the place that lends.
alter table monitoring.alert_turn enable row level security;
create policy opened on monitoring.alert_turn for all
  using (monitoring.alert_turn.person_id = (select access.person())
    or monitoring.alert_turn.person_id in (select access.opened())
    or (monitoring.alert_turn.person_id is null and ((select monitoring.is_program())
      or monitoring.alert_turn.organisation_id = (select monitoring.own_place()))))
  with check (monitoring.alert_turn.person_id = (select access.person())
    or (monitoring.alert_turn.person_id is null and ((select monitoring.is_program())
      or monitoring.alert_turn.organisation_id = (select monitoring.own_place()))));
alter table monitoring.alert enable row level security;
create policy opened on monitoring.alert for all
  using ((select monitoring.is_program()) or monitoring.alert.organisation_id = (select monitoring.own_place())
    or exists (select from monitoring.alert_turn t where t.alert_id = monitoring.alert.id))
  with check (monitoring.is_own_place(monitoring.alert.organisation_id));
alter table monitoring.delivery enable row level security;
create policy opened on monitoring.delivery for all
  using (monitoring.is_own_place(monitoring.delivery.organisation_id))
  with check (monitoring.is_own_place(monitoring.delivery.organisation_id));

grant select, insert on monitoring.kit, monitoring.loan, monitoring.loan_turn, monitoring.delivery, monitoring.alert_turn
  to keyworker_app;
grant select on monitoring.alert to keyworker_app;
grant update (during, turn) on monitoring.loan to keyworker_app;
grant update (turn, settled_at) on monitoring.alert to keyworker_app;
grant update (known) on monitoring.delivery to keyworker_app;

-- Who a message is about, by who held the kit at that instant. Only the program may ask: it names a person.
create function monitoring.holder_at(p_product_key text, p_serial_key text, p_at timestamptz)
returns table (kit_id uuid, organisation_id uuid, kind text, loan_id uuid, person_id uuid,
               first_lent_at timestamptz, is_of_other_product boolean)
language sql stable security definer set search_path = '' as $$
  select k.id, k.organisation_id, k.kind, l.id, l.person_id,
    (select min(lower(f.during)) from monitoring.loan f where f.kit_id = k.id),
    k.id is null and exists (select from monitoring.kit o where o.serial_key = p_serial_key and o.serial_key <> '')
  from (select 1) always
    left join monitoring.kit k on k.product_key = p_product_key and k.serial_key = p_serial_key
    left join monitoring.loan l on l.kit_id = k.id and l.during @> p_at
$$;
revoke all on function monitoring.holder_at from public;
grant execute on function monitoring.holder_at to keyworker_work;

-- Alerts of a piece of kit that were given to somebody who, by its dates as they are now, did not have it then.
create function monitoring.given_elsewhere(p_kit uuid)
returns table (alert_id uuid, turn integer, person_id uuid)
language sql stable security definer set search_path = '' as $$
  select a.id, a.turn, t.person_id
  from monitoring.kit k
    join monitoring.alert a on a.product_key = k.product_key and a.serial_key = k.serial_key
    join monitoring.alert_turn t on t.alert_id = a.id and t.n = a.turn
  where k.id = p_kit and t.state = 'given'
    and not exists (select from monitoring.loan l where l.kit_id = k.id and l.person_id = t.person_id
                      and l.during @> coalesce(t.happened_at, a.happened_at))
$$;
revoke all on function monitoring.given_elsewhere from public;
grant execute on function monitoring.given_elsewhere to keyworker_work;

-- Whether somebody else at the open person's address has kit now. It never says who.
create function monitoring.shares_a_house() returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select from people.contact_point m join people.contact_point o
        on o.kind = 'address' and o.ended_at is null and o.person_id <> m.person_id
          and lower(o.value) = lower(m.value) and o.postcode = m.postcode
      join monitoring.loan l on l.person_id = o.person_id and upper_inf(l.during) and not isempty(l.during)
    where m.person_id = access.person() and m.kind = 'address' and m.ended_at is null)
$$;
revoke all on function monitoring.shares_a_house from public;
grant execute on function monitoring.shares_a_house to keyworker_app;

-- Whether somebody has a piece of kit. It never says who.
create function monitoring.is_out(p_kit uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from monitoring.loan l where l.kit_id = p_kit and upper_inf(l.during) and not isempty(l.during))
$$;
revoke all on function monitoring.is_out from public;
grant execute on function monitoring.is_out to keyworker_app;

-- Whether the open person has kit now.
create function monitoring.has_kit() returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from monitoring.loan l
                 where l.person_id = access.person() and upper_inf(l.during) and not isempty(l.during))
$$;
revoke all on function monitoring.has_kit from public;
grant execute on function monitoring.has_kit to keyworker_app;

-- Keeps an alert as it came, with its first turn, for the place whose kit it is, else for the place that took the file in.
-- False where this very message came before. A number that came before with other words is kept apart, and says so.
create function monitoring.keep_alert(p_id uuid, p_delivery uuid, p_row jsonb, p_content text, p_at timestamptz) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare v_place uuid;
begin
  select d.organisation_id into v_place from monitoring.delivery d
    where d.id = p_delivery and monitoring.is_own_place(d.organisation_id);
  if v_place is null then raise exception 'no such file of this place' using errcode = 'KW003'; end if;
  insert into monitoring.alert (id, delivery_id, organisation_id, line, product, serial, message_id, happened_at,
      happened_as_written, level, words, content, is_other_words, turn, recorded_at)
    select p_id, p_delivery, coalesce((select k.organisation_id from monitoring.kit k
        where k.product_key = monitoring.key_of(r.product) and k.serial_key = monitoring.key_of(r.serial)), v_place),
      r.line, r.product, r.serial, r."messageId", r."happenedAt", r."happenedAsWritten", r.level, r.words, p_content,
      exists (select from monitoring.alert a
              where a.product_key = monitoring.key_of(r.product) and a.message_id = r."messageId"), 1, p_at
    from jsonb_to_record(p_row) as r(line integer, product text, serial text, "messageId" text, "happenedAt" timestamptz,
      "happenedAsWritten" text, level text, words text)
    on conflict (product_key, message_id, content) do nothing;
  if not found then return false; end if;
  insert into monitoring.alert_turn (alert_id, n, organisation_id, state, recorded_at)
    select a.id, 1, a.organisation_id, 'arrived', p_at from monitoring.alert a where a.id = p_id;
  return true;
end $$;
revoke all on function monitoring.keep_alert from public;
grant execute on function monitoring.keep_alert to keyworker_app;

-- What became of a file the asker's place took in, whosever kit its alerts are of. Nobody is named.
create function monitoring.became_of(p_delivery uuid) returns table (waiting integer, given integer, settled integer)
language sql stable security definer set search_path = '' as $$
  select count(*) filter (where a.settled_at is null)::integer, count(*) filter (where t.state = 'given')::integer,
    count(*) filter (where a.settled_at is not null and t.state <> 'given')::integer
  from monitoring.delivery d join monitoring.alert a on a.delivery_id = d.id
    join monitoring.alert_turn t on t.alert_id = a.id and t.n = a.turn
  where d.id = p_delivery and monitoring.is_own_place(d.organisation_id)
$$;
revoke all on function monitoring.became_of from public;
grant execute on function monitoring.became_of to keyworker_app;

-- How many alerts of the asker's place wait, and since when. Nobody is named.
create function monitoring.count_waiting() returns table (waiting integer, since timestamptz)
language sql stable security definer set search_path = '' as $$
  select count(*)::integer, min(a.recorded_at) from monitoring.alert a
  where a.settled_at is null and a.organisation_id = (access.asker()).organisation_id
$$;
revoke all on function monitoring.count_waiting from public;
grant execute on function monitoring.count_waiting to keyworker_app;

-- A team stays tied to whoever has its kit, or of whom an alert of it is unanswered, after their episode closed: its alerts
-- come to that team, and cannot be answered without the record. Nobody gets a tie by lending who had no episode with them.
create function monitoring.tie(p_staff uuid, p_organisation uuid, p_person uuid) returns setof text
language sql stable security definer set search_path = '' as $$
  select 'closed episode'
  where (exists (select from monitoring.loan l join monitoring.kit k on k.id = l.kit_id
                 where l.person_id = p_person and k.organisation_id = p_organisation and upper_inf(l.during)
                   and not isempty(l.during))
      or exists (select from monitoring.alert_turn a
                   join monitoring.loan l on l.id = a.loan_id
                   join monitoring.kit k on k.id = l.kit_id and k.organisation_id = p_organisation
                   join co_ordination.task w on w.id = a.task_id
                   join co_ordination.task_turn u on u.task_id = w.id and u.n = w.turn
                 where a.person_id = p_person and u.state in ('to do', 'waiting')))
    and exists (select from people.episode e join people.episode_turn t on t.episode_id = e.id
                where e.person_id = p_person and t.team_id = p_organisation)
$$;
revoke all on function monitoring.tie from public;
select access.add_tie('monitoring.tie');

-- A page of the asker's place's kit, found by serial, product or kind: whoever has a piece on it is opened as a list, where
-- the asker has a tie to them. The log row is written first.
create function monitoring.open_register(p_view text, p_words text, p_from integer, p_most integer, p_purpose text, p_verb text)
returns table (people uuid[], kits uuid[], total integer, out_now integer, everything integer)
language plpgsql volatile security definer set search_path = '' as $$
declare
  v access.asker := access.asker(); v_people uuid[]; v_kits uuid[]; v_total integer; v_out integer; v_all integer;
  v_key text := monitoring.key_of(coalesce(p_words, ''));
begin
  if v.staff_id is null or p_most > 500 then
    raise exception 'kit is listed for staff, at most 500' using errcode = 'KW003';
  end if;
  with own as (
    select k.id, k.kind, k.recorded_at, l.person_id, v_key = '' or strpos(k.serial_key, v_key) > 0
        or strpos(k.product_key, v_key) > 0 or strpos(monitoring.key_of(k.kind), v_key) > 0 as is_found
    from monitoring.kit k
      left join monitoring.loan l on l.kit_id = k.id and upper_inf(l.during) and not isempty(l.during)
    where k.organisation_id = v.organisation_id
  ), found as (
    select o.*, row_number() over (order by o.kind, o.recorded_at, o.id) as n, count(*) over () as total
    from own o where o.is_found and (p_view = 'all' or (p_view = 'lent') = (o.person_id is not null))
  ), page as (select * from found order by n offset p_from limit p_most)
  select array_agg(g.id order by g.n), max(g.total),
      array_agg(distinct g.person_id) filter (where g.person_id is not null),
      (select count(*) from own where person_id is not null), (select count(*) from own)
    into v_kits, v_total, v_people, v_out, v_all from page g;
  select array_agg(p) into v_people from unnest(v_people) p
    where exists (select from access.tie(v.staff_id, v.organisation_id, p) t where t <> 'listed')
      and not exists (select from organisations.staff s where s.id = v.staff_id and s.own_person_id = p);
  return query select co_ordination.open_set(v, v_people, p_purpose, p_verb, 'kit'), coalesce(v_kits, '{}'),
    coalesce(v_total, 0), coalesce(v_out, 0), coalesce(v_all, 0);
end $$;
revoke all on function monitoring.open_register from public;
grant execute on function monitoring.open_register to keyworker_app;

-- Whoever had a piece of the asker's kit around a time: for the alert that nobody can be given, and for nothing else.
create function monitoring.open_holders(p_alert uuid, p_purpose text, p_verb text) returns uuid[]
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker(); v_people uuid[];
begin
  if v.staff_id is null then return null; end if;
  select array_agg(distinct l.person_id) into v_people
    from monitoring.alert a
      join monitoring.kit k on k.product_key = a.product_key and k.serial_key = a.serial_key
        and k.organisation_id = v.organisation_id
      join monitoring.loan l on l.kit_id = k.id
    where a.id = p_alert and a.organisation_id = v.organisation_id
      and exists (select from access.tie(v.staff_id, v.organisation_id, l.person_id) t where t <> 'listed')
      and not exists (select from organisations.staff s where s.id = v.staff_id and s.own_person_id = l.person_id);
  return co_ordination.open_set(v, v_people, p_purpose, p_verb, 'kit');
end $$;
revoke all on function monitoring.open_holders from public;
grant execute on function monitoring.open_holders to keyworker_app;

-- Alerts of kit stay off in a real installation until a named person accepts what handing them on is meant for.
alter table organisations.purpose_acceptance drop constraint purpose_acceptance_part_check;
alter table organisations.purpose_acceptance add constraint purpose_acceptance_part_check
  check (part in ('case-finding', 'kit alerts'));
