-- Why:   who lies in which virtual bed, how often they are looked at, and what each round decided.
-- Locks: new tables only.
-- Undo:  drop schema ward.
-- Safe while the previous version is running: yes.

create schema ward;
grant usage on schema ward to keyworker_app;

create table ward.bed (
  id uuid primary key,
  ward_id uuid not null references organisations.organisation,
  n integer not null check (n > 0),
  recorded_at timestamptz not null default now(),
  unique (ward_id, n)
);
grant select on ward.bed to keyworker_app;

-- One person a bed, one bed a person, at every instant.
create table ward.stay (
  id uuid primary key,
  person_id uuid not null,
  episode_id uuid not null,
  bed_id uuid not null references ward.bed,
  during tstzrange not null check (not isempty(during)),
  seen text not null check (seen in ('seen every day', 'seen every week', 'seen every month')),
  next_look_on date not null,
  recorded_at timestamptz not null,
  recorded_by uuid not null references organisations.staff,
  ended_at timestamptz,
  ended_by uuid references organisations.staff,
  ended_reason text check (ended_reason in ('ready to leave', 'stays in hospital', 'moved away', 'asked to leave',
                                            'died', 'episode closed')),
  unique (id, person_id),
  foreign key (episode_id, person_id) references people.episode (id, person_id),
  check (upper_inf(during) = (ended_at is null)),
  check ((ended_at is null) = (ended_reason is null)),
  constraint one_person_a_bed exclude using gist (bed_id with =, during with &&),
  constraint one_bed_a_person exclude using gist (person_id with =, during with &&)
);
create index on ward.stay (person_id);
create index on ward.stay (episode_id);

create table ward.round (
  id uuid primary key,
  ward_id uuid not null references organisations.organisation,
  held_on date not null,
  started_at timestamptz not null,
  started_by uuid not null references organisations.staff,
  ended_at timestamptz,
  ended_by uuid references organisations.staff,
  check ((ended_at is null) = (ended_by is null))
);
create unique index one_round_at_a_time on ward.round (ward_id) where ended_at is null;
create index on ward.round (ward_id, held_on);
grant select, insert on ward.round to keyworker_app;
grant update (ended_at, ended_by) on ward.round to keyworker_app;

-- The number of a discussion is the version its form carries back: the second of two savers is told.
create table ward.discussion (
  stay_id uuid not null,
  n integer not null check (n > 0),
  person_id uuid not null,
  round_id uuid not null references ward.round,
  decision text not null check (decision in ('seen every day', 'seen every week', 'seen every month',
                                             'send to hospital', 'ready to leave')),
  next_look_on date not null,
  next_look_at timestamptz,
  second_name_id uuid references organisations.staff,
  disagrees_id uuid references organisations.staff,
  disagrees_words text,
  task_id uuid,
  discussed_at timestamptz not null,
  recorded_by uuid not null references organisations.staff,
  primary key (stay_id, n),
  foreign key (stay_id, person_id) references ward.stay (id, person_id),
  check ((next_look_at at time zone 'Europe/London')::date = next_look_on),
  constraint second_name_to_leave check (decision <> 'ready to leave' or second_name_id is not null),
  check (second_name_id is distinct from recorded_by),
  check ((disagrees_id is null) = (disagrees_words is null)),
  check (decision not in ('send to hospital', 'ready to leave') or task_id is not null)
);
create index on ward.discussion (person_id);
create index on ward.discussion (round_id);

-- Put off to the end of the round, and each time again to the end.
create table ward.skip (
  id uuid primary key,
  round_id uuid not null references ward.round,
  stay_id uuid not null,
  person_id uuid not null,
  skipped_at timestamptz not null default clock_timestamp(),
  recorded_by uuid not null references organisations.staff,
  foreign key (stay_id, person_id) references ward.stay (id, person_id)
);
create index on ward.skip (person_id);
create index on ward.skip (round_id);

select access.guard(('ward.' || t)::regclass) from unnest(array['stay', 'discussion', 'skip']) t;
grant select, insert on ward.stay, ward.discussion, ward.skip to keyworker_app;
grant update (during, ended_at, ended_by, ended_reason) on ward.stay to keyworker_app;

-- How many beds are taken, without saying by whom: the sentence on the board must count people a permit left out.
create function ward.beds_taken(p_ward uuid) returns integer
language sql stable security definer set search_path = '' as $$
  select count(*)::integer from ward.stay s join ward.bed b on b.id = s.bed_id
    where b.ward_id = p_ward and s.ended_at is null
$$;
revoke all on function ward.beds_taken from public;
grant execute on function ward.beds_taken to keyworker_app;

-- The lowest free bed and from when it is free, for somebody of that ward. Two at once wait for one another here, so the
-- second is told the ward is full instead of meeting a broken constraint. A day that stands still begins again every
-- morning, so the stay before may have ended later in the day than it is now: then the bed is free from there.
create function ward.free_bed(p_ward uuid, p_beds integer, p_at timestamptz)
returns table (id uuid, n integer, free_from timestamptz)
language plpgsql volatile security definer set search_path = '' as $$
declare v access.asker := access.asker();
begin
  if v.organisation_id is distinct from p_ward and v.system is null then return; end if;
  perform pg_advisory_xact_lock(hashtext('ward.free_bed'), hashtext(p_ward::text));
  insert into ward.bed (id, ward_id, n)
    select gen_random_uuid(), p_ward, i from generate_series(1, p_beds) i on conflict do nothing;
  return query
    select b.id, b.n, greatest(p_at, (select max(upper(s.during)) from ward.stay s where s.bed_id = b.id))
      from ward.bed b
      where b.ward_id = p_ward and b.n <= p_beds
        and not exists (select from ward.stay s where s.bed_id = b.id and s.ended_at is null)
      order by b.n limit 1;
end $$;
revoke all on function ward.free_bed from public;
grant execute on function ward.free_bed to keyworker_app;
