-- Why:   two people with like names on one ward or in one caseload are mistaken for each other (hazard HZ01); the banner
--        had a place for the warning and nothing ever set it.
-- Locks: new functions only.
-- Undo:  drop function people.has_namesake, people.sound.
-- Safe while the previous version is running: yes.

-- How a name sounds, roughly, by the rule that the queue of doubtful identities uses (migration 0100).
create function people.sound(p_name text) returns text language sql immutable parallel safe set search_path = '' as $$
  select left(n, 1) || regexp_replace(regexp_replace(substr(n, 2), '[aeiouyh]', '', 'g'), '(.)\1+', '\1', 'g')
  from (select translate(replace(replace(replace(regexp_replace(people.plain(p_name), '[^[:alpha:]]', '', 'g'),
    'ck', 'k'), 'ph', 'f'), 'cz', 'c'), 'wz', 'vs') as n) t
$$;
revoke all on function people.sound from public;

-- Whether somebody else in the same case manager's caseload, or on the same ward, has a family name that sounds like
-- the open person's and a given name that begins with the same letter. It says that there is one, never who.
create function people.has_namesake() returns boolean
language sql stable security definer set search_path = '' as $$
  with own as (
    select e.person_id, t.owner_id, case when o.kind = 'ward' then t.team_id end as ward_id,
      people.sound(n.family) as family, left(people.plain(n.given), 1) as given
    from people.episode e
      join people.episode_turn t on t.episode_id = e.id and t.n = e.turn
      join organisations.organisation o on o.id = t.team_id
      join people.name n on n.person_id = e.person_id and n.ended_at is null
    where e.person_id = (select access.person()) and e.closed_on is null
  ), near as (
    select u.episode_id, u.n, w.* from own w join people.episode_turn u on u.owner_id = w.owner_id
    union all
    select u.episode_id, u.n, w.* from own w join people.episode_turn u on u.team_id = w.ward_id
  )
  select exists (select from near w
    join people.episode f on f.id = w.episode_id and f.turn = w.n and f.closed_on is null and f.person_id <> w.person_id
    join people.name n on n.person_id = f.person_id and n.ended_at is null
    where left(people.plain(n.given), 1) = w.given and people.sound(n.family) = w.family)
$$;
revoke all on function people.has_namesake from public;
grant execute on function people.has_namesake to keyworker_app;
