-- Why:   practices, teams, staff and the programmes they run; what kind of installation this is.
-- Locks: new tables only.
-- Undo:  drop schema organisations.
-- Safe while the previous version is running: yes.

create extension if not exists btree_gist;

create schema organisations;
grant usage on schema organisations to keyworker_app;

create table organisations.installation (
  id boolean primary key default true check (id),
  kind text check (kind in ('synthetic', 'real')),
  decided_at timestamptz,
  name text not null default 'Keyworker',
  day_on date,
  check ((kind is null) = (decided_at is null))
);
insert into organisations.installation default values;

create function organisations.today() returns date language sql stable security definer set search_path = '' as $$
  select coalesce((select day_on from organisations.installation where kind = 'synthetic'),
                  (now() at time zone 'Europe/London')::date)
$$;

-- Synthetic or real is decided once, by the first load, and never changes.
create function organisations.keep_kind() returns trigger language plpgsql set search_path = '' as $$
begin
  if old.kind is not null and new.kind is distinct from old.kind then
    raise exception 'an installation is % for life', old.kind using errcode = 'KW001';
  end if;
  if new.kind is distinct from 'synthetic' and new.day_on is not null then
    raise exception 'only a synthetic installation has a day of its own' using errcode = 'KW001';
  end if;
  return new;
end $$;
create trigger keep_kind before update on organisations.installation
  for each row execute function organisations.keep_kind();

create table organisations.organisation (
  id uuid primary key,
  kind text not null check (kind in ('umbrella', 'locality', 'practice', 'team', 'hospital', 'provider',
                                     'charity', 'ward', 'out of hours')),
  code text unique,
  name text not null,
  part_of uuid references organisations.organisation,
  telephone text,
  weighted_list_size integer check (weighted_list_size >= 0),
  recorded_at timestamptz not null default now()
);
create index on organisations.organisation (part_of);

create table organisations.staff (
  id uuid primary key,
  name text not null,
  telephone text,
  issuer text,
  subject text,
  password_hash text,
  own_person_id uuid,
  left_on date,
  recorded_at timestamptz not null default now(),
  unique (issuer, subject)
);

create table organisations.post (
  id uuid primary key,
  staff_id uuid not null references organisations.staff,
  organisation_id uuid not null references organisations.organisation,
  role text not null,
  during daterange not null default daterange('2000-01-01', null),
  recorded_at timestamptz not null default now(),
  exclude using gist (staff_id with =, organisation_id with =, role with =, during with &&)
);
create index on organisations.post (staff_id);
create index on organisations.post (organisation_id);

-- A role is a shipped set of activities; an organisation may add one or take one away.
create table organisations.role_change (
  id uuid primary key,
  organisation_id uuid not null references organisations.organisation,
  role text not null,
  activity text not null,
  change text not null check (change in ('added', 'taken away')),
  changed_by uuid not null references organisations.staff,
  changed_at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid references organisations.staff,
  check ((ended_at is null) = (ended_by is null))
);
create unique index on organisations.role_change (organisation_id, role, activity) where ended_at is null;

create table organisations.programme (
  id uuid primary key,
  key text not null unique,
  recorded_at timestamptz not null default now()
);

create table organisations.programme_version (
  programme_id uuid not null references organisations.programme,
  version integer not null check (version > 0),
  template jsonb not null,
  published_at timestamptz not null,
  published_by text not null,
  primary key (programme_id, version)
);

create table organisations.agreement (
  id uuid primary key,
  partner_id uuid not null references organisations.organisation,
  purpose text not null,
  sections text[] not null,
  basis text not null,
  during daterange not null,
  recorded_at timestamptz not null default now(),
  exclude using gist (partner_id with =, purpose with =, during with &&)
);

grant select on all tables in schema organisations to keyworker_app;
revoke select on organisations.staff from keyworker_app;
grant select (id, name, telephone, left_on, recorded_at) on organisations.staff to keyworker_app;
grant insert on organisations.organisation, organisations.post, organisations.role_change,
  organisations.programme, organisations.programme_version, organisations.agreement to keyworker_app;
grant insert (id, name, telephone, issuer, subject) on organisations.staff to keyworker_app;
grant update (during) on organisations.post to keyworker_app;
grant update (left_on) on organisations.staff to keyworker_app;
grant update (ended_at, ended_by) on organisations.role_change to keyworker_app;
grant update (kind, decided_at, name, day_on) on organisations.installation to keyworker_work;
grant update (name, telephone, part_of, weighted_list_size) on organisations.organisation to keyworker_work;
