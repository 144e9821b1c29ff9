-- Why:   the demonstration makes its past by number, opens on somebody's page, and its suggestions can be closed.
-- Locks: new tables only.
-- Undo:  drop schema demonstration.
-- Safe while the previous version is running: yes.

create schema demonstration;
grant usage on schema demonstration to keyworker_app;

-- Where a door of the first page leads, once the past is made. A path names a person by reference, never by name.
create table demonstration.door (
  key text primary key,
  path text not null check (path ~ '^/[^/]')
);
grant select on demonstration.door to keyworker_app;
grant insert, update on demonstration.door to keyworker_work;

-- Who closed the suggestions, for as long as they are signed in.
create table demonstration.closed (
  session_id uuid primary key references access.session,
  closed_at timestamptz not null default now()
);

create function demonstration.close_suggestions() returns void
language sql volatile security definer set search_path = '' as $$
  insert into demonstration.closed (session_id) select (access.asker()).session_id
    where (access.asker()).session_id is not null on conflict do nothing
$$;
revoke all on function demonstration.close_suggestions from public;
grant execute on function demonstration.close_suggestions to keyworker_app;

create function demonstration.are_suggestions_closed() returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from demonstration.closed where session_id = (access.asker()).session_id)
$$;
revoke all on function demonstration.are_suggestions_closed from public;
grant execute on function demonstration.are_suggestions_closed to keyworker_app;

-- The references of made-up people by their number, for the job that makes the past. Of real people: none.
create function demonstration.people_numbered(p_numbers text[]) returns table (number text, person_id uuid)
language sql stable security definer set search_path = '' as $$
  select i.value, i.person_id from people.identifier i
  where i.system = 'nhs' and i.ended_at is null and i.value = any (p_numbers)
    and exists (select from organisations.installation n where n.kind = 'synthetic')
$$;
revoke all on function demonstration.people_numbered from public;
grant execute on function demonstration.people_numbered to keyworker_work;
