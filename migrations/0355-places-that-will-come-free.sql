-- Why:   a list cut by the places free this morning asks too few: more come free while people are being asked. What the
--        programme's own closings lead one to expect is told beside today's count, and a cut may be by both together.
-- Locks: adds columns without a default and widens a check on a table of a few rows; a new function.
-- Undo:  drop function referral.closings_of; drop the columns; take the way out of the check.
-- Safe while the previous version is running: yes.

-- What is expected by a day beside the places free now: all null where nobody worked it out, the last three null where
-- too few were closed to say.
alter table case_finding.free_places
  add column expected_by date,
  add column closings integer check (closings >= 0),
  add column closings_days integer check (closings_days > 0),
  add column more integer check (more >= 0),
  add column more_low integer check (more_low between 0 and more),
  add column more_high integer check (more_high >= more),
  add check ((expected_by is null) = (closings is null) and (closings is null) = (closings_days is null)),
  add check ((more is null) = (more_low is null) and (more is null) = (more_high is null)),
  add check (more is null or closings is not null);

-- places to come: so many people for each place that is free or expected to come free.
alter table case_finding.cut drop constraint cut_way_check;
alter table case_finding.cut add constraint cut_way_check
  check (way in ('all', 'percent', 'number', 'places', 'places to come'));

-- How many of a programme's episodes closed after a day, and when its first one opened: a count, never whose.
create function referral.closings_of(p_programme uuid, p_after date) returns table (closings integer, first_opened_on date)
language sql stable security definer set search_path = '' as $$
  select count(*) filter (where e.closed_on > p_after and e.closed_on <= organisations.today())::int, min(e.opened_on)
    from people.episode e where e.programme_id = p_programme
$$;
revoke all on function referral.closings_of from public;
grant execute on function referral.closings_of to keyworker_app;
