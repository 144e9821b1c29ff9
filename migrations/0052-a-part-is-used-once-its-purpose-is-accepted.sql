-- Why:   case-finding stays off in a real installation until a named person accepts what it is meant for.
-- Locks: new table only.
-- Undo:  drop table organisations.purpose_acceptance.
-- Safe while the previous version is running: yes.

create table organisations.purpose_acceptance (
  id uuid primary key,
  part text not null check (part in ('case-finding')),
  statement_version integer not null check (statement_version > 0),
  accepted_by uuid not null references organisations.staff,
  accepted_at timestamptz not null,
  withdrawn_by uuid references organisations.staff,
  withdrawn_at timestamptz,
  check ((withdrawn_at is null) = (withdrawn_by is null))
);
create unique index one_acceptance on organisations.purpose_acceptance (part) where withdrawn_at is null;
grant select, insert on organisations.purpose_acceptance to keyworker_app;
grant update (withdrawn_by, withdrawn_at) on organisations.purpose_acceptance to keyworker_app;

-- On where everybody is made up; elsewhere from the moment a named person has accepted the purpose.
create function organisations.is_switched_on(p_part text) returns boolean
language sql stable security definer set search_path = '' as $$
  select (select kind = 'synthetic' from organisations.installation)
    or exists (select from organisations.purpose_acceptance where part = p_part and withdrawn_at is null)
$$;
revoke all on function organisations.is_switched_on from public;
grant execute on function organisations.is_switched_on to keyworker_app;
