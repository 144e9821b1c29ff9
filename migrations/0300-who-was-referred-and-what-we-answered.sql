-- Why:   referrals and the answer to each; an accepted one opens an episode with a named case manager.
-- Locks: new tables only.
-- Undo:  drop schema referral cascade, after taking referral.tie out of access.tie.
-- Safe while the previous version is running: yes.

create schema referral;
grant usage on schema referral to keyworker_app;

create table referral.referral (
  id uuid primary key,
  person_id uuid not null references people.person,
  programme_id uuid not null references organisations.programme,
  team_id uuid not null references organisations.organisation,
  source text not null check (source in ('case-finding', 'direct')),
  reason text not null,
  words text,
  referred_by uuid not null references organisations.staff,
  received_at timestamptz not null,
  recorded_at timestamptz not null default now(),
  unique (id, person_id)
);
create index on referral.referral (person_id);
create index on referral.referral (team_id);

create table referral.step (
  id uuid primary key,
  referral_id uuid not null,
  person_id uuid not null,
  kind text not null check (kind in ('decided', 'taken back')),
  answer text check (answer in ('accepted', 'declined')),
  reason text not null,
  words text,
  episode_id uuid,
  at timestamptz not null,
  recorded_at timestamptz not null default now(),
  recorded_by uuid not null references organisations.staff,
  foreign key (referral_id, person_id) references referral.referral (id, person_id),
  foreign key (episode_id, person_id) references people.episode (id, person_id),
  check ((kind = 'decided') = (answer is not null)),
  check ((answer is not distinct from 'accepted') <= (episode_id is not null))
);
create index on referral.step (person_id);
-- One referral is answered once, and an answer is taken back once.
create unique index decided_once on referral.step (referral_id, kind);

select access.guard('referral.referral');
select access.guard('referral.step');
grant select, insert on referral.referral, referral.step to keyworker_app;

-- A referral that waits for an answer ties the person to the team it was sent to: the referral only.
create function referral.tie(p_staff uuid, p_organisation uuid, p_person uuid) returns setof text
language sql stable security definer set search_path = '' as $$
  select 'referral' from referral.referral r
    where r.person_id = p_person and r.team_id = p_organisation
      and not exists (select from referral.step s where s.referral_id = r.id and s.kind = 'decided')
$$;
revoke all on function referral.tie from public;
select access.add_tie('referral.tie');

-- How many open episodes each worker of some teams holds in a programme: counts, never whose.
create function referral.caseloads(p_programme uuid, p_teams uuid[])
returns table (team_id uuid, owner_id uuid, held bigint)
language sql stable security definer set search_path = '' as $$
  select t.team_id, t.owner_id, count(*)
    from people.episode e join people.episode_turn t on t.episode_id = e.id and t.n = e.turn
    where e.programme_id = p_programme and e.closed_on is null and t.team_id = any (p_teams)
    group by t.team_id, t.owner_id
$$;
revoke all on function referral.caseloads from public;
grant execute on function referral.caseloads to keyworker_app;
