-- Why:   somebody accepted waits until somebody is in touch. Whether that has happened is worked out from the contacts, in
--        one place; and who waits, and whose time has run out, is seen by the whole team and the practice, because the case
--        manager may be away (hazards HZ15 and HZ16).
-- Locks: new functions only.
-- Undo:  drop the functions.
-- Safe while the previous version is running: yes.

-- Whether somebody was in touch with the person of an episode since its clock began. A contact written down with a day and
-- no time stands at the day's beginning: on the day the clock began it counts.
create function co_ordination.heard_since(p_episode uuid, p_from timestamptz) returns boolean
language sql stable set search_path = '' as $$
  select exists (select from co_ordination.contact c where c.episode_id = p_episode and c.struck_at is null
    and (c.happened_at >= p_from
      or c.happened_at = (p_from at time zone 'Europe/London')::date::timestamp at time zone 'Europe/London'))
$$;
revoke all on function co_ordination.heard_since from public;
grant execute on function co_ordination.heard_since to keyworker_app;

-- Everybody of a place, team or practice, who waits for a first contact, and from when it is late.
create function co_ordination.waiting_at(p_organisation uuid)
returns table (person_id uuid, owner_id uuid, team_id uuid, late_from timestamptz)
language sql stable security definer set search_path = '' as $$
  select n.person_id, n.owner_id, n.team_id, coalesce(r.by_at, (r.by_on + 1)::timestamp at time zone 'Europe/London')
  from co_ordination.standing n join referral.triage f on f.episode_id = n.episode_id and f.n = 1
    cross join lateral (select r.by_on, r.by_at from referral.triage r where r.episode_id = n.episode_id
                        order by r.n desc limit 1) r
  where (n.team_id = p_organisation or n.practice_id = p_organisation
      and organisations.today() >= n.practice_from and organisations.today() < n.practice_until)
    and not co_ordination.heard_since(n.episode_id, f.from_at)
$$;
revoke all on function co_ordination.waiting_at from public;

-- Of whom of the caller's team the time for a first contact has run out, by case manager, and since when: counts, never
-- whose.
create function co_ordination.first_contacts_late(p_now timestamptz)
returns table (owner_id uuid, name text, late integer, since timestamptz)
language sql stable security definer set search_path = '' as $$
  with here as materialized (select (access.asker()).organisation_id as id)
  select s.id, s.name, count(*)::integer, min(w.late_from)
  from co_ordination.waiting_at((select here.id from here)) w join organisations.staff s on s.id = w.owner_id
  where w.team_id = (select here.id from here) and w.late_from <= p_now
  group by s.id, s.name order by min(w.late_from), s.name
$$;
revoke all on function co_ordination.first_contacts_late from public;
grant execute on function co_ordination.first_contacts_late to keyworker_app;

-- Opens whoever of the caller's team or practice waits for a first contact, logged by its content.
create function co_ordination.open_waiting(p_purpose text, p_verb text) returns uuid[]
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker(); v_people uuid[];
begin
  if v.staff_id is null then return null; end if;
  select array_agg(distinct w.person_id) into v_people from co_ordination.waiting_at(v.organisation_id) w
    where exists (select from access.tie(v.staff_id, v.organisation_id, w.person_id) t where t <> 'listed')
      and not exists (select from organisations.staff s where s.id = v.staff_id and s.own_person_id = w.person_id);
  return co_ordination.open_set(v, v_people, p_purpose, p_verb, 'my people');
end $$;
revoke all on function co_ordination.open_waiting from public;
grant execute on function co_ordination.open_waiting to keyworker_app;
