-- Why:   the people, their names, numbers, addresses, practices, wishes and their time with us.
-- Locks: new tables only.
-- Undo:  drop schema people.
-- Safe while the previous version is running: yes.

create schema people;
grant usage on schema people to keyworker_app;

create table people.person (
  id uuid primary key,
  born_on date,
  born_about boolean not null default false,
  sex text not null default 'not known' check (sex in ('female', 'male', 'not specified', 'not known')),
  language text,
  died_on date,
  recorded_at timestamptz not null default now()
);

create table people.identifier (
  id uuid primary key,
  person_id uuid not null references people.person,
  system text not null check (system in ('nhs', 'local')),
  value text not null,
  recorded_at timestamptz not null default now(),
  ended_at timestamptz,
  ended_reason text,
  check (system <> 'nhs' or value ~ '^[0-9]{10}$')
);
create unique index one_holder on people.identifier (system, value) where ended_at is null;
create unique index one_nhs_number on people.identifier (person_id) where system = 'nhs' and ended_at is null;
create index on people.identifier (person_id);

create table people.name (
  id uuid primary key,
  person_id uuid not null references people.person,
  family text not null,
  given text not null,
  title text,
  called text,
  recorded_at timestamptz not null default now(),
  ended_at timestamptz
);
create unique index current_name on people.name (person_id) where ended_at is null;
create index on people.name (person_id);

create table people.contact_point (
  id uuid primary key,
  person_id uuid not null references people.person,
  kind text not null check (kind in ('address', 'telephone', 'email', 'next of kin')),
  value text not null,
  postcode text,
  telephone text,
  recorded_at timestamptz not null default now(),
  ended_at timestamptz
);
create index on people.contact_point (person_id);

create table people.registration (
  id uuid primary key,
  person_id uuid not null references people.person,
  practice_id uuid not null references organisations.organisation,
  during daterange not null,
  recorded_at timestamptz not null default now(),
  ended_at timestamptz,
  exclude using gist (person_id with =, during with &&) where (ended_at is null)
);
create index on people.registration (person_id);
create index on people.registration (practice_id);

create table people.allergy (
  id uuid primary key,
  person_id uuid not null references people.person,
  code_system text,
  code text,
  name text not null,
  reaction text,
  recorded_on date,
  source text not null,
  recorded_at timestamptz not null default now(),
  ended_at timestamptz
);
create index on people.allergy (person_id);

create table people.relation (
  id uuid primary key,
  person_id uuid not null references people.person,
  other_person_id uuid not null references people.person,
  kind text not null,
  since date,
  recorded_at timestamptz not null default now(),
  ended_at timestamptz,
  check (person_id <> other_person_id)
);
create index on people.relation (person_id);
create index on people.relation (other_person_id);

-- What the person wants of us: to take part, to share and with whom, what they object to.
create table people.wish (
  id uuid primary key,
  person_id uuid not null references people.person,
  kind text not null check (kind in ('take part', 'share with out of hours', 'objection')),
  purpose text not null default '',
  answer text not null check (answer in ('yes', 'no', 'not asked')),
  words text,
  source text not null,
  since date not null,
  recorded_by uuid,
  recorded_at timestamptz not null,
  until date,
  ended_at timestamptz,
  ended_by uuid
);
create unique index current_wish on people.wish (person_id, kind, purpose) where ended_at is null;
create index on people.wish (person_id);

create table people.mark (
  id uuid primary key,
  person_id uuid not null references people.person,
  kind text not null check (kind in ('sensitive identity', 'staff or relative', 'legal hold', 'do not visit alone',
                                     'lives alone', 'no known allergies')),
  words text,
  since date not null,
  recorded_by uuid,
  recorded_at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid
);
create unique index current_mark on people.mark (person_id, kind) where ended_at is null;
create index on people.mark (person_id);

-- Perhaps the same person: a named queue, never joined by the program.
create table people.doubt (
  id uuid primary key,
  person_id uuid not null references people.person,
  other_person_id uuid not null references people.person,
  why text not null,
  raised_at timestamptz not null,
  answer text check (answer in ('same person', 'not the same person', 'not sure')),
  answered_at timestamptz,
  answered_by uuid references organisations.staff,
  check (person_id <> other_person_id),
  check ((answer is null) = (answered_at is null)),
  check ((answer is null) = (answered_by is null))
);
create unique index one_doubt_a_pair on people.doubt
  (least(person_id, other_person_id), greatest(person_id, other_person_id)) where answer is null;
create index on people.doubt (person_id);
create index on people.doubt (other_person_id);

create table people.merge (
  id uuid primary key,
  kept_person_id uuid not null references people.person,
  joined_person_id uuid not null references people.person,
  proposed_by uuid not null references organisations.staff,
  proposed_at timestamptz not null,
  agreed_by uuid references organisations.staff,
  agreed_at timestamptz,
  undone_by uuid references organisations.staff,
  undone_at timestamptz,
  check (kept_person_id <> joined_person_id),
  check (agreed_by is distinct from proposed_by)
);
create index on people.merge (kept_person_id);
create index on people.merge (joined_person_id);

-- A person's time with us. The turn a page was drawn from is the version its form carries back.
create table people.episode (
  id uuid primary key,
  person_id uuid not null references people.person,
  programme_id uuid not null references organisations.programme,
  opened_on date not null,
  turn integer not null check (turn > 0),
  closed_on date,
  recorded_at timestamptz not null,
  unique (id, person_id),
  check (closed_on >= opened_on)
);
create unique index one_open_episode on people.episode (person_id, programme_id) where closed_on is null;
create index on people.episode (person_id);

create table people.episode_turn (
  episode_id uuid not null,
  n integer not null check (n > 0),
  person_id uuid not null,
  stage text not null check (stage in ('offered', 'active', 'monitoring', 'closed')),
  owner_id uuid not null references organisations.staff,
  team_id uuid not null references organisations.organisation,
  reason text not null,
  effective_at timestamptz not null,
  recorded_at timestamptz not null,
  recorded_by uuid not null references organisations.staff,
  primary key (episode_id, n),
  foreign key (episode_id, person_id) references people.episode (id, person_id)
);
create index on people.episode_turn (person_id);
create index on people.episode_turn (owner_id);
create index on people.episode_turn (team_id);
-- No open episode without a named case manager: its current turn must exist, and a turn must have an owner.
alter table people.episode add constraint owner_always
  foreign key (id, turn) references people.episode_turn (episode_id, n) deferrable initially deferred;

create index name_family on people.name (lower(family) text_pattern_ops) where ended_at is null;
create index postcode_now on people.contact_point (postcode) where ended_at is null and kind = 'address';
create index born_on_day on people.person (born_on);

alter table organisations.staff add foreign key (own_person_id) references people.person;
