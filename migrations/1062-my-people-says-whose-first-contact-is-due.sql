-- Why:   My people said "Nothing planned" of somebody whose first contact is due: the list a co-ordinator looks down to see who
--        needs a ring left out the first ring of all.
-- Locks: a new function.
-- Undo:  drop the function.
-- Safe while the previous version is running: yes.

-- Of the people given, whose rows a permit has opened: until when somebody is to be in touch first, the soonest of their open
-- episodes. It reads as its caller; those with whom somebody has been in touch are not in it.
create function co_ordination.first_contacts_due(p_people uuid[]) returns table (person_id uuid, by_on date)
language sql stable set search_path = '' as $$
  select f.person_id, min(r.by_on)
  from referral.triage f
    join people.episode e on e.id = f.episode_id and e.person_id = f.person_id and e.closed_on is null
    cross join lateral (select x.by_on from referral.triage x where x.episode_id = f.episode_id order by x.n desc limit 1) r
  where f.person_id = any (p_people) and f.n = 1 and not co_ordination.heard_since(f.episode_id, f.from_at)
  group by f.person_id
$$;
revoke all on function co_ordination.first_contacts_due from public;
grant execute on function co_ordination.first_contacts_due to keyworker_app;
