-- Why:   find, trace and open in an emergency without a tie, under a count; say afterwards who looked.
-- Locks: an index on a table that is small in a new installation; new table and functions.
-- Undo:  drop the functions, access.search and the index.
-- Safe while the previous version is running: yes.

create index people_in_list on access.people_list using gin (people);

-- A unique hash made the second opener of a new list wait for the first one's transaction. Two rows of one list are
-- harmless; a reader who waits is not.
alter table access.people_list drop constraint people_list_pkey;
create index on access.people_list (hash);
create or replace function access.keep_list(p_people uuid[]) returns bytea
language plpgsql volatile security definer set search_path = '' as $$
declare v_sorted uuid[]; v_hash bytea;
begin
  select coalesce(array_agg(distinct p order by p), '{}') into v_sorted from unnest(p_people) p;
  v_hash := sha256(convert_to(v_sorted::text, 'UTF8'));
  if not exists (select from access.people_list l where l.hash = v_hash) then
    insert into access.people_list (hash, people) values (v_hash, v_sorted);
  end if;
  return v_hash;
end $$;
create or replace function access.opened() returns setof uuid
language sql stable security definer set search_path = '' as $$
  select unnest(people) from (select l.people from access.people_list l
    where l.hash = decode(access.scope('list'), 'hex') limit 1) one
$$;

-- What somebody searched for, so that the address of the answer need not say it. It goes with the session.
create unlogged table access.search (
  id uuid primary key,
  session_id uuid not null,
  words text not null,
  at timestamptz not null default now()
);

create function access.keep_search(p_id uuid, p_words text) returns void
language sql volatile security definer set search_path = '' as $$
  delete from access.search where at < now() - interval '10 hours';
  insert into access.search (id, session_id, words) values (p_id, (access.asker()).session_id, p_words);
$$;
create function access.kept_search(p_id uuid) returns text
language sql stable security definer set search_path = '' as $$
  select words from access.search where id = p_id and session_id = (access.asker()).session_id
$$;

create function access.own_person(p_staff uuid) returns uuid
language sql stable security definer set search_path = '' as $$
  select own_person_id from organisations.staff where id = p_staff
$$;

-- Who matches all that is given. Names are pairs of how the family and the given name begin, in small letters.
-- Written as text, so that each is planned for what was asked and always enters by an index.
create function access.matches(p_number text, p_born date, p_postcode text, p_families text[], p_givens text[],
                               p_also text, p_asker access.asker, p_most integer) returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
declare v_people uuid[];
begin
  execute 'select array_agg(id) from (select distinct p.id from people.person p'
    || case when p_families is null then '' else
      ' join people.name n on n.person_id = p.id and n.ended_at is null
        join unnest($4, $5) w(family, given)
          on lower(n.family) ~>=~ w.family and lower(n.family) ~<~ (w.family || chr(1114111))
         and lower(n.given) ~>=~ w.given and lower(n.given) ~<~ (w.given || chr(1114111))' end
    || case when p_number is null then '' else
      ' join people.identifier i on i.person_id = p.id and i.system = ''nhs'' and i.value = $1 and i.ended_at is null' end
    || case when p_postcode is null then '' else
      ' join people.contact_point c on c.person_id = p.id and c.kind = ''address'' and c.postcode = $3
         and c.ended_at is null' end
    || ' where true' || case when p_born is null then '' else ' and p.born_on = $2' end
    || p_also || ' limit $7) m'
    into v_people using p_number, p_born, p_postcode, p_families, p_givens, p_asker, p_most;
  return coalesce(v_people, '{}');
end $$;
revoke all on function access.matches from public;

-- The people the caller has to do with who match: ids only, 50 at most, 60 times in 5 minutes.
-- 'too many' in the place of an answer: ask them to add a birth date or a postcode.
create function access.find_people(p_number text, p_born date, p_postcode text, p_families text[], p_givens text[])
returns table (answer text, people uuid[])
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker(); v_all uuid[]; v_mine uuid[];
begin
  if v.staff_id is null or num_nonnulls(p_number, p_born, p_postcode, p_families) = 0 then
    return query select 'nothing asked', '{}'::uuid[]; return;
  end if;
  if not access.take_turn('find:' || v.staff_id, 60, 5) then
    return query select 'wait', '{}'::uuid[]; return;
  end if;
  v_all := access.matches(p_number, p_born, p_postcode, p_families, p_givens, '', v, 501);
  if cardinality(v_all) <= 500 then
    select array_agg(m) into v_mine from unnest(v_all) m
      where exists (select from access.tie(v.staff_id, v.organisation_id, m));
  else
    -- A common name: only whom this practice or team has, for asking each of thousands would take too long.
    v_mine := access.matches(p_number, p_born, p_postcode, p_families, p_givens,
      ' and (exists (select from people.registration r where r.person_id = p.id and r.ended_at is null
               and r.practice_id = ($6).organisation_id and r.during @> organisations.today())
          or exists (select from people.episode e join people.episode_turn t on t.episode_id = e.id and t.n = e.turn
               where e.person_id = p.id and (t.team_id = ($6).organisation_id or t.owner_id = ($6).staff_id)
                 and (e.closed_on is null or e.closed_on + 28 >= organisations.today())))', v, 51);
  end if;
  v_mine := array_remove(coalesce(v_mine, '{}'), access.own_person(v.staff_id));
  return query select case when cardinality(v_mine) > 50 then 'too many' when cardinality(v_all) > 500 then 'common'
                      else 'found' end, v_mine[1:50];
