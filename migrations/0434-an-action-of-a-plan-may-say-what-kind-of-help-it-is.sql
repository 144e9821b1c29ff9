-- Why:   outcomes are looked at by intervention, and an action of a plan did not say which intervention it is.
-- Locks: care_plan.line for as long as adding an empty column takes, and its rows are read once for the check.
-- Undo:  drop the column.
-- Safe while the previous version is running: yes.

alter table care_plan.line add column action_kind text;
alter table care_plan.line add constraint kind_of_help check (action_kind is null or (kind = 'action' and action_kind in (
  'anticipatory assessment', 'monitoring', 'self-management coaching', 'education and counselling',
  'medication management', 'care transition support', 'contingency planning', 'co-ordination of community services')));
