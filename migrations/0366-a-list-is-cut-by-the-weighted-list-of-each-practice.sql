-- Why:   places are given to practices by their weighted lists (so many in 100 of it), and a list could only be cut at one rank of
--        all practices together: a practice whose list weighs more was asked no more.
-- Locks: widens a check on a table of a few rows.
-- Undo:  take the way out of the check.
-- Safe while the previous version is running: yes, until somebody chooses it; then the previous version asks everybody.

-- weighted: in each practice as many people as so many in 100 of its weighted list.
alter table case_finding.cut drop constraint cut_way_check;
alter table case_finding.cut add constraint cut_way_check
  check (way in ('all', 'percent', 'number', 'places', 'places to come', 'weighted'));