end $$;

-- The last ten people this session opened.
create function access.last_opened() returns uuid[]
language sql stable security definer set search_path = '' as $$
  select coalesce(array_agg(person_id order by last desc), '{}') from (
    select e.person_id, max(e.id) as last from access.entry e
      where e.staff_id = (access.asker()).staff_id and e.session_id = (access.asker()).session_id
        and e.person_id is not null and e.outcome = 'done' and e.at > now() - interval '10 hours'
      group by e.person_id order by max(e.id) desc limit 10) t
$$;

-- A list may also hold those whose emergency summary this place may see; then it is for finding them, no more.
create or replace function access.open_list(p_circle text, p_ids uuid[], p_purpose text, p_verb text) returns uuid[]
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
  elsif p_circle in ('tied', 'listed') and cardinality(p_ids) <= 50 then
    select array_agg(i) into v_people from unnest(p_ids) i
      where exists (select from access.tie(v.staff_id, v.organisation_id, i) t
                    where t <> 'listed' or p_circle = 'listed');
  else
    return null;
  end if;
  if v.staff_id is not null then
    v_people := array_remove(v_people, access.own_person(v.staff_id));
  end if;
  v_people := coalesce(v_people, '{}');
  v_hash := access.keep_list(v_people);
  perform access.write_entry(v, p_purpose, p_verb, null, v_hash, p_circle, 'done');
  perform access.set_scope('list', encode(v_hash, 'hex'));
  return v_people;
end $$;

-- Tracing gives the least that tells two people apart. 20 in 5 minutes; found or not, it is on the log.
create function access.trace(p_number text, p_born date, p_families text[], p_givens text[], p_purpose text)
returns table (answer text, person_id uuid, family text, given text, born_on date, postcode text, practice text,
               is_known boolean, is_tied boolean)
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker(); v_people uuid[]; v_person uuid;
begin
  if v.staff_id is null or p_born is null or num_nonnulls(p_number, p_families) = 0 then return; end if;
  if not access.take_turn('trace:' || v.staff_id, 20, 5) then
    return query select 'wait', null::uuid, null, null, null::date, null, null, null::boolean, null::boolean; return;
  end if;
  -- The whole family name, or the half of one and a birth date would find somebody else.
  v_people := array_remove(access.matches(p_number, p_born, null, p_families, p_givens,
    case when p_families is null then '' else ' and lower(n.family) = w.family' end, v, 6),
                           access.own_person(v.staff_id));
  if cardinality(v_people) > 5 then
    perform access.write_entry(v, p_purpose, 'traced, more than 5', null, null, null, 'refused');
    return query select 'too many', null::uuid, null, null, null::date, null, null, null::boolean, null::boolean; return;
  end if;
  if cardinality(v_people) = 0 then
    perform access.write_entry(v, p_purpose, 'traced, nobody found', null, null, null, 'done');
  end if;
  foreach v_person in array v_people loop
    perform access.write_entry(v, p_purpose, 'traced', v_person, null, null, 'done');
  end loop;
  return query select 'found', p.id, n.family, n.given, p.born_on,
      (select c.postcode from people.contact_point c
         where c.person_id = p.id and c.kind = 'address' and c.ended_at is null limit 1),
      (select o.name from people.registration r join organisations.organisation o on o.id = r.practice_id
         where r.person_id = p.id and r.ended_at is null and r.during @> organisations.today()),
      exists (select from people.episode e where e.person_id = p.id and e.closed_on is null),
      exists (select from access.tie(v.staff_id, v.organisation_id, p.id) t where t <> 'listed')
    from people.person p join people.name n on n.person_id = p.id and n.ended_at is null
    where p.id = any (v_people) order by n.family, n.given, p.id;
end $$;

