-- Why:   no row about a person is readable before a row in the access log has opened it.
-- Locks: new tables; adds policies to the tables of people.
-- Undo:  drop schema access cascade; the tables of people then show nothing, which is right.
-- Safe while the previous version is running: yes.

create schema access;
grant usage on schema access to keyworker_app;

create table access.secret (id boolean primary key default true check (id), key bytea not null);
insert into access.secret (key) values (
  sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')));

create table access.session (
  id uuid primary key,
  token_hash bytea not null unique,
  csrf text not null,
  staff_id uuid not null references organisations.staff,
  post_id uuid not null references organisations.post,
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  ends_at timestamptz not null,
  ended_at timestamptz,
  check (ends_at <= started_at + interval '10 hours')
);
create index on access.session (staff_id);

create table access.claim (
  id uuid primary key,
  person_id uuid not null references people.person,
  staff_id uuid not null references organisations.staff,
  kind text not null check (kind in ('self-claimed', 'break-glass')),
  reason text not null,
  words text not null,
  since timestamptz not null,
  until timestamptz not null,
  reviewed_at timestamptz,
  reviewed_by uuid references organisations.staff,
  review text check (review in ('justified', 'not justified')),
  review_words text,
  check (until > since),
  check (until <= since + case kind when 'break-glass' then interval '4 hours' else interval '24 hours' end),
  check (reviewed_by is distinct from staff_id),
  check ((reviewed_at is null) = (reviewed_by is null) and (reviewed_at is null) = (review is null))
);
create index on access.claim (person_id);
create index on access.claim (staff_id);

create table access.people_list (hash bytea primary key, people uuid[] not null);

create table access.entry (
  id bigint generated always as identity,
  at timestamptz not null default clock_timestamp(),
  staff_id uuid,
  post_id uuid,
  session_id uuid,
  system text,
  purpose text not null,
  verb text not null,
  person_id uuid,
  list_hash bytea,
  tie text,
  outcome text not null check (outcome in ('done', 'refused')),
  primary key (id, at),
  check ((staff_id is null) <> (system is null))
) partition by range (at);
create table access.entry_default partition of access.entry default;
create index on access.entry (person_id, at);
create index on access.entry (list_hash);
create index on access.entry (staff_id, at);

-- Each month its own partition, made ahead of time by a job.
create function access.ready_months(p_table regclass, p_from date, p_months integer) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_from date; v_name text; v_schema text; v_base text;
begin
  select n.nspname, c.relname into v_schema, v_base
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace where c.oid = p_table;
  for i in 0 .. p_months - 1 loop
    v_from := (date_trunc('month', p_from) + make_interval(months => i))::date;
    v_name := v_base || '_' || to_char(v_from, 'YYYY_MM');
    if to_regclass(format('%I.%I', v_schema, v_name)) is null then
      execute format('create table %I.%I partition of %I.%I for values from (%L) to (%L)',
        v_schema, v_name, v_schema, v_base, v_from, (v_from + interval '1 month')::date);
    end if;
  end loop;
end $$;
revoke all on function access.ready_months from public;
grant execute on function access.ready_months to keyworker_work;
select access.ready_months('access.entry', now()::date, 3);

create unlogged table access.throttle (key text, window_at timestamptz, count integer not null, primary key (key, window_at));

-- A setting that opens rows is sealed with a secret the application cannot read, for this transaction alone.
create function access.seal(p_words text) returns text language sql stable security definer set search_path = '' as $$
  select encode(sha256(s.key || sha256(s.key || convert_to(p_words || '|' || pg_backend_pid() || '|' || now(), 'UTF8'))), 'hex')
  from access.secret s
$$;
revoke all on function access.seal from public;

create function access.set_scope(p_name text, p_value text) returns void language sql volatile security definer set search_path = '' as $$
  select set_config('keyworker.' || p_name, p_value || '.' || access.seal(p_name || ':' || p_value), true)
$$;
revoke all on function access.set_scope from public;

create function access.scope(p_name text) returns text language plpgsql stable security definer set search_path = '' as $$
declare v text := current_setting('keyworker.' || p_name, true);
begin
  if v is null or v = '' then return null; end if;
  if split_part(v, '.', 2) <> access.seal(p_name || ':' || split_part(v, '.', 1)) then return null; end if;
  return split_part(v, '.', 1);
end $$;
revoke all on function access.scope from public;

create function access.person() returns uuid language sql stable security definer set search_path = '' as $$
  select access.scope('person')::uuid
$$;
create function access.opened() returns setof uuid language sql stable security definer set search_path = '' as $$
  select unnest(l.people) from access.people_list l where l.hash = decode(access.scope('list'), 'hex')
$$;
grant execute on function access.person, access.opened to keyworker_app;

-- Who is asking: from the token of a session that is alive. The row is null when nobody is.
create function access.enter(p_token text)
returns table (session_id uuid, csrf text, staff_id uuid, staff_name text, post_id uuid, role text,
               organisation_id uuid, organisation_name text, organisation_kind text)
language plpgsql volatile security definer set search_path = '' as $$
begin
  return query
    select s.id, s.csrf, t.id, t.name, p.id, p.role, o.id, o.name, o.kind
    from access.session s
    join organisations.staff t on t.id = s.staff_id
    join organisations.post p on p.id = s.post_id
    join organisations.organisation o on o.id = p.organisation_id
    where s.token_hash = sha256(convert_to(p_token, 'UTF8')) and s.ended_at is null and s.ends_at > now()
      and s.seen_at > now() - interval '15 minutes'
      and (t.left_on is null or t.left_on > organisations.today()) and p.during @> organisations.today();
  if found then
    -- Written at most once a minute, so that reading a page seldom writes to the session.
    update access.session s set seen_at = now()
      where s.token_hash = sha256(convert_to(p_token, 'UTF8')) and s.seen_at < now() - interval '1 minute';
    perform access.set_scope('session', encode(sha256(convert_to(p_token, 'UTF8')), 'hex'));
  end if;
end $$;
grant execute on function access.enter to keyworker_app;

create function access.enter_system(p_name text) returns void language sql volatile security definer set search_path = '' as $$
  select access.set_scope('system', p_name)
$$;
revoke all on function access.enter_system from public;
grant execute on function access.enter_system to keyworker_work;

create type access.asker as (session_id uuid, staff_id uuid, post_id uuid, organisation_id uuid, system text);
create function access.asker() returns access.asker language plpgsql stable security definer set search_path = '' as $$
declare v access.asker; v_hash text := access.scope('session');
begin
  if v_hash is not null then
    select s.id, s.staff_id, s.post_id, p.organisation_id, null into v
      from access.session s join organisations.post p on p.id = s.post_id
      where s.token_hash = decode(v_hash, 'hex') and s.ended_at is null;
  else
    v.system := access.scope('system');
  end if;
  return v;
end $$;
revoke all on function access.asker from public;

create function access.write_entry(p_asker access.asker, p_purpose text, p_verb text, p_person uuid, p_list bytea,
                                   p_tie text, p_outcome text) returns void
language sql volatile security definer set search_path = '' as $$
  insert into access.entry (staff_id, post_id, session_id, system, purpose, verb, person_id, list_hash, tie, outcome)
  values (p_asker.staff_id, p_asker.post_id, p_asker.session_id, p_asker.system, p_purpose, p_verb, p_person, p_list,
          p_tie, p_outcome)
$$;
revoke all on function access.write_entry from public;

-- The ties that live in people and here. Each room that makes a tie adds its own to access.tie in its migration.
create function people.tie(p_staff uuid, p_organisation uuid, p_person uuid) returns setof text
language sql stable security definer set search_path = '' as $$
  select 'registered' from people.registration r
    where r.person_id = p_person and r.practice_id = p_organisation and r.ended_at is null
      and r.during @> organisations.today()
  union all
  select case when e.closed_on is null then 'episode' else 'closed episode' end
    from people.episode e join people.episode_turn t on t.episode_id = e.id and t.n = e.turn
    where e.person_id = p_person and (t.team_id = p_organisation or t.owner_id = p_staff)
      and (e.closed_on is null or e.closed_on + 28 >= organisations.today())
$$;
revoke all on function people.tie from public;

create function access.claim_tie(p_staff uuid, p_organisation uuid, p_person uuid) returns setof text
language sql stable security definer set search_path = '' as $$
  select c.kind from access.claim c
    where c.person_id = p_person and c.staff_id = p_staff and c.since <= now() and c.until > now()
$$;
revoke all on function access.claim_tie from public;

-- A room that makes a tie says so in its migration: select access.add_tie('room.tie'). access.tie is rewritten to
-- ask them all, so that it stays plain SQL.
create table access.tie_source (name text primary key);
create function access.add_tie(p_name text) returns void
language plpgsql set search_path = '' as $$
begin
  insert into access.tie_source values (p_name);
  execute 'create or replace function access.tie(p_staff uuid, p_organisation uuid, p_person uuid) returns setof text
    language sql stable security definer set search_path = '''' as $body$ '
    || (select string_agg(format('select %s(p_staff, p_organisation, p_person)', name), ' union all ' order by name)
        from access.tie_source) || ' $body$';
  execute 'revoke all on function access.tie from public';
end $$;
revoke all on function access.add_tie from public;
select access.add_tie('people.tie');
select access.add_tie('access.claim_tie');

-- Opens one person for this transaction, when one of the ties asked for is there now. The log row is written first.
create function access.open_person(p_person uuid, p_purpose text, p_verb text, p_ties text[]) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker(); v_tie text;
begin
  if v.staff_id is not null then
    select t into v_tie from access.tie(v.staff_id, v.organisation_id, p_person) t
      where t = any (p_ties) order by array_position(p_ties, t) limit 1;
    -- Nobody opens their own record with a worker's sign-in.
    if exists (select from organisations.staff s where s.id = v.staff_id and s.own_person_id = p_person) then
      v_tie := null;
    end if;
  elsif v.system is not null and exists (select from people.person where id = p_person) then
    v_tie := 'system';
  end if;
  if v_tie is null then return null; end if;
  perform access.write_entry(v, p_purpose, p_verb, p_person, null, v_tie, 'done');
  perform access.set_scope('person', p_person::text);
  return v_tie;
end $$;
grant execute on function access.open_person to keyworker_app;

create function access.log_refusal(p_token text, p_person uuid, p_purpose text, p_verb text) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform access.enter(p_token);
  if (access.asker()).staff_id is not null then
    perform access.write_entry(access.asker(), p_purpose, p_verb,
      (select id from people.person where id = p_person), null, null, 'refused');
  end if;
end $$;
grant execute on function access.log_refusal to keyworker_app;

create function access.keep_list(p_people uuid[]) returns bytea
language plpgsql volatile security definer set search_path = '' as $$
declare v_sorted uuid[]; v_hash bytea;
begin
  select coalesce(array_agg(distinct p order by p), '{}') into v_sorted from unnest(p_people) p;
  v_hash := sha256(convert_to(v_sorted::text, 'UTF8'));
  insert into access.people_list (hash, people) values (v_hash, v_sorted) on conflict do nothing;
  return v_hash;
end $$;
revoke all on function access.keep_list from public;

-- Opens a list: everybody registered at my practice, everybody my team has, or those of some ids I have a tie to.
-- Ids given are kept only where the circle holds them; without ids it is the whole circle.
create function access.open_list(p_circle text, p_ids uuid[], p_purpose text, p_verb text) returns uuid[]
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker(); v_people uuid[]; v_hash bytea;
begin
  if v.staff_id is null and v.system is null then return null; end if;
  if v.system is not null then
    v_people := p_ids;
  elsif p_circle = 'practice' then
    select array_agg(distinct r.person_id) into v_people from people.registration r
      where r.practice_id = v.organisation_id and r.ended_at is null and r.during @> organisations.today()
        and (p_ids is null or r.person_id = any (p_ids));
  elsif p_circle = 'team' then
    select array_agg(distinct e.person_id) into v_people
      from people.episode e join people.episode_turn t on t.episode_id = e.id and t.n = e.turn
      where (t.team_id = v.organisation_id or t.owner_id = v.staff_id)
        and (e.closed_on is null or e.closed_on + 28 >= organisations.today())
        and (p_ids is null or e.person_id = any (p_ids));
  elsif p_circle = 'tied' and cardinality(p_ids) <= 50 then
    select array_agg(i) into v_people from unnest(p_ids) i
      where exists (select from access.tie(v.staff_id, v.organisation_id, i) t where t <> 'listed');
  else
    return null;
  end if;
  v_people := coalesce(v_people, '{}');
  v_hash := access.keep_list(v_people);
  perform access.write_entry(v, p_purpose, p_verb, null, v_hash, p_circle, 'done');
  perform access.set_scope('list', encode(v_hash, 'hex'));
  return v_people;
end $$;
grant execute on function access.open_list to keyworker_app;

grant select, insert on people.wish, people.mark, people.merge, people.doubt, people.episode, people.episode_turn,
  people.relation, people.contact_point to keyworker_app;
grant select on people.person, people.identifier, people.name, people.registration, people.allergy to keyworker_app;
grant update (until, ended_at, ended_by) on people.wish to keyworker_app;
grant update (ended_at, ended_by) on people.mark to keyworker_app;
grant update (ended_at) on people.relation, people.contact_point to keyworker_app;
grant update (turn, closed_on) on people.episode to keyworker_app;
grant update (answer, answered_at, answered_by) on people.doubt to keyworker_app;
grant update (agreed_by, agreed_at, undone_by, undone_at) on people.merge to keyworker_app;

-- The one policy, of the same words for every table of a person.
create function access.guard(p_table regclass, p_column text default 'person_id') returns void
language plpgsql set search_path = '' as $$
begin
  execute format('alter table %s enable row level security', p_table);
  execute format('create policy opened on %1$s for all using (%1$s.%2$I = (select access.person())
    or %1$s.%2$I in (select access.opened())) with check (%1$s.%2$I = (select access.person()))', p_table, p_column);
end $$;
revoke all on function access.guard from public;

select access.guard('people.person', 'id');
select access.guard(('people.' || t)::regclass) from unnest(array['identifier', 'name', 'contact_point', 'registration',
  'allergy', 'relation', 'wish', 'mark', 'episode', 'episode_turn']) t;
-- A doubt and a merge name two people: both must be open.
alter table people.doubt enable row level security;
create policy opened on people.doubt for all using (people.doubt.person_id in (select access.opened())
  and people.doubt.other_person_id in (select access.opened()));
alter table people.merge enable row level security;
create policy opened on people.merge for all using (people.merge.kept_person_id in (select access.opened())
  and people.merge.joined_person_id in (select access.opened()));
alter table access.claim enable row level security;

-- A session is begun after the proof of who they are, which is the program's to check.
create function access.begin_session(p_id uuid, p_token_hash bytea, p_csrf text, p_staff uuid, p_post uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not exists (select from organisations.post p where p.id = p_post and p.staff_id = p_staff
                 and p.during @> organisations.today()) then
    raise exception 'no such post' using errcode = 'KW002';
  end if;
  insert into access.session (id, token_hash, csrf, staff_id, post_id, ends_at)
    values (p_id, p_token_hash, p_csrf, p_staff, p_post, now() + interval '10 hours');
end $$;
grant execute on function access.begin_session to keyworker_app;

create function access.end_session(p_token text) returns void language sql volatile security definer set search_path = '' as $$
  update access.session set ended_at = now()
    where token_hash = sha256(convert_to(p_token, 'UTF8')) and ended_at is null
$$;
grant execute on function access.end_session to keyworker_app;
