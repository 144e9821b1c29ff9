-- Why:   the commissioner's page tells who was reached and missed, and what it cost with prices somebody named.
-- Locks: evaluation.result for as long as adding an empty column takes.
-- Undo:  drop the table, the function and the column.
-- Safe while the previous version is running: yes.

-- Counts of groups, as they were on the night of the answer. Pages leave small ones out; this is read by no other way.
alter table evaluation.result add column service jsonb;

-- What one of something costs. Never changed: a later price of the same item takes its place.
create table evaluation.unit_cost (
  id uuid primary key,
  n bigint generated always as identity,
  item text not null check (item in ('night in hospital', 'A&E visit', 'GP contact', 'staff hour')),
  pounds numeric(10, 2) not null check (pounds >= 0),
  price_year integer not null check (price_year between 2000 and 2100),
  source text not null check (source <> ''),
  set_by uuid not null references organisations.staff,
  set_at timestamptz not null
);
create index on evaluation.unit_cost (item, n);
grant select, insert on evaluation.unit_cost to keyworker_app;

-- How much time was logged for each programme: sums alone, for the program's nightly work.
create function evaluation.time_logged() returns table (programme_id uuid, contacts integer, timed integer, minutes integer)
language plpgsql stable security definer set search_path = '' as $$
begin
  if (access.asker()).system is null then raise exception 'only the program adds up time' using errcode = 'KW003'; end if;
  return query
    select e.programme_id, count(*)::int, count(c.minutes)::int, coalesce(sum(c.minutes), 0)::int
    from co_ordination.contact c join people.episode e on e.id = c.episode_id
    where c.struck_at is null group by e.programme_id;
end $$;
revoke all on function evaluation.time_logged from public;
grant execute on function evaluation.time_logged to keyworker_work;