-- Claims a relationship by number and birth date together. An emergency is never counted, so never refused for it.
-- The answer is 'opened', 'nobody', 'own record' or 'wait'.
create function access.claim_person(p_id uuid, p_kind text, p_number text, p_born date, p_reason text, p_words text,
                                    p_hours integer) returns table (answer text, person_id uuid)
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker(); v_person uuid; v_verb text;
begin
  if v.staff_id is null then return; end if;
  v_verb := case p_kind when 'break-glass' then 'opened in an emergency' else 'claimed a relationship' end;
  if p_kind <> 'break-glass' and not access.take_turn('claim:' || v.staff_id, 5, 60) then
    return query select 'wait', null::uuid; return;
  end if;
  v_person := (access.matches(p_number, p_born, null, null, null, '', v, 1))[1];
  if v_person is null or v_person = access.own_person(v.staff_id) then
    perform access.write_entry(v, 'direct care', v_verb, v_person, null, null, 'refused');
    return query select case when v_person is null then 'nobody' else 'own record' end, null::uuid; return;
  end if;
  insert into access.claim (id, person_id, staff_id, kind, reason, words, since, until)
    values (p_id, v_person, v.staff_id, p_kind, p_reason, p_words, now(), now() + make_interval(hours => p_hours));
  return query select 'opened', v_person;
end $$;

-- For the privacy officer: openings by reference. Who and about whom comes only with the one that is looked into.
create function access.openings(p_kind text, p_state text)
returns table (id uuid, kind text, reason text, since timestamptz, until timestamptz, role text,
               organisation_name text, reviewed_at timestamptz, review text)
language sql stable security definer set search_path = '' as $$
  select c.id, c.kind, c.reason, c.since, c.until, p.role, o.name, c.reviewed_at, c.review
    from access.claim c
    left join lateral (select e.post_id from access.entry e where e.staff_id = c.staff_id and e.person_id = c.person_id
      and e.at >= c.since order by e.at limit 1) e on true
    left join organisations.post p on p.id = e.post_id
    left join organisations.organisation o on o.id = p.organisation_id
    where (access.asker()).staff_id is not null and c.kind = p_kind
      and (p_state = 'all' or (p_state = 'to review') = (c.reviewed_at is null))
    order by c.since desc, c.id
$$;

create function access.opening(p_id uuid)
returns table (id uuid, kind text, reason text, words text, since timestamptz, until timestamptz, staff_id uuid,
               staff_name text, family text, given text, born_on date, looks bigint, reviewed_at timestamptz,
               reviewer_name text, review text, review_words text, is_own boolean)
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker(); v_person uuid;
begin
  select c.person_id into v_person from access.claim c where c.id = p_id;
  if v.staff_id is null or v_person is null then return; end if;
  perform access.write_entry(v, 'audit and privacy', 'looked into an opening', v_person, null, null, 'done');
  return query select c.id, c.kind, c.reason, c.words, c.since, c.until, c.staff_id, s.name, n.family, n.given,
      p.born_on,
      (select count(*) from access.entry e where e.staff_id = c.staff_id and e.person_id = c.person_id
         and e.at between c.since and c.until and e.outcome = 'done'),
      c.reviewed_at, r.name, c.review, c.review_words, c.staff_id = v.staff_id
    from access.claim c join organisations.staff s on s.id = c.staff_id
    join people.person p on p.id = c.person_id
    join people.name n on n.person_id = p.id and n.ended_at is null
    left join organisations.staff r on r.id = c.reviewed_by
    where c.id = p_id;
end $$;

-- Once, and never by who opened it. The answer is false when somebody reviewed it first.
create function access.review_opening(p_id uuid, p_review text, p_words text) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker();
begin
  update access.claim set reviewed_at = now(), reviewed_by = v.staff_id, review = p_review, review_words = p_words
    where id = p_id and reviewed_at is null and staff_id <> v.staff_id;
  return found;
end $$;

-- Who looked at the person this transaction has open: alone, or in a list.
create function access.looks_at(p_person uuid)
returns table (id bigint, at timestamptz, who text, role text, organisation_name text, purpose text, verb text,
               is_list boolean, outcome text)
language sql stable security definer set search_path = '' as $$
  select e.id, e.at, coalesce(s.name, 'Keyworker itself: ' || e.system), p.role, o.name, e.purpose, e.verb,
         e.list_hash is not null, e.outcome
    from access.entry e
    left join organisations.staff s on s.id = e.staff_id
    left join organisations.post p on p.id = e.post_id
    left join organisations.organisation o on o.id = p.organisation_id
    where p_person = access.person() and (e.person_id = p_person or e.list_hash in
      (select l.hash from access.people_list l where l.people @> array[p_person]))
$$;

do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p where p.pronamespace = 'access'::regnamespace
    and p.proname in ('keep_search', 'kept_search', 'find_people', 'last_opened', 'trace', 'claim_person', 'openings',
                      'opening', 'review_opening', 'looks_at', 'own_person')
  loop
    execute format('revoke all on function %s from public', f);
    if f::text not like 'access.own_person%' then
      execute format('grant execute on function %s to keyworker_app', f);
    end if;
  end loop;
end $$;
