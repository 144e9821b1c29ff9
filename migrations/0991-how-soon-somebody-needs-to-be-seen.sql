-- Why:   a referral said in free text that it was urgent, and nothing else did (hazard HZ16). Now a named human says of each
--        person accepted how soon they need to be seen, and by when that is. What was said is never changed: a change is
--        the next row.
-- Locks: a new table; a column without a default and two constraints not checked against old rows on referral.step.
-- Undo:  drop the two constraints and the column of referral.step, then the table.
-- Safe while the previous version is running: to read, yes. What the previous version accepts is refused, because it does
--        not say how soon; nothing of it is kept.

create table referral.triage (
  episode_id uuid not null,
  n integer not null check (n > 0),
  person_id uuid not null,
  how_soon text not null check (how_soon in ('2 hours', 'today', '2 working days', '5 working days', '10 working days')),
  -- When the clock began, and until when it runs: to the end of a day, or to a time of it.
  from_at timestamptz not null,
  by_on date not null,
  by_at timestamptz,
  -- The priority the referral came with, by the code it came with; none where none was given.
  referrer_said text,
  -- What was pointed out and looked at again before a slower class was kept.
  checked text[] not null default '{}',
  -- Later than was said before: only with the reason.
  is_later boolean not null default false,
  words text check (words <> ''),
  at timestamptz not null,
  recorded_at timestamptz not null default now(),
  recorded_by uuid not null references organisations.staff,
  -- No row without the one before it.
  before_n integer generated always as (nullif(n - 1, 0)) stored,
  primary key (episode_id, n),
  foreign key (episode_id, person_id) references people.episode (id, person_id),
  foreign key (episode_id, before_n) references referral.triage (episode_id, n),
  check (not is_later or (n > 1 and words is not null)),
  check ((how_soon = '2 hours') = (by_at is not null))
);
create index on referral.triage (person_id);

select access.guard('referral.triage');
-- Never changed, never taken away.
grant select, insert on referral.triage to keyworker_app;

-- Nobody is accepted without it. Those accepted before were not asked, and stay so.
alter table referral.step add column how_soon_n integer;
alter table referral.step add constraint how_soon_is_of_the_episode
  foreign key (episode_id, how_soon_n) references referral.triage (episode_id, n) not valid;
alter table referral.step add constraint accepted_with_how_soon
  check (answer is distinct from 'accepted' or how_soon_n is not null) not valid;
