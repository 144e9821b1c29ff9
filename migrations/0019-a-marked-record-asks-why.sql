-- Why:   staff who are patients too, their relatives, and people who must not be found asked for more care with their record,
--        and nothing could be said of it: a marked record asks everybody why, at each sign-in, and the privacy officer reads it.
-- Locks: replaces two checks and three functions; new functions.
-- Undo:  drop access.give_reason and access.asks_why, and put open_person and claim_tie back from 0003.
-- Safe while the previous version is running: yes: it never writes the new kind, and a marked record stays shut to it.

alter table access.claim drop constraint claim_kind_check;
alter table access.claim add constraint claim_kind_check check (kind in ('self-claimed', 'break-glass', 'reason'));

-- A reason opens nothing by itself: a tie is needed as well.
create or replace function access.claim_tie(p_staff uuid, p_organisation uuid, p_person uuid) returns setof text
language sql stable security definer set search_path = '' as $$
  select c.kind from access.claim c
    where c.person_id = p_person and c.staff_id = p_staff and c.since <= now() and c.until > now() and c.kind <> 'reason'
$$;

-- Whether a record is marked and the asker has not said why: in this sign-in, or as they opened it in an emergency or
-- claimed it.
create function access.asks_why(p_asker access.asker, p_person uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from people.mark m where m.person_id = p_person and m.ended_at is null
                   and m.kind in ('sensitive identity', 'staff or relative'))
    and not exists (select from access.claim c join access.session s on s.id = p_asker.session_id
                    where c.person_id = p_person and c.staff_id = p_asker.staff_id and c.until > now()
                      and (c.kind <> 'reason' or c.since >= s.started_at))
$$;
revoke all on function access.asks_why from public;

-- As in 0003. Of a marked record it answers 'reason needed' and opens nothing, until a reason is given.
create or replace function access.open_person(p_person uuid, p_purpose text, p_verb text, p_ties text[]) returns text
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
    if v_tie is not null and access.asks_why(v, p_person) then return 'reason needed'; end if;
  elsif v.system is not null and exists (select from people.person where id = p_person) then
    v_tie := 'system';
  end if;
  if v_tie is null then return null; end if;
  perform access.write_entry(v, p_purpose, p_verb, p_person, null, v_tie, 'done');
  perform access.set_scope('person', p_person::text);
  return v_tie;
end $$;

-- Writes down why somebody with a tie opens a marked record, and opens it for this transaction, so that its own journal can
-- say so. The reason holds for this sign-in, at most 10 hours.
create function access.give_reason(p_id uuid, p_person uuid, p_reason text, p_words text) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker(); v_tie text;
begin
  select t into v_tie from access.tie(v.staff_id, v.organisation_id, p_person) t limit 1;
  if v_tie is null or p_person is not distinct from access.own_person(v.staff_id) then return false; end if;
  insert into access.claim (id, person_id, staff_id, kind, reason, words, since, until)
    values (p_id, p_person, v.staff_id, 'reason', p_reason, p_words, now(), now() + interval '10 hours')
    on conflict (id) do nothing;
  perform access.write_entry(v, 'direct care', 'said why', p_person, null, v_tie, 'done');
  perform access.set_scope('person', p_person::text);
  return true;
end $$;
revoke all on function access.give_reason from public;
grant execute on function access.give_reason to keyworker_app;
