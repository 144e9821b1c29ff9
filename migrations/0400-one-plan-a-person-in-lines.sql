-- Why:   a plan is what matters, goals, actions and what to do if things get worse, kept in every version it had.
-- Locks: new tables only.
-- Undo:  drop schema care_plan.
-- Safe while the previous version is running: yes.

create schema care_plan;
grant usage on schema care_plan to keyworker_app;

-- One plan a person, whatever programmes they are in: two plans for one person is one nobody reads.
create table care_plan.plan (
  id uuid primary key,
  person_id uuid not null unique references people.person,
  version integer not null check (version > 0),
  recorded_at timestamptz not null,
  unique (id, person_id)
);

create table care_plan.version (
  plan_id uuid not null,
  n integer not null check (n > 0),
  person_id uuid not null,
  agreed_by text check (agreed_by in ('the person', 'somebody who may decide for them')),
  agreed_with text,
  agreed_on date,
  review_on date,
  saved_by uuid not null references organisations.staff,
  saved_at timestamptz not null,
  primary key (plan_id, n),
  foreign key (plan_id, person_id) references care_plan.plan (id, person_id),
  check ((agreed_by is null) = (agreed_on is null)),
  check (agreed_by is not null or agreed_with is null),
  check (agreed_by is null or review_on is not null)
);
create index on care_plan.version (person_id);
alter table care_plan.plan add constraint version_always
  foreign key (id, version) references care_plan.version (plan_id, n) deferrable initially deferred;

-- A line stands from one version until before another. A changed line ends and a new one with its line_id begins.
create table care_plan.line (
  id uuid primary key,
  line_id uuid not null,
  plan_id uuid not null,
  person_id uuid not null,
  kind text not null check (kind in ('what matters', 'goal', 'action', 'if-then')),
  goal_id uuid,
  place integer not null check (place >= 0),
  words text not null check (words <> ''),
  then_words text,
  call_words text,
  owner_id uuid references organisations.staff,
  owner_words text check (owner_words in ('the person', 'family or friend')),
  due_on date,
  for_out_of_hours boolean not null default false,
  from_version integer not null,
  until_version integer check (until_version > from_version),
  foreign key (plan_id, person_id) references care_plan.plan (id, person_id),
  foreign key (plan_id, from_version) references care_plan.version (plan_id, n) deferrable initially deferred,
  check ((kind = 'action') = (goal_id is not null)),
  check (kind = 'action' or (owner_id is null and owner_words is null and due_on is null and not for_out_of_hours)),
  check (owner_id is null or owner_words is null),
  check (kind = 'if-then' or (then_words is null and call_words is null))
);
create unique index one_line_now on care_plan.line (plan_id, line_id) where until_version is null;
create unique index what_matters_once on care_plan.line (plan_id) where kind = 'what matters' and until_version is null;
create index on care_plan.line (person_id);
create index on care_plan.line (plan_id);
create index on care_plan.line (owner_id) where until_version is null;

-- What became of an action: in progress, done, stopped. The newest remark is how it stands.
create table care_plan.remark (
  id uuid primary key,
  plan_id uuid not null,
  line_id uuid not null,
  person_id uuid not null,
  state text not null check (state in ('in progress', 'done', 'not done', 'stopped')),
  words text,
  made_by uuid not null references organisations.staff,
  made_at timestamptz not null,
  foreign key (plan_id, person_id) references care_plan.plan (id, person_id)
);
create index on care_plan.remark (person_id);
create index on care_plan.remark (plan_id, line_id, made_at);

select access.guard(('care_plan.' || t)::regclass) from unnest(array['plan', 'version', 'line', 'remark']) t;
grant select, insert on care_plan.plan, care_plan.version, care_plan.line, care_plan.remark to keyworker_app;
grant update (version) on care_plan.plan to keyworker_app;
grant update (until_version) on care_plan.line to keyworker_app;
