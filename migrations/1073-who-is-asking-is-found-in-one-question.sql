-- Why:   every page begins with who is asking. The session was read three times for it, what is written once a minute was looked for
--        each time, and where few work all posts and organisations were read whole: 105 microseconds, now 77 (5,000 staff: 81, 53).
-- Locks: two functions.
-- Undo:  access.arrive as in 0902, access.enter as in 0010.
-- Safe while the previous version is running: yes.

create or replace function access.arrive(p_token text)
returns table (session_id uuid, csrf text, staff_id uuid, staff_name text, post_id uuid, role text, organisation_id uuid,
               organisation_name text, organisation_kind text, may_change_post boolean, has_word boolean, changes jsonb,
               house_kind text, house_name text, house_day date)
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_hash bytea := sha256(convert_to(p_token, 'UTF8')); v_today date := organisations.today(); v_seen_at timestamptz;
begin
  select s.id, s.csrf, t.id, t.name, p.id, p.role, o.id, o.name, o.kind,
      exists (select from organisations.post x where x.staff_id = t.id and x.id <> p.id and x.during @> v_today)
        or (t.is_local_administrator and access.is_local_administrator(t.id)),
      s.said is not null,
      coalesce((select jsonb_agg(jsonb_build_object('activity', c.activity, 'change', c.change))
        from organisations.role_change c
        where c.organisation_id = o.id and c.role = p.role and c.ended_at is null), '[]'),
      i.kind, i.name, i.day_on, s.seen_at
    into session_id, csrf, staff_id, staff_name, post_id, role, organisation_id, organisation_name, organisation_kind,
      may_change_post, has_word, changes, house_kind, house_name, house_day, v_seen_at
    from access.session s
    cross join lateral (select t.* from organisations.staff t
      where t.id = s.staff_id and (t.left_on is null or t.left_on > v_today) limit 1) t
    cross join lateral (select p.* from organisations.post p where p.id = s.post_id and p.during @> v_today limit 1) p
    cross join lateral (select o.* from organisations.organisation o where o.id = p.organisation_id limit 1) o
    left join organisations.installation i on true
    where s.token_hash = v_hash and s.ended_at is null and s.ends_at > now() and s.seen_at > now() - interval '15 minutes';
  if not found then return; end if;
  -- Written at most once a minute, so that reading a page seldom writes to the session.
  if v_seen_at < now() - interval '1 minute' then
    update access.session s set seen_at = now() where s.id in
      (select o.id from access.session o where o.id = session_id and o.seen_at < now() - interval '1 minute' for update skip locked);
  end if;
  perform access.set_scope('session', encode(v_hash, 'hex'));
  return next;
end $$;

-- The same, of whom less is asked.
create or replace function access.enter(p_token text)
returns table (session_id uuid, csrf text, staff_id uuid, staff_name text, post_id uuid, role text,
               organisation_id uuid, organisation_name text, organisation_kind text)
language sql volatile security definer set search_path = '' as $$
  select a.session_id, a.csrf, a.staff_id, a.staff_name, a.post_id, a.role, a.organisation_id, a.organisation_name,
    a.organisation_kind
  from access.arrive(p_token) a
$$;
