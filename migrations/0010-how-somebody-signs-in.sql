-- Why:   sign-in by an identity provider, the local administrator of a real installation, tries counted, posts changed.
-- Locks: adds two columns with constant defaults to staff; new tables; no rewrite.
-- Undo:  leave the columns; drop table access.sign_in; put begin_session of 0003 back.
-- Safe while the previous version is running: yes.

alter table organisations.staff
  add column is_local_administrator boolean not null default false,
  add column is_password_change_due boolean not null default false;
create unique index one_local_administrator on organisations.staff (is_local_administrator) where is_local_administrator;

-- A sign-in under way: what the provider must send back, then who has proved who they are and still chooses a post.
create table access.sign_in (
  token_hash bytea primary key,
  state text,
  nonce text,
  verifier text,
  back_to text not null,
  staff_id uuid references organisations.staff,
  ends_at timestamptz not null,
  check ((staff_id is null) = (state is not null))
);

create function access.start_sign_in(p_hash bytea, p_state text, p_nonce text, p_verifier text, p_back_to text)
returns void language sql volatile security definer set search_path = '' as $$
  delete from access.sign_in where ends_at < now();
  insert into access.sign_in (token_hash, state, nonce, verifier, back_to, ends_at)
    values (p_hash, p_state, p_nonce, p_verifier, p_back_to, now() + interval '10 minutes');
$$;

-- What was sent to the provider can be taken once: a second answer with the same state finds nothing.
create function access.take_sign_in(p_hash bytea)
returns table (state text, nonce text, verifier text, back_to text)
language sql volatile security definer set search_path = '' as $$
  delete from access.sign_in s where s.token_hash = p_hash and s.staff_id is null and s.ends_at > now()
    returning s.state, s.nonce, s.verifier, s.back_to
$$;

create function access.prove_sign_in(p_hash bytea, p_staff uuid, p_back_to text)
returns void language sql volatile security definer set search_path = '' as $$
  insert into access.sign_in (token_hash, staff_id, back_to, ends_at)
    values (p_hash, p_staff, p_back_to, now() + interval '10 minutes')
$$;

create function access.proved(p_hash bytea)
returns table (staff_id uuid, back_to text, is_local boolean, is_password_change_due boolean)
language sql stable security definer set search_path = '' as $$
  select s.staff_id, s.back_to, t.is_local_administrator, t.is_password_change_due
    from access.sign_in s join organisations.staff t on t.id = s.staff_id
    where s.token_hash = p_hash and s.ends_at > now()
$$;

create function access.end_sign_in(p_hash bytea) returns void
language sql volatile security definer set search_path = '' as $$
  delete from access.sign_in where token_hash = p_hash
$$;

create function access.staff_by_subject(p_issuer text, p_subject text) returns uuid
language sql stable security definer set search_path = '' as $$
  select id from organisations.staff where issuer = p_issuer and subject = p_subject
    and (left_on is null or left_on > organisations.today())
$$;

-- The local administrator exists only where nothing is synthetic.
create function access.local_administrator() returns table (staff_id uuid, password_hash text)
language sql stable security definer set search_path = '' as $$
  select t.id, t.password_hash from organisations.staff t, organisations.installation i
    where t.is_local_administrator and t.left_on is null and i.kind is distinct from 'synthetic'
$$;

create function access.change_password(p_hash bytea, p_password_hash text) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  update organisations.staff t set password_hash = p_password_hash, is_password_change_due = false
    where t.is_local_administrator and t.id = (select p.staff_id from access.proved(p_hash) p);
  return found;
end $$;

create function access.is_local_administrator(p_staff uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from access.local_administrator() l where l.staff_id = p_staff)
$$;

-- Any shipped role at any loaded organisation, one at a time: the last one taken ends here, with its sessions.
create function access.take_local_post(p_id uuid, p_staff uuid, p_organisation uuid, p_role text) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not access.is_local_administrator(p_staff) then
    raise exception 'not the local administrator' using errcode = 'KW002';
  end if;
  update access.session set ended_at = now() where staff_id = p_staff and ended_at is null;
  update organisations.post set during = daterange(lower(during), organisations.today())
    where staff_id = p_staff and during @> organisations.today() and not isempty(during);
  insert into organisations.post (id, staff_id, organisation_id, role, during)
    values (p_id, p_staff, p_organisation, p_role, daterange(organisations.today(), null));
  insert into access.entry (staff_id, post_id, purpose, verb, outcome)
    values (p_staff, p_id, 'service administration', 'took the role ' || p_role, 'done');
  return p_id;
end $$;

-- Begun after the proof of who they are, which is the program's to check. Signing in is itself on the log.
create or replace function access.begin_session(p_id uuid, p_token_hash bytea, p_csrf text, p_staff uuid, p_post uuid)
returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  if not exists (select from organisations.post p where p.id = p_post and p.staff_id = p_staff
                 and p.during @> organisations.today()) then
    raise exception 'no such post' using errcode = 'KW002';
  end if;
  insert into access.session (id, token_hash, csrf, staff_id, post_id, ends_at)
    values (p_id, p_token_hash, p_csrf, p_staff, p_post, now() + interval '10 hours');
  insert into access.entry (staff_id, post_id, session_id, purpose, verb, outcome)
    values (p_staff, p_post, p_id, 'service administration', 'signed in', 'done');
end $$;

-- As before, but two pages of one session do not wait for one another: who cannot have the row at once leaves it.
create or replace function access.enter(p_token text)
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
    update access.session s set seen_at = now() where s.id in
      (select o.id from access.session o where o.token_hash = sha256(convert_to(p_token, 'UTF8'))
         and o.seen_at < now() - interval '1 minute' for update skip locked);
    perform access.set_scope('session', encode(sha256(convert_to(p_token, 'UTF8')), 'hex'));
  end if;
end $$;

-- The session of this transaction ends, for good.
create function access.end_this_session() returns void
language sql volatile security definer set search_path = '' as $$
  update access.session set ended_at = now() where id = (access.asker()).session_id and ended_at is null
$$;

-- Counts a try. False when there were more than so many in the window, which starts on the clock's round minutes.
create function access.take_turn(p_key text, p_most integer, p_minutes integer) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_window timestamptz := date_bin(make_interval(mins => p_minutes), now(), timestamptz '2000-01-01 00:00Z');
  v_count integer;
begin
  delete from access.throttle where key = p_key and window_at < v_window;
  insert into access.throttle as t (key, window_at, count) values (p_key, v_window, 1)
    on conflict (key, window_at) do update set count = t.count + 1 returning t.count into v_count;
  return v_count <= p_most;
end $$;

do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p where p.pronamespace = 'access'::regnamespace
    and p.proname in ('start_sign_in', 'take_sign_in', 'prove_sign_in', 'proved', 'end_sign_in', 'staff_by_subject',
                      'local_administrator', 'change_password', 'is_local_administrator', 'take_local_post',
                      'end_this_session', 'take_turn')
  loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to keyworker_app', f);
  end loop;
end $$;
